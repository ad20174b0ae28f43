"""`/admin`: every command that only admins can give, each with a button; and where their answers belong.

Who is no admin meets the same answer as to any unknown command.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from urllib.parse import quote

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, MessageEntity, Update
from telegram.ext import CommandHandler, filters

from chat.callback_data import ButtonKind, button
from handlers import texts
from handlers.addressing import PASSED_ON
from handlers.admin import menu_texts
from handlers.button_press import ButtonPress
from handlers.commands import ADMIN, Audience, Command, commands_for
from handlers.context import BotApplication, Context
from handlers.message import words_of
from handlers.request.accept import answer

_IN_ROW = 3
#: So much of a command's words goes into a link.
_LONGEST_WORDS = 200


def register(application: BotApplication, admin_ids: Collection[int]) -> None:
    """Let the application obey its admins; it must come before what takes unknown commands."""
    own_words = filters.UpdateType.MESSAGE & ~PASSED_ON & ~filters.SenderChat.ALL
    from_admins = own_words & filters.User(user_id=admin_ids)
    application.add_handlers(
        [
            CommandHandler(ADMIN, on_admin, filters=from_admins),
            *(
                CommandHandler(command.name, partial(_take, command), filters=from_admins)
                for command in commands_for(Audience.ADMINS)
            ),
        ]
    )


async def on_admin(update: Update, context: Context) -> None:
    """`/admin`: every command, each with a button."""
    message = update.effective_message
    if message is not None and message.chat_id < 0:
        await _ask_in_private(context, message, ADMIN, "")
    elif message is not None:
        shown = [
            (command.name, command.words())
            for command in commands_for(Audience.ADMINS)
            if command.words is not None
        ]
        await answer(message, menu_texts.commands(shown), _keyboard())


async def on_menu(press: ButtonPress) -> None:
    """A button of `/admin`: what the command shows without words, or how to write it."""
    name, shown = press.pressed.value, press.message
    command = next((command for command in commands_for(Audience.ADMINS) if command.name == name), None)
    if command is None or shown is None:
        await press.say(texts.too_old())
        return
    await press.say()
    if command.usage is not None:
        await answer(shown, command.usage())
        return
    press.context.args = []
    await _take(command, _as_if_written(press, shown, f"/{name}"), press.context)


async def _take(command: Command, update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None:
        return
    words = words_of(context, message)
    if message.chat_id < 0 and not command.is_for_group(message, words):
        await _ask_in_private(context, message, command.name, words)
    else:
        await command.handler(update, context)


async def _ask_in_private(context: Context, message: Message, name: str, words: str) -> None:
    """Say where the command belongs, and offer it there, written already."""
    command = quote(f"/{name} {words[:_LONGEST_WORDS]}".strip())
    link = InlineKeyboardButton(
        menu_texts.private_chat(), url=f"https://t.me/{context.bot.username}?text={command}"
    )
    await answer(message, menu_texts.ask_in_private(), InlineKeyboardMarkup([[link]]))


def _as_if_written(press: ButtonPress, shown: Message, text: str) -> Update:
    """Return the update that would have come if the admin had written the command below the menu."""
    message = Message(
        message_id=shown.message_id,
        date=shown.date,
        chat=shown.chat,
        from_user=press.query.from_user,
        text=text,
        entities=[MessageEntity(MessageEntity.BOT_COMMAND, 0, len(text))],
        message_thread_id=shown.message_thread_id,
        is_topic_message=shown.is_topic_message,
    )
    message.set_bot(press.context.bot)
    return Update(update_id=0, message=message)


def _keyboard() -> InlineKeyboardMarkup:
    buttons = [
        button(f"/{command.name}", ButtonKind.ADMIN, 0, command.name)
        for command in commands_for(Audience.ADMINS)
    ]
    return InlineKeyboardMarkup([buttons[at : at + _IN_ROW] for at in range(0, len(buttons), _IN_ROW)])
