"""Stops updates in groups where the bot is switched off, except those needed to switch it on."""

from __future__ import annotations

from contextlib import suppress

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest
from telegram.ext import ApplicationHandlerStop, filters

from chat import callback_data
from chat.albums import Album
from chat.callback_data import ButtonKind
from chat.send import answer
from handlers.addressing import replies_to_us, words_to
from handlers.context import Context
from handlers.message import command_of
from handlers.request import group_refusal_texts

_SETTINGS = "groupsettings"
_REQUESTS = frozenset({"video", "edit"})
#: What works in a group where the bot is off: to switch it on, to call off, and to take away what is one's own.
_PRESSES = frozenset(
    {
        ButtonKind.GROUP,
        ButtonKind.CANCEL,
        ButtonKind.DELETE,
        ButtonKind.RESULT,
        ButtonKind.FORGET,
        ButtonKind.KEEP,
    }
)


async def check_on(update: Update | Album, context: Context) -> None:
    """Stop what is said or pressed in a group where the bot is switched off; who asks for a video is told, not each time.

    Raises ApplicationHandlerStop.
    """
    chat, services = update.effective_chat, context.services
    if chat is None or services.storage.groups.find(chat.id).is_on:
        return
    match update:
        case Update(callback_query=CallbackQuery() as query):
            pressed = callback_data.read(query.data)
            if pressed is not None and pressed.kind in _PRESSES:
                return
            with suppress(BadRequest):
                await query.answer(group_refusal_texts.off())
        case Update(message=Message() as message) | Album(first=message):
            if _tells_what_happened(message) or _is_for_settings(message, context):
                return
            asks = any(_asks(one, context) for one in _messages_of(update, message))
            if asks and services.told_off.note(chat.id, services.clock()):
                await answer(message, group_refusal_texts.off())
        case _:
            return
    raise ApplicationHandlerStop


def _messages_of(update: Update | Album, message: Message) -> tuple[Message, ...]:
    return update.messages if isinstance(update, Album) else (message,)


def _tells_what_happened(message: Message) -> bool:
    """Tell whether a message is a service message, such as that the group has moved."""
    return bool(filters.StatusUpdate.ALL.check_update(Update(0, message=message)))


def _is_for_settings(message: Message, context: Context) -> bool:
    command = command_of(message, context.bot.username)
    return command is not None and command.name == _SETTINGS


def _asks(message: Message, context: Context) -> bool:
    command = command_of(message, context.bot.username)
    if command is not None:
        return command.name in _REQUESTS
    if (message.text or "").startswith("/"):
        return False
    return words_to(context.bot, message) is not None or replies_to_us(context.bot, message)
