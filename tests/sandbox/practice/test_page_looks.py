"""How the practice chat's page looks in a real browser: in both themes, on a small phone, from right to left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Literal

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser import needs_chromium, visiting
from tests.sandbox.practice.conftest import Json, Practice
from tests.sandbox.practice.talking import send, talking
from tests.sandbox.practice.test_actions import picture

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: Finds the texts that are too pale: each with its contrast (WCAG 2.2: 1.4.3), composed as the page composes it.
TOO_PALE = """
() => {
  const ink = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const mixed = (colours) => {
    for (const colour of ['#fff', ...colours]) { ink.fillStyle = colour; ink.fillRect(0, 0, 1, 1); }
    return ink.getImageData(0, 0, 1, 1).data;
  };
  const light = ([red, green, blue]) => [red, green, blue].map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => (node ? [...behind(node.parentElement), getComputedStyle(node).backgroundColor] : []);
  const found = new Map();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    const words = texts.currentNode.textContent.trim();
    const isSeen = node.checkVisibility({ opacityProperty: true }) && node.closest('.unseen, :disabled') === null;
    if (!words || !isSeen || !/[\\p{L}\\p{N}]/u.test(words)) continue;
    const [back, front] = [mixed(behind(node)), mixed([...behind(node), getComputedStyle(node).color])].map(light);
    const contrast = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
    if (contrast < 4.5) found.set(`${node.className || node.tagName} ${words.slice(0, 20)}`, contrast.toFixed(2));
  }
  return Object.fromEntries(found);
}
"""
RICH = (
    "<b>bold</b> <code>code</code> @reelbot_bot #8 /jobs <tg-spoiler>hidden</tg-spoiler> "
    '<a href="https://example.com/">there</a>\n<blockquote>quoted</blockquote>'
)


async def talked_of_everything(practice: Practice) -> None:
    own = practice.telegram.say(practice.chat, practice.anna, "/video @mina surfs, see https://example.com/")
    reaction = [{"type": "emoji", "emoji": "👀"}]
    await practice.call("setMessageReaction", chat_id=practice.chat.id, message_id=own.id, reaction=reaction)
    await send(
        practice,
        RICH,
        [{"text": "Make", "callback_data": "make"}, {"text": "Copy", "copy_text": {"text": "x"}}],
        [
            {"text": "Yes", "callback_data": "yes", "style": "primary"},
            {"text": "No", "callback_data": "no", "style": "danger"},
        ],
        parse_mode="HTML",
        reply_parameters={"message_id": own.id},
    )
    practice.telegram.say(practice.chat, practice.anna, "again", reply_to=own)
    practice.telegram.send_photo(practice.chat, practice.anna, picture())
    practice.telegram.send_document(
        practice.chat, practice.anna, b"notes", filename="notes.txt", mime_type="text/plain"
    )
    await practice.ask("/send-sample", kind="location")
    for number in range(8):
        practice.telegram.private_chat(practice.telegram.add_user(f"Friend {number}"))


async def pale_texts(page: Page) -> AsyncIterator[tuple[str, Json]]:
    """Yield what is too pale while each of the page's menus and lines is open, and in a chat without a word."""
    for name in ("Break it", "Attach", "You speak as"):
        await page.get_by_role("button", name=name).click()
        await expect(page.get_by_role("menu")).to_be_visible()
        yield name, await page.evaluate(TOO_PALE)
        await page.keyboard.press("Escape")
    field = page.get_by_label("Message", exact=True)
    await field.fill("/")
    await expect(page.locator(".suggestion")).to_be_visible()
    yield "commands", await page.evaluate(TOO_PALE)
    await field.fill("")
    put = "hidden => document.querySelectorAll('#lost, #anew').forEach((line) => { line.hidden = hidden; })"
    await page.evaluate(put, arg=False)
    yield "lines", await page.evaluate(TOO_PALE)
    await page.evaluate(put, arg=True)
    await page.get_by_role("button", name="You speak as").click()
    await page.get_by_role("menuitem", name="Friend 0").click()
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    yield "welcome", await page.evaluate(TOO_PALE)
    await page.go_back()


async def test_every_text_stands_out_in_both_themes(browser: Browser, practice: Practice) -> None:
    await practice.call("setMyCommands", commands=[{"command": "jobs", "description": "what is under way"}])
    async with talking(browser, practice) as page:
        await talked_of_everything(practice)
        await practice.ask("/break", id="model:minimax/h3", is_broken=True)
        await expect(page.get_by_text("notes.txt")).to_be_visible()
        found = []
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            found += [(scheme, where, pale) async for where, pale in pale_texts(page) if pale]
    assert found == []


async def test_on_the_smallest_phone_a_card_is_seen_whole_from_its_words_to_its_last_button(
    browser: Browser, practice: Practice
) -> None:
    async with talking(browser, practice, viewport={"width": 360, "height": 640}, has_touch=True) as page:
        card = "<b>a cat surfing at sunset</b>\n\nGemini Omni · 5 s · Landscape · 1 credit (19 left)\n\nTap to change it."
        choices = [[{"text": words, "callback_data": words}] for words in ("Landscape", "5 s", "Gemini Omni")]
        await send(
            practice,
            card,
            [{"text": "Make the video", "callback_data": "make"}],
            *choices,
            [{"text": "More", "callback_data": "more"}],
            parse_mode="HTML",
        )
        for seen in (
            page.locator(".words b, .words strong").first,
            page.get_by_role("button", name="More", exact=True),
        ):
            await expect(seen).to_be_in_viewport(ratio=1)
        assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_what_is_above_a_clip_is_not_covered_by_it(browser: Browser, practice: Practice) -> None:
    async with talking(browser, practice) as page:
        asked = practice.telegram.say(practice.chat, practice.anna, "a cat")
        for kind in ("gif", "video"):
            sent = await practice.ask("/send-sample", kind=kind, reply_to=asked.id)
            message = practice.chat.messages[sent["id"]]
            message.via_bot = practice.telegram.bot if kind == "gif" else None
            message.reply_to = None if kind == "gif" else asked
            practice.telegram.state.mark_edited(message)
        media = page.locator(".bubble > .media")
        await expect(media).to_have_count(2)
        await expect(page.get_by_text("via @reelbot_bot")).to_be_visible()
        gaps = await media.evaluate_all(
            "all => all.map((one) => one.getBoundingClientRect().top"
            " - one.previousElementSibling.getBoundingClientRect().bottom)"
        )
    assert [gap >= 0 for gap in gaps] == [True, True]


async def test_the_chats_of_whoever_reads_from_right_to_left_are_mirrored(
    browser: Browser, practice: Practice
) -> None:
    omar = practice.telegram.add_user("عمر", language_code="ar")
    practice.telegram.private_chat(omar)
    await practice.call("setMyDescription", description="أصنع الفيديوهات.", language_code="ar")
    async with visiting(browser, f"{practice.address}/#{omar.id}") as page:
        await expect(page.get_by_text("أصنع الفيديوهات.")).to_be_visible()
        chat = page.get_by_role("option", name="Reelbot")
        is_right = (
            "one => one.querySelector('.avatar').offsetLeft > one.querySelector('.chat-words').offsetLeft"
        )
        assert await chat.evaluate(is_right)
        await page.get_by_role("button", name="You speak as").click()
        await page.get_by_role("menuitem", name="Anna").click()
        assert not await chat.evaluate(is_right)
