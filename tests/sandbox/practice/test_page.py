"""The practice chat's page in a real browser: what is seen and pressed, with the test as the bot behind it."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox.practice.server import PracticeChat
from sandbox.serving import LOOPBACK, serving
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.clip_spec import ClipSpec
from sandbox.video_api.render import render
from tests.browser import needs_chromium, visiting
from tests.sandbox.practice.conftest import Practice
from tests.sandbox.practice.talking import send, talking

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]

RICH = (
    "<b>bold</b> <code>/video a cat</code> <tg-spoiler>hidden</tg-spoiler> "
    '<a href="https://example.com/">there</a> &lt;img src=x onerror=alert(1)&gt;\n'
    "<blockquote>quoted\nwords</blockquote>\nafter /jobs"
)


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a clip of twenty seconds."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    render(ClipSpec(width=128, height=72, seconds=20), path)
    return path.read_bytes()


async def test_a_newcomer_presses_start(browser: Browser, practice: Practice) -> None:
    await practice.call("setMyDescription", description="I make videos.")
    async with visiting(browser, practice.address) as page:
        await expect(page.get_by_text("I make videos.")).to_be_visible()
        start = page.get_by_role("button", name="Start", exact=True)
        await expect(start).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_label("Message", exact=True)).to_be_focused()
        await expect(page.get_by_role("article", name="Anna: /start")).to_be_visible()


async def test_words_are_shown_as_they_are_formatted_and_never_run(
    browser: Browser, practice: Practice
) -> None:
    async with talking(browser, practice) as page:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await send(practice, RICH, parse_mode="HTML")
        words = page.locator(".other .words")
        await expect(words.locator("strong")).to_have_text("bold")
        await expect(words.locator("blockquote")).to_have_text("quoted\nwords", use_inner_text=True)
        await expect(words.locator("a")).to_have_attribute("href", "https://example.com/")
        await expect(words).to_contain_text("<img src=x onerror=alert(1)>")
        await expect(words.locator("img")).to_have_count(0)
        await words.get_by_role("button", name="/jobs").click()
        await expect(page.get_by_role("article", name="Anna: /jobs")).to_be_visible()
        await words.get_by_label("Hidden words").click()
        await expect(words.locator(".spoiler")).to_have_class(re.compile("told"))
        await words.locator("code").click()
        await expect(page.get_by_role("status")).to_have_text("Copied.")
        assert await page.evaluate("navigator.clipboard.readText()") == "/video a cat"


async def test_a_message_changes_in_place_and_goes(browser: Browser, practice: Practice) -> None:
    async with talking(browser, practice) as page:
        sent = await send(practice, "10 %")
        message = page.locator(f".message[data-id='{sent['message_id']}']")
        await expect(message).to_contain_text("10 %")
        where = {"chat_id": practice.chat.id, "message_id": sent["message_id"]}
        cancel = {"inline_keyboard": [[{"text": "Cancel", "callback_data": "cancel"}]]}
        await practice.call("editMessageText", **where, text="50 %", reply_markup=cancel)
        await message.get_by_role("button", name="Cancel").focus()
        stop = {"inline_keyboard": [[{"text": "Stop", "callback_data": "stop"}]]}
        await practice.call("editMessageText", **where, text="90 %", reply_markup=stop)
        await expect(message).to_contain_text("90 %")
        await expect(message.get_by_role("button", name="Stop")).to_be_focused()
        await practice.call("deleteMessage", **where)
        await expect(message).to_have_count(0)


async def test_a_press_waits_and_shows_the_answer(browser: Browser, practice: Practice) -> None:
    async with talking(browser, practice) as page:
        await send(practice, "A card", [{"text": "Make", "callback_data": "make"}])
        button = page.get_by_role("button", name="Make")
        await button.click()
        query = await practice.waiting("callback_query")
        await expect(button).to_have_attribute("aria-busy", "true")
        await practice.call("answerCallbackQuery", callback_query_id=query["id"], text="Not yours")
        await expect(page.get_by_role("status")).to_have_text("Not yours")
        await expect(button).not_to_have_attribute("aria-busy", "true")

        await button.press("Enter")
        query = await practice.waiting("callback_query")
        await practice.call(
            "answerCallbackQuery", callback_query_id=query["id"], text="Sure?", show_alert=True
        )
        await expect(page.get_by_role("dialog")).to_contain_text("Sure?")
        await page.keyboard.press("Escape")
        await expect(button).to_be_focused()


async def test_other_buttons_copy_share_and_lead_back_to_the_bot(
    browser: Browser, practice: Practice
) -> None:
    practice.telegram.chat_between(practice.anna, practice.boris)
    async with talking(browser, practice) as page:
        await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await send(
            practice,
            "A card",
            [
                {"text": "Copy", "copy_text": {"text": "video_7"}},
                {"text": "Share", "switch_inline_query": "#7"},
            ],
            [{"text": "Open", "url": "https://t.me/reelbot_bot?start=video_7"}],
        )
        await page.get_by_role("button", name="Copy").click()
        await expect(page.get_by_role("status")).to_have_text("Copied.")
        assert await page.evaluate("navigator.clipboard.readText()") == "video_7"
        await page.get_by_role("button", name="Open").click()
        await expect(page.get_by_role("article", name="Anna: /start video_7")).to_be_visible()
        await page.get_by_role("button", name="Share").click()
        await page.get_by_role("button", name="Close").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await page.get_by_role("button", name="Share").click()
        await page.get_by_role("dialog").get_by_role("option", name="Boris").click()
        await expect(page.get_by_role("heading", name="Boris", level=1)).to_be_visible()
        await expect(page.get_by_label("Message", exact=True)).to_have_value("@reelbot_bot #7")
        assert (await practice.waiting("inline_query"))["query"] == "#7"


async def test_work_and_reactions_of_the_bot_are_seen(browser: Browser, practice: Practice) -> None:
    async with talking(browser, practice) as page:
        await practice.call("sendChatAction", chat_id=practice.chat.id, action="upload_video")
        await expect(page.locator(".subtitle")).to_have_text("sending a video")
        own = next(practice.chat.present())
        await practice.call(
            "setMessageReaction",
            chat_id=practice.chat.id,
            message_id=own.id,
            reaction=[{"type": "emoji", "emoji": "👀"}],
        )
        await expect(page.get_by_label("Reelbot reacted with 👀")).to_be_visible()
        await send(practice, "There")
        await expect(page.locator(".subtitle")).to_have_text("bot")
        await expect(page.locator("[aria-live=polite]")).to_have_text("Reelbot: There")


async def test_people_take_turns_and_see_their_own_chats(browser: Browser, practice: Practice) -> None:
    practice.telegram.private_chat(practice.boris)
    async with talking(browser, practice) as page:
        await practice.call("sendMessage", chat_id=practice.boris.id, text="Hello Boris")
        speaker = page.get_by_role("button", name="You speak as")
        await speaker.click()
        await page.get_by_role("menuitem", name="Boris").click()
        await expect(page.get_by_role("article", name="Reelbot: Hello Boris")).to_be_visible()
        await expect(page.get_by_role("article", name="Anna: hello")).to_have_count(0)
        await speaker.click()
        await page.get_by_role("menuitem", name="Bring a friend along").click()
        await page.get_by_label("Name").fill("عمر")
        await page.get_by_label("Language").select_option("ar")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("button", name="You speak as عمر")).to_be_visible()
        await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        await page.get_by_role("option", name="General").click()
        await page.get_by_role("button", name="＋ Topic").click()
        await page.get_by_label("Name").fill("Ideas")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="# Ideas")).to_be_visible()
        await page.get_by_label("Message", exact=True).fill("مرحبا")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("article", name="عمر: مرحبا")).to_be_visible()
    said = list(practice.group.present())[-1]
    assert (said.sender.language_code, said.thread_id) == ("ar", min(practice.group.topics))


@pytest.fixture
def kept_port() -> Iterator[int]:
    """Return a port that nobody else is given while no server listens there."""
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind((LOOPBACK, 0))
        yield place.getsockname()[1]


async def test_the_page_comes_back_by_itself_with_what_was_missed(
    browser: Browser, practice: Practice, kept_port: int
) -> None:
    chat = PracticeChat(practice.telegram)
    async with serving(chat.app, port=kept_port) as address:
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(address)
        await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await expect(page.get_by_text("The connection to reelbot demo is lost")).to_be_visible()
    await send(practice, "Are you there?")
    async with serving(chat.app, port=kept_port):
        await expect(page.get_by_role("article", name="Reelbot: Are you there?")).to_be_visible()
        await expect(page.get_by_text("The connection to reelbot demo is lost")).to_be_hidden()
        await expect(page.locator("#anew")).to_be_hidden()
        await page.get_by_role("button", name="Start", exact=True).click()
        await page.get_by_label("Message", exact=True).fill("a cat surfing")
    anew = TelegramSandbox()
    anew.private_chat(anew.add_user("Anna"))
    async with serving(PracticeChat(anew).app, port=kept_port):
        await expect(page.locator("#anew")).to_contain_text("was started anew: the old chats are gone")
        await expect(page.get_by_role("article")).to_have_count(0)
        await expect(page.get_by_label("Message", exact=True)).to_have_value("a cat surfing")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("article", name="Anna: a cat surfing")).to_be_visible()
        await page.locator("#anew").get_by_role("button", name="Close this note").click()
        await expect(page.locator("#anew")).to_be_hidden()
        await context.close()


async def test_on_a_phone_the_list_and_the_chat_take_turns(browser: Browser, practice: Practice) -> None:
    async with talking(browser, practice, viewport={"width": 390, "height": 844}, has_touch=True) as page:
        await send(practice, "A long word: " + "a" * 300, [{"text": "Make", "callback_data": "make"}])
        await expect(page.get_by_role("button", name="Make")).to_be_in_viewport()
        assert await page.evaluate("document.documentElement.scrollWidth") == 390
        await page.get_by_role("button", name="Back to the chats").click()
        await expect(page.get_by_role("option", name="Reelbot")).to_be_visible()
        await expect(page.get_by_role("button", name="Make")).to_be_hidden()
        await page.go_back()
        await expect(page.get_by_role("button", name="Make")).to_be_visible()


async def test_the_colours_follow_the_system_until_they_are_chosen(
    browser: Browser, practice: Practice
) -> None:
    async def is_dark(page: Page) -> bool:
        shown: str = await page.evaluate("getComputedStyle(document.body).colorScheme")
        return shown == "dark"

    async with talking(browser, practice, color_scheme="dark") as page:
        assert await is_dark(page)
        await page.get_by_role("button", name="Light colours").click()
        assert not await is_dark(page)
        await page.reload()
        await expect(page.get_by_role("button", name="Dark colours")).to_be_visible()
        assert not await is_dark(page)


async def test_a_video_plays_on_while_its_message_changes(
    browser: Browser, practice: Practice, clip: bytes
) -> None:
    async with talking(browser, practice) as page:
        answer = await practice.bot.post(
            "sendVideo",
            data={
                "chat_id": practice.chat.id,
                "caption": "a cat",
                "width": 128,
                "height": 72,
                "duration": 20,
            },
            files={"video": ("clip.mp4", clip, "video/mp4")},
        )
        sent = answer.json()["result"]
        video = page.locator("article video")
        await video.evaluate("video => video.play()")
        where = {"chat_id": practice.chat.id, "message_id": sent["message_id"]}
        buttons = {"inline_keyboard": [[{"text": "Again", "callback_data": "again"}]]}
        await practice.call("editMessageCaption", **where, caption="a dog", reply_markup=buttons)
        await send(practice, "And now?")
        await expect(page.get_by_role("button", name="Again")).to_be_visible()
        assert await video.evaluate("video => video.paused") is False
        await page.wait_for_function(
            "video => video.currentTime > 0.2 && video.videoWidth === 128", arg=await video.element_handle()
        )
