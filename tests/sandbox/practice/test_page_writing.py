"""The practice chat's page in a real browser: what is written, with the test as the bot behind it."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.browser import needs_chromium, visiting
from tests.sandbox.practice.conftest import Practice
from tests.sandbox.practice.talking import send, talking
from tests.sandbox.practice.test_actions import picture

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]


async def test_the_inline_picker_is_used_by_keyboard(browser: Browser, practice: Practice) -> None:
    results = [
        {
            "type": "article",
            "id": str(number),
            "title": f"Clip {number}",
            "input_message_content": {"message_text": f"Look at clip {number}"},
        }
        for number in (1, 2)
    ]
    async with talking(browser, practice) as page:
        field = page.get_by_label("Message", exact=True)
        await field.press_sequentially("@reelbot_bot clip")
        query = await practice.waiting("inline_query")
        await practice.call("answerInlineQuery", inline_query_id=query["id"], results=results)
        await expect(page.get_by_role("option", name="Clip 1", selected=True)).to_be_visible()
        await page.keyboard.press("ArrowDown")
        await expect(page.get_by_role("option", name="Clip 2", selected=True)).to_be_visible()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("article", name="Anna: Look at clip 2")).to_contain_text(
            "via @reelbot_bot"
        )
        await expect(field).to_have_value("")
        await expect(field).to_be_focused()


async def test_a_slash_shows_the_commands_that_hold_here(browser: Browser, practice: Practice) -> None:
    for word, language in (("video", ""), ("filmchen", "de")):
        await practice.call(
            "setMyCommands",
            commands=[{"command": "jobs", "description": "x"}, {"command": word, "description": "y"}],
            language_code=language,
        )
    async with talking(browser, practice) as page:
        field = page.get_by_label("Message", exact=True)
        await field.press_sequentially("/f")
        await expect(page.locator(".suggestion")).to_have_count(1)
        await page.keyboard.press("Tab")
        await expect(field).to_have_value("/filmchen ")
        await field.fill("/")
        await expect(page.locator(".suggestion")).to_have_count(2)
        await page.keyboard.press("Escape")
        await expect(page.locator(".suggestion")).to_have_count(0)
        await field.fill("/j")
        await page.locator(".suggestion", has_text="/jobs").click()
        await expect(page.get_by_role("article", name="Anna: /jobs")).to_be_visible()


async def test_a_question_opens_its_answer_by_itself(browser: Browser, practice: Practice) -> None:
    async with talking(browser, practice) as page:
        asked = await send(
            practice,
            "What should change?",
            reply_markup={"force_reply": True, "input_field_placeholder": "e.g. at night"},
        )
        await expect(page.get_by_text("Answer Reelbot")).to_be_visible()
        field = page.get_by_placeholder("e.g. at night")
        await field.press_sequentially("two lines")
        await field.press("Shift+Enter")
        await field.press_sequentially("of it")
        await field.press("Enter")
        quote = page.get_by_role("button", name="Answers Reelbot: What should change?")
        await expect(quote).to_be_visible()
    answer = list(practice.chat.present())[-1]
    assert (answer.text, answer.reply_to_message_id) == ("two lines\nof it", asked["message_id"])


async def test_in_a_group_only_the_person_who_is_asked_is_to_answer(
    browser: Browser, practice: Practice
) -> None:
    async def ask(words: str, **more: object) -> None:
        await practice.call(
            "sendMessage",
            chat_id=practice.group.id,
            text=words,
            parse_mode="HTML",
            reply_markup={"force_reply": True, "selective": True},
            **more,
        )

    theirs = practice.telegram.say(practice.group, practice.boris, "/video")
    address = f"{practice.address}/#{practice.anna.id}/{practice.group.id}"
    async with visiting(browser, address) as page:
        await ask("Boris, of what?", reply_parameters={"message_id": theirs.id})
        await expect(page.get_by_role("article", name="Reelbot: Boris, of what?")).to_be_visible()
        await expect(page.get_by_text("Answer Reelbot")).to_be_hidden()
        await ask(f'<a href="tg://user?id={practice.anna.id}">Anna</a>, of what?')
        await expect(page.get_by_text("Answer Reelbot")).to_be_visible()


async def test_an_answer_is_called_off_and_ones_own_words_are_changed_and_deleted(
    browser: Browser, practice: Practice
) -> None:
    async with talking(browser, practice) as page:
        own = page.get_by_role("article", name="Anna: hello")
        await own.focus()
        await page.keyboard.press("Enter")
        await page.get_by_role("menuitem", name="Answer").click()
        await expect(page.get_by_text("Answer Anna")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_text("Answer Anna")).to_be_hidden()

        await own.click(button="right")
        await page.keyboard.press("ArrowUp")  # the last one is to delete, the one above to change
        await page.keyboard.press("ArrowUp")
        await page.keyboard.press("Enter")
        await page.get_by_label("Message", exact=True).fill("good morning")
        await page.keyboard.press("Enter")
        changed = page.get_by_role("article", name="Anna: good morning")
        await expect(changed).to_contain_text("edited")
        await changed.hover()
        await changed.get_by_role("button", name="What to do").click()
        await page.get_by_role("menuitem", name="Delete").click()
        await expect(changed).to_have_count(0)


async def test_several_photos_go_as_an_album_and_other_files_as_files(
    browser: Browser, practice: Practice
) -> None:
    photos: list[FilePayload] = [
        {"name": f"{colour}.png", "mimeType": "image/png", "buffer": picture(colour)}
        for colour in ("red", "green", "blue")
    ]
    notes: FilePayload = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"notes"}
    async with talking(browser, practice) as page:
        chosen = page.locator("input[type=file]")
        await chosen.set_input_files(photos)
        await expect(page.locator(".tile")).to_have_count(3)
        await page.get_by_role("button", name="Do not send blue.png").click()
        await page.get_by_label("Message", exact=True).fill("from dawn to night")
        await page.keyboard.press("Enter")
        album = page.get_by_role("article", name="Anna: 🖼 Photo from dawn to night")
        await expect(album.get_by_role("button", name="Enlarge the photo")).to_have_count(2)
        await album.get_by_role("button", name="Enlarge the photo").first.click()
        await expect(page.get_by_role("dialog", name="Photo")).to_be_visible()
        await page.keyboard.press("Escape")
        await chosen.set_input_files([notes])
        await page.get_by_role("button", name="Send", exact=True).click()
        await expect(page.get_by_role("link", name="notes.txt")).to_be_visible()
    kinds = [(bool(each.photo), each.document is not None) for each in practice.chat.present()][1:]
    assert kinds == [(True, False), (True, False), (False, True)]


async def test_tab_stops_at_one_message_and_goes_into_that_only(browser: Browser, practice: Practice) -> None:
    """However long the talk is, the message field is a few steps away, or one from the top of the page."""
    stops = """() => [...document.querySelectorAll('#log *')].filter((one) => one.tabIndex >= 0 && one.checkVisibility()).length"""
    async with talking(browser, practice) as page:
        for number in range(5):
            await send(practice, f"/jobs {number}", [{"text": "Make", "callback_data": "make"}])
        newest = page.get_by_role("article", name="Reelbot: /jobs 4")
        await expect(newest).to_be_visible()
        assert await page.evaluate(stops) == 1
        await page.get_by_label("Message", exact=True).press("ArrowUp")
        await expect(newest).to_be_focused()
        await page.keyboard.press("Tab")
        await expect(newest.get_by_role("button", name="/jobs")).to_be_focused()
        await page.keyboard.press("Tab")
        await page.keyboard.press("Tab")
        await expect(newest.get_by_role("button", name="Make")).to_be_focused()
        await send(practice, "What is new may be read later.")
        await page.keyboard.press("Tab")
        await expect(page.get_by_role("button", name="Attach")).to_be_focused()
        assert await page.evaluate(stops) == 1

        await page.get_by_role("button", name="Skip to the message field").press("Enter")
        await expect(page.get_by_label("Message", exact=True)).to_be_focused()


async def test_what_is_ready_made_is_sent_by_keyboard(browser: Browser, practice: Practice) -> None:
    async with talking(browser, practice) as page:
        await page.get_by_role("button", name="Attach").press("Enter")
        await page.keyboard.press("End")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("article", name="Anna: 📍 Location")).to_be_visible()
        for kind in ("voice", "sticker"):
            await practice.ask("/send-sample", kind=kind)
        voice = page.get_by_label("🎤 Voice message", exact=True)
        await page.wait_for_function("audio => audio.duration > 1.5", arg=await voice.element_handle())
        sticker = page.get_by_role("img", name="Sticker")
        await page.wait_for_function("img => img.naturalWidth === 512", arg=await sticker.element_handle())


async def test_arrow_keys_move_through_the_chats_and_the_messages(
    browser: Browser, practice: Practice
) -> None:
    async with talking(browser, practice) as page:
        await send(practice, "one")
        await send(practice, "two")
        await expect(page.get_by_role("article", name="Reelbot: two")).to_be_visible()
        await page.get_by_label("Message", exact=True).press("ArrowUp")
        await expect(page.get_by_role("article", name="Reelbot: two")).to_be_focused()
        await page.keyboard.press("ArrowUp")
        await expect(page.get_by_role("article", name="Reelbot: one")).to_be_focused()
        await page.get_by_role("option", name="Reelbot").focus()
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name="# General")).to_be_visible()
