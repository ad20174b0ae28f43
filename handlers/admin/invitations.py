"""Strangers who ask for access: every admin gets a card, one of them decides, and the stranger is told."""

from __future__ import annotations

import structlog
from telegram import Chat, InlineKeyboardMarkup, Message

from chat.callback_data import ButtonKind, account_id_in, button
from chat.errors import SendError, Undeliverable
from chat.language import speaking
from chat.send import Destination, answer, send
from domain.account import AccessStatus, Account
from domain.admin_action import AdminActionKind
from handlers import texts
from handlers.admin import access_modes_texts, invitations_texts
from handlers.admin.action import action_of
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Context

log = structlog.get_logger(__name__)

_ACTIONS = {AccessStatus.ALLOWED: AdminActionKind.ALLOW, AccessStatus.REFUSED: AdminActionKind.REFUSE}


async def ask_to_let_in(context: Context, account_id: int, *, said: str, group: Chat | None) -> None:
    """Note that a stranger asks for access, and tell every admin, unless they have asked before.

    Of many only some are shown by themselves: then admins hear how many wait.
    """
    services = context.services
    if services.storage.accounts.cached(account_id).access is not AccessStatus.STRANGER:
        return
    if not await services.storage.accounts.request_access(account_id):
        return
    if not services.invitations.happens(services.clock()):
        await _tell_of_more(context)
        return
    account = await services.storage.accounts.find(account_id) or Account(id=account_id)
    place = group.title if group is not None and group.id != account_id else None
    admins = await services.storage.accounts.find_languages(services.rules.admin_ids)
    for admin_id, language in admins.items():
        with speaking(language):
            card, offer = invitations_texts.card(account, said=said, group=place), decision(account)
        await _show_to(context, admin_id, card, offer)


async def _tell_of_more(context: Context) -> None:
    services = context.services
    if not services.more_invitations.note(None, services.clock()):
        return
    waiting = await services.storage.accounts.count_waiting()
    admins = await services.storage.accounts.find_languages(services.rules.admin_ids)
    for admin_id, language in admins.items():
        with speaking(language):
            show = button(access_modes_texts.show_waiting(waiting), ButtonKind.WAITING, 0)
            text = invitations_texts.more_wait(waiting)
        await _show_to(context, admin_id, text, InlineKeyboardMarkup([[show]]))


async def _show_to(context: Context, admin_id: int, card: str, offer: InlineKeyboardMarkup) -> None:
    try:
        await send(context.bot, Destination(admin_id), card, offer)
    except Undeliverable as error:
        await _note_unreachable(context, admin_id, error)
    except SendError as error:
        log.warning("an admin was not told of a stranger", admin=admin_id, problem=str(error))


async def _note_unreachable(context: Context, admin_id: int, error: Undeliverable) -> None:
    """Log once that an admin has never opened the bot, or has blocked it."""
    accounts = context.services.storage.accounts
    admin = await accounts.find(admin_id)
    if admin is None or admin.unreachable_since is None:
        await accounts.note_unreachable(admin_id, now=context.services.clock())
        log.warning(
            "an admin cannot be told of strangers: they have to write to the bot first",
            admin=admin_id,
            problem=str(error),
        )


async def show(message: Message, account: Account) -> None:
    """Show once more, in answer to a message, who waits to be let in."""
    await answer(message, invitations_texts.card(account, said="", group=None), decision(account))


def decision(account: Account) -> InlineKeyboardMarkup:
    """Return the buttons that let an account in, or not."""
    about = str(account.id)
    return InlineKeyboardMarkup(
        [
            [
                button(invitations_texts.allow(), ButtonKind.LET_IN, 0, about),
                button(invitations_texts.refuse(), ButtonKind.TURN_AWAY, 0, about),
            ]
        ]
    )


async def on_let_in(press: ButtonPress) -> None:
    """[Allow], below a card."""
    await _decide(press, AccessStatus.ALLOWED)


async def on_turn_away(press: ButtonPress) -> None:
    """[Refuse], below a card."""
    await _decide(press, AccessStatus.REFUSED)


async def _decide(press: ButtonPress, access: AccessStatus) -> None:
    """Decide, unless somebody has; the card says from then on who did, and how."""
    context, account_id = press.context, account_id_in(press.pressed.value)
    services = context.services
    if account_id is None:
        raise PressRefused(texts.too_old())
    action = action_of(press, _ACTIONS[access], account_id=account_id)
    is_decided_now = await services.storage.accounts.decide(action, account_id, access)
    account = await services.storage.accounts.find(account_id) or Account(id=account_id)
    outcome = await _outcome(context, account)
    if not is_decided_now:
        await press.say(invitations_texts.decided_already())
    else:
        await press.say()
        if not await tell(context, account):
            outcome = f"{outcome}\n{invitations_texts.not_told()}"
    if press.message is not None:
        await press.edit(f"{press.message.text_html}\n\n{outcome}")


async def _outcome(context: Context, account: Account) -> str:
    """Say who has decided about an account, and how."""
    services = context.services
    entry = await services.storage.audit.find_last(account.id, set(_ACTIONS.values()))
    if entry is None:
        return invitations_texts.decided(account.access)
    admin = await services.storage.accounts.find(entry.action.admin_id) or Account(id=entry.action.admin_id)
    return invitations_texts.decided_by(admin, account.access, entry.action.at, services.clock())


async def tell(context: Context, account: Account) -> bool:
    """Tell who asked how it was decided; False if they let us send nothing."""
    with speaking(account.language):
        words = invitations_texts.answer_to(account)
    try:
        await send(context.bot, Destination(account.id), words)
    except SendError:
        return False
    return True
