"""`/admin`: pages with a button for each command of admins, and where their answers belong.

To everybody else these commands are unknown ones.
"""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.ext import CommandHandler, filters

from chat import button_texts
from chat.callback_data import ButtonKind, button, in_rows
from chat.send import answer
from handlers import texts
from handlers.addressing import PASSED_ON
from handlers.admin import menu_texts, target_texts
from handlers.admin.menu_texts import AdminPage
from handlers.admin.target import MOST_ALIKE, SeveralMeant, WhomUnclear
from handlers.button_press import ButtonPress, PressRefused
from handlers.commands import ADMIN, Audience, Command, commands_for
from handlers.context import BotApplication, Services
from handlers.message_call import MessageCall, take_message

_IN_ROW = 2
#: So much of a command's words goes into a link.
_LONGEST_WORDS = 200


class _FromAdmins(filters.MessageFilter):
    """Takes the messages of who is an admin at that moment."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def filter(self, message: Message) -> bool:
        return message.from_user is not None and self._services.rules.is_admin(message.from_user.id)


def register(application: BotApplication, services: Services) -> None:
    """Add the admins' commands; to be called before the handler of unknown commands is added."""
    own_words = filters.UpdateType.MESSAGE & ~PASSED_ON & ~filters.SenderChat.ALL
    from_admins = own_words & _FromAdmins(services)
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
    """`/admin`: how things stand, and the pages."""
    if call.message.chat_id < 0:
        await _ask_in_private(call, ADMIN)
        return
    await call.answer(*await _front(call.services))


async def on_menu(press: ButtonPress) -> None:
    """A button of `/admin`: a page of it, or what a command shows without words, or how to write that."""
    name, shown = press.pressed.value, press.message
    if not name or name in set(AdminPage):
        await press.say()
        await press.edit(*(_page(AdminPage(name)) if name else await _front(press.context.services)))
        return
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
        await call.answer(target_texts.unclear(unclear, command.name), _choice(unclear))


def _choice(unclear: WhomUnclear) -> InlineKeyboardMarkup | None:
    """Return a button for each of several accounts that may be meant: it shows that one, and does nothing to it."""
    if not isinstance(unclear, SeveralMeant):
        return None
    accounts = [named.account for named in unclear.alike[:MOST_ALIKE]]
    return InlineKeyboardMarkup(
        [[button(target_texts.button_of(one), ButtonKind.ACCOUNT, 0, str(one.id))] for one in accounts]
    )


async def _ask_in_private(call: MessageCall, name: str) -> None:
    """Say where the command belongs, and offer it there, written already."""
    command = quote(f"/{name} {call.words[:_LONGEST_WORDS]}".strip())
    link = InlineKeyboardButton(
        menu_texts.private_chat(), url=f"https://t.me/{call.context.bot.username}?text={command}"
    )
    await call.answer(menu_texts.ask_in_private(), InlineKeyboardMarkup([[link]]))


async def _front(services: Services) -> tuple[str, InlineKeyboardMarkup]:
    storage = services.storage
    budget = await storage.runtime_settings.find_budget(now=services.clock())
    text = menu_texts.front(
        storage.runtime_settings.access,
        budget.ordered,
        storage.holds.find_all(),
        waiting=await storage.accounts.count_waiting(),
    )
    pages = [button(menu_texts.title(page), ButtonKind.ADMIN, 0, page) for page in AdminPage]
    return text, InlineKeyboardMarkup(in_rows(pages, _IN_ROW))


def _page(page: AdminPage) -> tuple[str, InlineKeyboardMarkup]:
    """Return a page: each command with what it does, on a button of its own."""
    rows = [
        [button(menu_texts.entry(command.name, command.words), ButtonKind.ADMIN, 0, command.name)]
        for command in commands_for(Audience.ADMINS)
        if command.page is page and command.words is not None
    ]
    back = button(button_texts.back(), ButtonKind.ADMIN, 0)
    return f"<b>{menu_texts.title(page)}</b>", InlineKeyboardMarkup([*rows, [back]])
