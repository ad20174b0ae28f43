"""`/admin`: every command of admins, each with a button, and where its answers belong.

To everybody else these commands are unknown ones.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.ext import CommandHandler, filters

from chat.callback_data import ButtonKind, button, in_rows
from chat.send import answer
from handlers import texts
from handlers.addressing import PASSED_ON
from handlers.admin import menu_texts, target_texts
from handlers.admin.target import WhomUnclear
from handlers.button_press import ButtonPress, PressRefused
from handlers.commands import ADMIN, Audience, Command, commands_for
from handlers.context import BotApplication, Rules
from handlers.message_call import MessageCall, take_message

_IN_ROW = 3
#: So much of a command's words goes into a link.
_LONGEST_WORDS = 200


class _FromAdmins(filters.MessageFilter):
    """Takes the messages of who is an admin at that moment."""

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules

    def filter(self, message: Message) -> bool:
        return message.from_user is not None and self._rules.is_admin(message.from_user.id)


def register(application: BotApplication, rules: Rules) -> None:
    """Add the admins' commands; to be called before the handler of unknown commands is added."""
    own_words = filters.UpdateType.MESSAGE & ~PASSED_ON & ~filters.SenderChat.ALL
    from_admins = own_words & _FromAdmins(rules)
    application.add_handlers(
        [
            CommandHandler(ADMIN, partial(take_message, on_admin), filters=from_admins),
            *(
                CommandHandler(
                    command.name, partial(take_message, partial(_take, command)), filters=from_admins
                )
                for command in commands_for(Audience.ADMINS)
            ),
        ]
    )


async def on_admin(call: MessageCall) -> None:
    """`/admin`: every command, each with a button."""
    if call.message.chat_id < 0:
        await _ask_in_private(call, ADMIN)
        return
    shown = [
        (command.name, command.words())
        for command in commands_for(Audience.ADMINS)
        if command.words is not None
    ]
    await call.answer(menu_texts.commands(shown), _keyboard())


async def on_menu(press: ButtonPress) -> None:
    """A button of `/admin`: what the command shows without words, or how to write it."""
    name, shown = press.pressed.value, press.message
    command = next((command for command in commands_for(Audience.ADMINS) if command.name == name), None)
    if command is None or shown is None:
        raise PressRefused(texts.too_old())
    await press.say()
    if command.usage is not None:
        await answer(shown, command.usage())
        return
    await command.handler(MessageCall(shown, press.context))


async def _take(command: Command, call: MessageCall) -> None:
    if call.message.chat_id < 0 and not command.is_for_group(call.message, call.words):
        await _ask_in_private(call, command.name)
        return
    try:
        await command.handler(call)
    except WhomUnclear as unclear:
        await call.answer(target_texts.unclear(unclear))


async def _ask_in_private(call: MessageCall, name: str) -> None:
    """Say where the command belongs, and offer it there, written already."""
    command = quote(f"/{name} {call.words[:_LONGEST_WORDS]}".strip())
    link = InlineKeyboardButton(
        menu_texts.private_chat(), url=f"https://t.me/{call.context.bot.username}?text={command}"
    )
    await call.answer(menu_texts.ask_in_private(), InlineKeyboardMarkup([[link]]))


def _keyboard() -> InlineKeyboardMarkup:
    buttons = [
        button(f"/{command.name}", ButtonKind.ADMIN, 0, command.name)
        for command in commands_for(Audience.ADMINS)
    ]
    return InlineKeyboardMarkup(in_rows(buttons, _IN_ROW))
