"""`/access`: who may use the bot, and what becomes of those who used it before."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from chat.callback_data import ButtonKind, button
from domain.account import AccessMode
from domain.admin_action import AdminActionKind
from handlers import texts
from handlers.admin import access_modes_texts, invitations
from handlers.admin.action import action_of
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Services
from handlers.message_call import MessageCall

#: So many cards of those who wait are shown at once.
_CARDS = 5


async def on_access(call: MessageCall) -> None:
    """`/access open|invite|closed`; without a word, how it is now."""
    services = call.services
    written = call.words.casefold()
    if written and written not in set(AccessMode):
        await call.answer(access_modes_texts.no_such_mode(written))
        return
    if written:
        await services.storage.runtime_settings.set_access(
            action_of(call, AdminActionKind.ACCESS, detail=written), AccessMode(written)
        )
    await call.answer(*await _describe(services))


async def on_mode(press: ButtonPress) -> None:
    """A mode below `/access`; the one that holds already is no action."""
    picked, services = press.pressed.value, press.context.services
    if picked not in set(AccessMode):
        raise PressRefused(texts.too_old())
    mode = AccessMode(picked)
    await press.say()
    if mode is not services.storage.runtime_settings.access:
        await services.storage.runtime_settings.set_access(
            action_of(press, AdminActionKind.ACCESS, detail=mode), mode
        )
    await press.edit(*await _describe(services))


async def on_allow_known(press: ButtonPress) -> None:
    """[Allow all]: whoever has made a video before goes on."""
    services = press.context.services
    number = await services.storage.accounts.allow_known(
        action_of(press, AdminActionKind.ALLOW_KNOWN), besides=services.rules.admin_ids
    )
    await press.say(access_modes_texts.allowed(number))
    await press.edit(*await _describe(services))


async def on_waiting(press: ButtonPress) -> None:
    """[Who waits]: a card for each, as there was one when they came."""
    context = press.context
    await press.say()
    for account in await context.services.storage.accounts.find_waiting(limit=_CARDS):
        if press.message is not None:
            await invitations.show(press.message, account)


async def _describe(services: Services) -> tuple[str, InlineKeyboardMarkup]:
    mode = services.storage.runtime_settings.access
    waiting = await services.storage.accounts.count_waiting()
    shut_out = 0
    if mode is not AccessMode.OPEN:
        shut_out = await services.storage.accounts.count_known(besides=services.rules.admin_ids)
    rows = [
        [
            button(access_modes_texts.mode_button(one, is_on=one is mode), ButtonKind.ACCESS, 0, one)
            for one in AccessMode
        ]
    ]
    if waiting:
        rows.append([button(access_modes_texts.show_waiting(waiting), ButtonKind.WAITING, 0)])
    if shut_out:
        rows.append([button(access_modes_texts.allow_all(shut_out), ButtonKind.ALLOW_KNOWN, 0)])
    return access_modes_texts.access(mode, waiting=waiting, shut_out=shut_out), InlineKeyboardMarkup(rows)
