"""Checks access: lets an update through, or tells its sender politely, and not each time, that they may not use the bot."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from telegram import CallbackQuery, Chat, InlineQuery, MaybeInaccessibleMessage, Message, Update
from telegram.error import NetworkError
from telegram.ext import ApplicationHandlerStop, filters

from chat import callback_data
from chat.albums import Album
from chat.callback_data import ButtonKind
from chat.send import answer
from domain.account import check_access
from domain.refusals import AccessRefusal, InvitationNeeded
from handlers.addressing import is_meant_for_us, is_overheard
from handlers.admin.become_admin import is_admin_link
from handlers.admin.invitations import ask_to_let_in
from handlers.context import Context
from handlers.message import command_of, place_of
from handlers.request import access_texts

#: Everybody may be forgotten, always.
_FOR_ALL = "delete_my_data"
_PRESSES_FOR_ALL = frozenset({ButtonKind.FORGET, ButtonKind.KEEP})
_CACHE_TIME = 5  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """The account that an update comes from, and the group, if it is in one."""

    account_id: int
    group: Chat | None = None

    @property
    def group_id(self) -> int | None:
        return self.group.id if self.group is not None else None


async def admit(update: Update | Album, context: Context) -> None:
    """Stop the update of somebody who may not use the bot, once they were told.

    Nobody who may waits for the database here. Raises ApplicationHandlerStop.
    """
    asker, services = _asker_of(update), context.services
    if asker is None or services.rules.is_admin(asker.account_id):
        return
    account = services.storage.accounts.cached(asker.account_id)
    group = services.storage.accounts.cached(asker.group.id) if asker.group is not None else None
    try:
        check_access(services.storage.runtime_settings.access, account, services.clock(), group)
    except AccessRefusal as refused:
        if _is_for_all(update, context) or _is_nobodys(update):
            return
        await _turn_away(update, context, asker, refused)
        raise ApplicationHandlerStop from refused


def _asker_of(update: Update | Album) -> _Asker | None:
    """Return the sender of a message, a press or an inline query; None for any other update."""
    match update:
        case Update(message=Message() as message) | Album(first=message):
            return _Asker(account_id=place_of(message).own_account_id, group=_group_of(message))
        case Update(callback_query=CallbackQuery() as query):
            return _Asker(account_id=query.from_user.id, group=_group_of(query.message))
        case Update(inline_query=InlineQuery() as query):
            return _Asker(account_id=query.from_user.id)
        case _:
            return None


def _group_of(message: MaybeInaccessibleMessage | None) -> Chat | None:
    return message.chat if message is not None and message.chat.id < 0 else None


def _is_for_all(update: Update | Album, context: Context) -> bool:
    match update:
        case Update(message=Message() as message):
            command = command_of(message, context.bot.username)
            is_for_all = command is not None and command.name == _FOR_ALL
            return is_for_all or is_admin_link(message, context)
        case Update(callback_query=CallbackQuery() as query):
            pressed = callback_data.read(query.data)
            return pressed is not None and pressed.kind in _PRESSES_FOR_ALL
        case _:
            return False


def _is_nobodys(update: Update | Album) -> bool:
    """Tell whether a message asks for nothing: a service message, or one that no person wrote."""
    match update:
        case Update(message=Message() as message):
            return is_overheard(message) or bool(filters.StatusUpdate.ALL.check_update(update))
        case Album(first=message):
            return is_overheard(message)
        case _:
            return False


async def _turn_away(update: Update | Album, context: Context, asker: _Asker, refused: AccessRefusal) -> None:
    match update:
        case Update(inline_query=InlineQuery() as query):
            with suppress(NetworkError):
                await query.answer([], cache_time=_CACHE_TIME, is_personal=True)
            return
        case Update(callback_query=CallbackQuery() as query):
            said = ""
            with suppress(NetworkError):
                await query.answer(access_texts.note(refused), show_alert=True)
        case Update(message=Message() as message) | Album(first=message):
            if asker.group is not None and not is_meant_for_us(update, context):
                return
            said = message.text or message.caption or ""
            await _say(message, context, asker, refused)
        case _:
            return
    if isinstance(refused, InvitationNeeded):
        await ask_to_let_in(context, asker.account_id, said=said, group=asker.group)


async def _say(message: Message, context: Context, asker: _Asker, refused: AccessRefusal) -> None:
    """Tell people in private who wait for an answer each time, and all others only once in a while."""
    services = context.services
    if asker.group is None:
        told = (asker.account_id, access_texts.refusal(refused))
        is_waiting = isinstance(refused, InvitationNeeded) and not refused.is_refused
        if is_waiting or services.turned_away.note(told, services.clock()):
            await answer(message, access_texts.refusal(refused))
    elif services.turned_away.note((asker.group_id, asker.account_id), services.clock()):
        await answer(message, access_texts.refusal_in_group(refused))
