"""Editing: what is not modified, what is gone, whose it is, inline results."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram import (
    Bot,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaVideo,
    InputTextMessageContent,
    Message,
)
from telegram.error import BadRequest, Forbidden

from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.files import Media
from sandbox.telegram.server import TelegramSandbox

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


async def test_a_question_that_waits_for_a_reply_cannot_be_edited(bot: Bot, chat: Chat) -> None:
    sent = await bot.send_message(chat.id, "What?", reply_markup=ForceReply())
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("Never mind", chat.id, sent.message_id)


async def test_a_posted_inline_result_is_edited_wherever_it_is(
    bot: Bot, telegram: TelegramSandbox, group: Chat, anna: User, *, video: Media, clip: Path
) -> None:
    article = InlineQueryResultArticle("1", "x", InputTextMessageContent("wait"), reply_markup=KEYBOARD)
    query = telegram.ask_inline(anna, "cat")
    await bot.answer_inline_query(query.id, [article])
    telegram.kick(group)
    posted = telegram.choose_inline(query, "1", group)
    press = telegram.press(anna, posted, "Cancel")
    callback = (await bot.get_updates())[-1].callback_query
    assert callback is not None
    assert (callback.id, callback.message, callback.inline_message_id) == (
        press.id,
        None,
        posted.inline_message_id,
    )
    edited = await bot.edit_message_media(
        InputMediaVideo(video.file.id, "a cat"), inline_message_id=posted.inline_message_id
    )
    assert (edited, posted.video, posted.caption, posted.text) == (True, video, "a cat", None)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_caption(inline_message_id=posted.inline_message_id, caption="a cat")
    with clip.open("rb") as file, pytest.raises(BadRequest, match="Invalid message content specified"):
        await bot.edit_message_media(InputMediaVideo(file), inline_message_id=posted.inline_message_id)
    telegram.delete_message(posted)
    with pytest.raises(BadRequest, match="Message_id_invalid"):
        await bot.edit_message_reply_markup(inline_message_id=posted.inline_message_id)


async def test_a_default_that_is_sent_with_every_edit_is_ignored_where_it_means_nothing(
    bot: Bot, chat: Chat, clip: Path
) -> None:
    sent, along = await bot.send_message(chat.id, "x"), {"parse_mode": "HTML"}
    await bot.edit_message_reply_markup(chat.id, sent.message_id, reply_markup=KEYBOARD, api_kwargs=along)
    with clip.open("rb") as file:
        media = InputMediaVideo(file, "<b>a cat</b>")
        edited = await bot.edit_message_media(media, chat.id, sent.message_id, api_kwargs=along)
    assert isinstance(edited, Message)
    assert edited.caption == "<b>a cat</b>"


async def test_a_blocked_bot_edits_nothing(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    sent = await bot.send_message(chat.id, "x")
    telegram.block(anna)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.edit_message_text("y", chat.id, sent.message_id)


async def test_a_message_can_be_edited_for_ever() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    telegram = TelegramSandbox(clock=lambda: now)
    chat = telegram.private_chat(telegram.add_user("Anna"))
    async with serving(telegram.app) as origin, Bot(telegram.token, base_url=f"{origin}/bot") as bot:
        sent = await bot.send_message(chat.id, "x")
        now += timedelta(days=300)
        await bot.edit_message_text("y", chat.id, sent.message_id)
    assert telegram.messages(chat)[0].text == "y"
