"""A newcomer's first minute in the practice chat: the real page in a real browser, with the real bot behind it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from bot.media.processes import MediaProcesses
from domain.catalogue import Catalogue
from domain.catalogue_file import packaged_catalogue
from sandbox.practice.breakage_rows import breakages
from sandbox.practice.server import PracticeChat
from sandbox.serving import serving
from tests.browser import needs_chromium, visiting
from tests.journeys.sandbox import PHOTO, UNHURRIED, Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox

#: In the event loop that the browser lives in, which serves all tests.
pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(name="sandbox", loop_scope="session")
async def _sandbox(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaProcesses
) -> AsyncIterator[Sandbox]:
    async with opened_sandbox(tmp_path, clips=clips, database=fresh_database, media=media) as opened:
        yield opened


@asynccontextmanager
async def practising(
    sandbox: Sandbox, browser: Browser, where: str = "", *, catalogue: Catalogue | None = None
) -> AsyncIterator[Page]:
    """Open the page for the sandbox's person, with the bot at work."""
    chat = PracticeChat(sandbox.telegram, breakages(sandbox.video_api, sandbox.telegram, titles={}))
    async with (
        sandbox.bot(limits=UNHURRIED, catalogue=catalogue),
        serving(chat.app) as address,
        visiting(browser, f"{address}/#{sandbox.person.id}/{where}") as page,
    ):
        yield page


async def play(video: Locator) -> None:
    """Let the video play until its pictures move, as a person sees it."""
    await video.evaluate("video => video.play()")
    await video.page.wait_for_function(
        "video => video.readyState >= 2 && video.currentTime > 0.3 && video.videoWidth > 0",
        arg=await video.element_handle(),
    )


async def test_words_a_button_progress_a_video_that_plays_and_a_change_to_it(
    sandbox: Sandbox, browser: Browser
) -> None:
    sandbox.video_api.hold = True
    async with practising(sandbox, browser) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await expect(page.locator(".message.other")).to_be_visible()
        await page.get_by_label("Message", exact=True).fill("a cat surfing at sunset")
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Make it").click()
        progress = page.get_by_role("article").get_by_text("is being made")
        await expect(progress).to_be_visible()
        (first,) = sandbox.video_api.orders
        sandbox.video_api.finish(first.video_id)
        videos = page.locator("article video")
        await expect(videos).to_have_count(1)
        await play(videos.first)
        assert await videos.first.evaluate("video => [video.videoWidth, video.videoHeight]") == [720, 1280]
        await expect(progress).to_have_count(0)

        sandbox.video_api.hold = False
        await page.get_by_role("button", name="Change").click()
        await expect(page.get_by_text("Answer Reelbot")).to_be_visible()
        await expect(page.get_by_label("Message", exact=True)).to_be_focused()
        await page.keyboard.type("make it a dog")
        await page.keyboard.press("Enter")
        await expect(videos).to_have_count(2)
        await play(videos.last)
    _, second = sandbox.video_api.orders
    assert (first.fields["prompt"], second.fields["prompt"]) == ("a cat surfing at sunset", "make it a dog")
    assert second.path == f"/v1/videos/{first.video_id}/remix"


async def test_a_photo_comes_alive(sandbox: Sandbox, browser: Browser) -> None:
    photo: FilePayload = {"name": "boat.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
    async with practising(sandbox, browser, str(sandbox.chat.id)) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await page.locator("input[type=file]").set_input_files(photo)
        await page.get_by_label("Message", exact=True).fill("the boat sails away")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="Enlarge the photo")).to_be_visible()
        await play(page.locator("article video"))
    (order,) = sandbox.video_api.orders
    assert order.fields["prompt"] == "the boat sails away"
    assert [part.field for part in order.files] == ["input_reference"]


async def test_a_group_speaks_to_the_bot_in_its_topics(sandbox: Sandbox, browser: Browser) -> None:
    friend = sandbox.telegram.add_user("Noor")
    group = sandbox.telegram.add_group("Film club", [sandbox.person, friend], forum=True)
    sandbox.telegram.add_topic(group, "Ideas")
    async with practising(sandbox, browser) as page:
        await page.get_by_role("option", name="Ideas").click()
        field = page.get_by_label("Message", exact=True)
        await field.fill("what shall we make?")
        await field.press("Enter")
        await field.fill("/video a lighthouse --landscape")
        await field.press("Enter")
        video = page.locator("article video")
        await expect(video).to_be_visible()
        await play(video)
        await expect(page.get_by_role("article", name="Mina: what shall we make?")).to_be_visible()
        await page.get_by_role("option", name="General").click()
        await expect(video).to_have_count(0)
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["a lighthouse"]


async def test_the_default_model_ends_by_a_press_and_another_one_makes_the_videos(
    sandbox: Sandbox, browser: Browser
) -> None:
    where = str(sandbox.chat.id)
    async with practising(sandbox, browser, where, catalogue=packaged_catalogue()) as page:
        await page.get_by_role("button", name="Start", exact=True).click()
        await page.get_by_role("button", name="Break it").click()
        await page.get_by_role("menuitemcheckbox", name="gemini-omni-1.2-flash").click()
        await expect(page.locator("#watch")).to_contain_text("gemini-omni-1.2-flash has ended")
        field = page.get_by_label("Message", exact=True)
        await field.fill("/video a cat surfing at sunset")
        await field.press("Enter")
        await page.get_by_role("button", name="Muse Video · 1 credit").click()
        video = page.get_by_role("article").filter(has=page.locator("video"))
        await expect(video).to_contain_text("Muse Video · 5 s · Landscape")
        await field.fill("a dog")
        await field.press("Enter")
        await page.get_by_role("button", name="Make it").click()
        await expect(video).to_have_count(2)
        await expect(video.last).to_contain_text("Muse Video · 5 s · Landscape")
    assert [(order.fields["model"], order.fields["prompt"]) for order in sandbox.video_api.orders] == [
        ("muse-video", "a cat surfing at sunset"),
        ("muse-video", "a dog"),
    ]
