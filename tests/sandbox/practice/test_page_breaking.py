"""The page's menu “Break it” in a real browser: what stands there, and what a press says and does."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.practice.server import PracticeChat
from sandbox.serving import serving
from sandbox.video_api.faults import Route
from tests.browser import needs_chromium, visiting
from tests.sandbox.practice.conftest import Practice
from tests.sandbox.practice.talking import send, talking

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]

OMNI = "gemini-omni-1.2-flash"
ENDED = "Gemini Omni Flash has ended. Ask for a video: it waits"


async def rows(page: Page) -> list[tuple[str, str | None]]:
    """Return what each row of the open menu says, and whether it is checked."""
    group = page.get_by_role("group", name="Let a model end")
    await expect(group).to_be_visible()
    items = await group.get_by_role("menuitemcheckbox").all()
    return [
        (" ".join(await item.all_inner_texts()), await item.get_attribute("aria-checked")) for item in items
    ]


async def test_a_press_ends_a_model_and_the_note_mends_it(browser: Browser, practice: Practice) -> None:
    async with talking(browser, practice) as page:
        button, watch = page.get_by_role("button", name="Break it"), page.locator("#watch")
        await button.click()
        before = await rows(page)
        await page.get_by_role("menuitemcheckbox", name=OMNI).click()
        await expect(watch).to_contain_text(ENDED)
        await expect(button).to_contain_text("1")
        assert list(practice.video_api.account.retired) == [OMNI]

        await button.click()
        after = await rows(page)
        await page.keyboard.press("Escape")
        await watch.get_by_role("button", name="Mend it").click()
        await expect(watch).to_contain_text("Gemini Omni Flash is back.")
        assert practice.video_api.account.retired == {}
        await page.get_by_role("button", name="Close this note").click()
        await expect(watch).to_be_hidden()
        await expect(button).to_be_focused()
    other = ("minimax/h3\nminimax/h3\nlives", "false")
    assert before == [(f"Gemini Omni Flash\n{OMNI}\nlives", "false"), other]
    assert after == [(f"Gemini Omni Flash\n{OMNI}\nended", "true"), other]


async def test_the_note_follows_what_happens_and_outlasts_a_reload(
    browser: Browser, practice: Practice
) -> None:
    async with talking(browser, practice) as page:
        watch = page.locator("#watch")
        await page.get_by_role("button", name="Break it").click()
        await page.get_by_role("menuitemcheckbox", name="Lose the answer").click()
        await expect(watch).to_contain_text("It does not order twice")
        await page.reload()
        await expect(watch).to_contain_text("It does not order twice")
        practice.video_api.faults.take(Route.CREATE, "a cat")
        await send(practice, "Nobody can tell whether the order arrived.")
        await expect(watch).to_contain_text("The order was taken, and its answer was lost.")
        await expect(watch.get_by_role("button", name="Mend it")).to_have_count(0)

        practice.up.clear()
        practice.telegram.state.changed_elsewhere()
        await expect(page.locator(".subtitle")).to_have_text("starting, messages wait")
        practice.up.set()
        practice.telegram.state.changed_elsewhere()
        await expect(page.locator(".subtitle")).to_have_text("bot")


async def test_the_keyboard_is_enough_and_the_note_is_read_aloud(
    browser: Browser, practice: Practice
) -> None:
    async with talking(browser, practice) as page:
        button = page.get_by_role("button", name="Break it")
        await button.press("Enter")
        await expect(page.get_by_role("menuitemcheckbox", name="Refuse the next video")).to_be_focused()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("menuitemcheckbox", name="Lose the answer")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menu")).to_have_count(0)
        await expect(button).to_be_focused()
        await page.keyboard.press("Enter")
        await page.keyboard.press("End")
        await expect(page.get_by_role("menuitemcheckbox", name="minimax/h3")).to_be_focused()
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await expect(page.locator("#live")).to_contain_text(ENDED)
        await expect(button).to_be_focused()


async def test_on_a_phone_the_menu_and_the_note_stay_inside_the_window(
    browser: Browser, practice: Practice
) -> None:
    async with talking(browser, practice, viewport={"width": 360, "height": 640}, has_touch=True) as page:
        await send(practice, "A card", [{"text": "Make", "callback_data": "make"}])
        await page.get_by_role("button", name="Break it").click()
        await expect(page.get_by_role("menu")).to_be_visible()
        for item in await page.get_by_role("menuitemcheckbox").all():
            await item.scroll_into_view_if_needed()
            await expect(item).to_be_in_viewport(ratio=1)
        await page.get_by_role("menuitemcheckbox", name="minimax/h3").click()
        await expect(page.get_by_role("button", name="Close this note")).to_be_in_viewport(ratio=1)
        await expect(page.get_by_role("button", name="Make")).to_be_in_viewport(ratio=1)
        assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_there_is_no_menu_where_nothing_can_be_broken(browser: Browser, practice: Practice) -> None:
    async with (
        serving(PracticeChat(practice.telegram).app) as address,
        visiting(browser, address) as page,
    ):
        await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        await expect(page.get_by_role("button", name="Break it")).to_be_hidden()
