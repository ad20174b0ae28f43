"""The whole: waiting, events, transcripts, a stock Application that polls, and a hundred people at once."""

import asyncio
from functools import partial

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatAction
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, CommandHandler, ContextTypes

from sandbox.serving import serving
from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.events import EventKind
from sandbox.telegram.server import TelegramSandbox

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Cancel", callback_data="c")]])


async def test_waiting_ends_with_what_was_waited_for(bot: Bot, telegram: TelegramSandbox, chat: Chat) -> None:
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(telegram.until(lambda: telegram.messages(chat)))
        await bot.send_message(chat.id, "x")
    assert [message.text for message in waiting.result()] == ["x"]


async def test_waiting_in_vain_shows_the_conversation(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    telegram.say(chat, anna, "/video a cat")
    await bot.get_me()
    with pytest.raises(
        TimeoutError, match=r"not within 0.01 s\n── Anna .*\n#101 Anna: /video a cat\n(.*\n)+getMe 200"
    ):
        await telegram.until(lambda: None, timeout=0.01)


async def test_events_tell_what_happens_in_order(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    events = telegram.events()
    asked = telegram.say(chat, anna, "/video")
    await bot.set_message_reaction(chat.id, asked.id, "👀")
    await bot.send_chat_action(chat.id, ChatAction.RECORD_VIDEO)
    sent = await bot.send_message(chat.id, "x", reply_markup=KEYBOARD)
    press = telegram.press(anna, telegram.messages(chat)[-1], "Cancel")
    await bot.answer_callback_query(press.id, "too late")
    await bot.edit_message_text("y", chat.id, sent.message_id)
    await bot.delete_message(chat.id, sent.message_id)
    told = [await anext(events) for _ in range(7)]
    assert [(event.kind, event.detail) for event in told] == [
        (EventKind.SENT, ""),
        (EventKind.REACTION, "👀"),
        (EventKind.CHAT_ACTION, "record_video"),
        (EventKind.SENT, ""),
        (EventKind.ANSWERED, "too late"),
        (EventKind.EDITED, ""),
        (EventKind.DELETED, ""),
    ]


async def test_a_transcript_reads_like_the_chat(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, anna: User, *, clip_bytes: bytes, photo: bytes
) -> None:
    asked = telegram.send_photo(chat, anna, photo, caption="swim")
    await bot.set_message_reaction(chat.id, asked.id, "👀")
    status = await bot.send_message(chat.id, "Accepted\nplace 2", reply_markup=KEYBOARD)
    await bot.edit_message_text("Rendering", chat.id, status.message_id, reply_markup=KEYBOARD)
    await bot.send_video(chat.id, clip_bytes, caption="swim", width=64, height=36, duration=1)
    await bot.delete_message(chat.id, status.message_id)
    assert telegram.transcript(chat) == (
        "── Anna (private, bot is member)\n"
        "#101 Anna 👀: <photo 2000x1000> swim\n"
        "#102 Reelbot edited 1x DELETED: Rendering\n"
        "    [Cancel]\n"
        f"#103 Reelbot: <video 64x36, 1 s, {len(clip_bytes)} bytes> swim"
    )


async def test_a_stock_application_polls_answers_and_stops(
    telegram: TelegramSandbox, chat: Chat, anna: User
) -> None:
    async with serving(telegram.app) as origin:
        application = _echoing_application(telegram, origin)
        async with application:
            await application.start()
            assert application.updater is not None
            await application.updater.start_polling(allowed_updates=["message", "callback_query"])
            telegram.say(chat, anna, "/video a cat")
            answer = await telegram.until(lambda: _answer(telegram, chat))
            press = telegram.press(anna, answer, "Cancel")
            pressed = await press.answered()
            await application.updater.stop()
            await application.stop()
    assert (answer.text, answer.reply_to_message_id, pressed.text) == ("a cat", 101, "c")


async def test_a_hundred_people_are_answered(bot: Bot, telegram: TelegramSandbox) -> None:
    people = [telegram.add_user(f"Person {number}") for number in range(100)]
    chats = [telegram.private_chat(person) for person in people]
    async with asyncio.TaskGroup() as tasks:
        waits = [tasks.create_task(telegram.until(partial(_answer, telegram, chat))) for chat in chats]
        for chat, person in zip(chats, people, strict=True):
            telegram.say(chat, person, f"/video for {person.first_name}")
        updates = await bot.get_updates(timeout=10)
        for update in updates:
            assert update.message is not None
            tasks.create_task(update.message.reply_text(update.message.text or ""))
    texts = [wait.result().text for wait in waits]
    assert texts == [f"/video for {person.first_name}" for person in people]


def _answer(telegram: TelegramSandbox, chat: Chat) -> Message | None:
    return next((message for message in telegram.messages(chat) if message.sender_is_bot), None)


async def _on_video(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    await update.message.reply_text(" ".join(context.args or []), do_quote=True, reply_markup=KEYBOARD)


async def _on_press(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer(update.callback_query.data)


def _echoing_application(telegram: TelegramSandbox, origin: str) -> Application:  # type: ignore[type-arg]  # PTB has six of them
    application = ApplicationBuilder().token(telegram.token).base_url(f"{origin}/bot").build()
    application.add_handlers([CommandHandler("video", _on_video), CallbackQueryHandler(_on_press)])
    return application
