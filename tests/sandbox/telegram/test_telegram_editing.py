"""Editing and deleting: what is not modified, what is gone, whose it is."""

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaVideo
from telegram.error import BadRequest, Forbidden

from sandbox.chats import Chat, User
from sandbox.serving import serving
from sandbox.telegram import TelegramSandbox

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Cancel", callback_data="c")]])
SAME = (
    "Message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


async def test_an_edit_keeps_the_texts_before_it(bot: Bot, telegram: TelegramSandbox, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "one", reply_markup=KEYBOARD)
    edited = await bot.edit_message_text("two", chat.id, sent.message_id, reply_markup=KEYBOARD)
    await bot.edit_message_text("<b>three</b>", chat.id, sent.message_id, parse_mode="HTML")
    [message] = telegram.messages(chat)
    assert (message.text, message.edits, message.buttons) == ("three", ["one", "two"], [])
    assert not isinstance(edited, bool)
    assert (edited.text, edited.reply_markup, edited.edit_date is not None) == ("two", KEYBOARD, True)


@pytest.mark.parametrize(
    ("text", "mode", "keyboard", "same"),
    [
        pytest.param("one", None, KEYBOARD, True, id="all the same"),
        pytest.param(" one\n", None, KEYBOARD, True, id="but for white space"),
        pytest.param("two", None, KEYBOARD, False, id="another text"),
        pytest.param("<b>one</b>", "HTML", KEYBOARD, False, id="another look"),
        pytest.param("one", None, None, False, id="no buttons"),
    ],
)
async def test_an_edit_that_changes_nothing_is_refused(
    bot: Bot, chat: Chat, text: str, mode: str | None, keyboard: InlineKeyboardMarkup | None, *, same: bool
) -> None:
    sent = await bot.send_message(chat.id, "one", reply_markup=KEYBOARD)
    edit = bot.edit_message_text(text, chat.id, sent.message_id, parse_mode=mode, reply_markup=keyboard)
    if same:
        with pytest.raises(BadRequest) as refusal:
            await edit
        assert str(refusal.value) == SAME
    else:
        await edit


async def test_captions_and_buttons_are_edited_alone(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, photo: bytes
) -> None:
    sent = await bot.send_photo(chat.id, photo, caption="one")
    await bot.edit_message_reply_markup(chat.id, sent.message_id, reply_markup=KEYBOARD)
    [message] = telegram.messages(chat)
    assert (message.caption, message.buttons[0][0].text, message.edits) == ("one", "Cancel", [])
    await bot.edit_message_caption(chat.id, sent.message_id, caption="two")
    assert (message.caption, message.buttons, message.edits) == ("two", [], ["one"])
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(chat.id, sent.message_id)


async def test_text_and_caption_are_not_each_other(bot: Bot, chat: Chat, photo: bytes) -> None:
    text, picture = await bot.send_message(chat.id, "x"), await bot.send_photo(chat.id, photo)
    with pytest.raises(BadRequest, match="There is no caption in the message to edit"):
        await bot.edit_message_caption(chat.id, text.message_id, caption="y")
    with pytest.raises(BadRequest, match="There is no text in the message to edit"):
        await bot.edit_message_text("y", chat.id, picture.message_id)


async def test_only_its_own_messages_that_are_still_there_can_be_edited(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    theirs, gone = telegram.say(chat, anna, "x"), await bot.send_message(chat.id, "x")
    telegram.delete_message(telegram.messages(chat)[-1])
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("y", chat.id, theirs.id)
    for edit in (
        bot.edit_message_text("y", chat.id, gone.message_id),
        bot.edit_message_media(InputMediaVideo("x"), chat.id, gone.message_id),
        bot.edit_message_reply_markup(chat.id, gone.message_id),
    ):
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await edit


async def test_a_blocked_bot_edits_nothing(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    sent = await bot.send_message(chat.id, "x")
    telegram.block(anna)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.edit_message_text("y", chat.id, sent.message_id)


async def test_the_bot_deletes_in_a_private_chat_and_its_own_in_a_group(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat, anna: User
) -> None:
    asked = telegram.say(chat, anna, "x")
    await bot.delete_message(chat.id, asked.id)
    own, theirs = await bot.send_message(group.id, "x"), telegram.say(group, anna, "/x")
    await bot.delete_message(group.id, own.message_id)
    with pytest.raises(BadRequest, match="Message can't be deleted"):
        await bot.delete_message(group.id, theirs.id)
    telegram.promote(group)
    await bot.delete_message(group.id, theirs.id)
    assert (telegram.messages(chat), telegram.messages(group)) == ([], [])
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(chat.id, asked.id)


async def test_several_are_deleted_at_once_and_missing_ones_passed_over(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    ids = [telegram.say(chat, anna, str(number)).id for number in range(3)]
    await bot.delete_messages(chat.id, [*ids[:2], 999_999])
    assert [message.text for message in telegram.messages(chat)] == ["2"]
    with pytest.raises(BadRequest, match="expected 1-100 message identifiers"):
        await bot.delete_messages(chat.id, [])


async def test_a_message_can_be_deleted_for_two_days_and_edited_for_ever() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    telegram = TelegramSandbox(clock=lambda: now)
    chat = telegram.private_chat(telegram.add_user("Anna"))
    async with serving(telegram.app) as origin, Bot(telegram.token, base_url=f"{origin}/bot") as bot:
        sent = await bot.send_message(chat.id, "x")
        now += timedelta(hours=48)
        with pytest.raises(BadRequest, match="Message can't be deleted"):
            await bot.delete_message(chat.id, sent.message_id)
        await bot.edit_message_text("y", chat.id, sent.message_id)
    assert telegram.messages(chat)[0].text == "y"
