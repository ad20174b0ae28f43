"""`/user` and `/users`: one account and its use of the bot, and who used the bot most."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from chat.callback_data import ButtonKind, account_id_in, button, in_rows
from domain.account import AccessMode, AccessStatus, Account
from domain.admin_action import AdminAction, AdminActionKind
from domain.statistics import RECENT
from handlers import texts
from handlers.admin import accounts_texts, bans
from handlers.admin.action import action_of
from handlers.admin.allowance import find_allowance
from handlers.admin.target import NobodyNamed, named_in
from handlers.button_press import ButtonPress, PressRefused
from handlers.context import Context, Services
from handlers.message_call import MessageCall

_ON_PAGE = 10
#: Nobody turns so far; beyond it a page is made up.
_LAST_PAGE = 10_000
_IN_ROW = 5
_NEWEST = 5
#: What one press gives.
_GIFT = 5


async def on_user(call: MessageCall) -> None:
    """`/user ID|@name`: everything about one person, or about a group."""
    try:
        named = await named_in(call)
    except NobodyNamed:
        await call.answer(accounts_texts.usage())
    else:
        await call.answer(*await _describe(call.services, named.account))


async def on_account(press: ButtonPress) -> None:
    """A number below `/users`."""
    account = await _account(press)
    await press.say()
    await press.answer(*await _describe(press.context.services, account))


async def on_ban(press: ButtonPress) -> None:
    """[Ban], for good."""
    await _act(press, AdminActionKind.BAN, bans.ban)


async def on_unban(press: ButtonPress) -> None:
    await _act(press, AdminActionKind.UNBAN, bans.unban)


async def on_allow(press: ButtonPress) -> None:
    await _act(press, AdminActionKind.ALLOW, bans.allow)


async def on_give(press: ButtonPress) -> None:
    """[+5 credits]: once for each time that the card shows what they have."""
    about, _, given = press.pressed.value.partition("/")
    services, account_id = press.context.services, account_id_in(about)
    shown = press.query.message
    if account_id is None:
        raise PressRefused(texts.too_old())
    action = replace(
        action_of(press, AdminActionKind.GRANT, account_id=account_id, detail=str(_GIFT)),
        idempotency_key=f"gift:{shown.chat.id if shown else 0}:{shown.message_id if shown else 0}:{given}",
    )
    is_new = await services.storage.accounts.grant(action, account_id, _GIFT)
    account = await services.storage.accounts.find(account_id) or Account(id=account_id)
    await press.say(accounts_texts.given(_GIFT) if is_new else accounts_texts.given_already())
    await press.edit(*await _describe(services, account))


async def on_users(call: MessageCall) -> None:
    """`/users`: who asked for videos lately, by the credits that they spent."""
    await call.answer(*await _page(call.services, 0))


async def on_page(press: ButtonPress) -> None:
    await press.say()
    await press.edit(*await _page(press.context.services, min(press.pressed.row_id, _LAST_PAGE)))


async def _account(press: ButtonPress) -> Account:
    """Return the account that the button is about; raises PressRefused if its value is made up."""
    account_id = account_id_in(press.pressed.value)
    if account_id is None:
        raise PressRefused(texts.too_old())
    return await press.context.services.storage.accounts.find(account_id) or Account(id=account_id)


async def _act(
    press: ButtonPress,
    kind: AdminActionKind,
    act: Callable[[Context, AdminAction, Account], Awaitable[str]],
) -> None:
    """Do the action, update the card, and say below it what was done."""
    account, services = await _account(press), press.context.services
    action = action_of(press, kind, account_id=account.id)
    await press.say()
    said = await act(press.context, action, account)
    await press.edit(*await _describe(services, await services.storage.accounts.find(account.id) or account))
    await press.answer(said)


async def _describe(services: Services, account: Account) -> tuple[str, InlineKeyboardMarkup | None]:
    use = await services.storage.usage.of(account.id, newest=_NEWEST)
    is_admin = services.rules.is_admin(account.id)
    card = accounts_texts.account(
        account,
        use,
        await find_allowance(services, account),
        mode=services.storage.runtime_settings.access,
        is_admin=is_admin,
        now=services.clock(),
    )
    return card, None if is_admin else _offer(services, account, use.grants)


def _offer(services: Services, account: Account, grants: int) -> InlineKeyboardMarkup:
    about = str(account.id)
    is_banned = account.ban is not None and account.ban.holds(services.clock())
    row = [
        button(accounts_texts.unban(), ButtonKind.UNBAN, 0, about)
        if is_banned
        else button(accounts_texts.ban(), ButtonKind.BAN, 0, about)
    ]
    if (
        services.storage.runtime_settings.access is not AccessMode.OPEN
        and account.access is not AccessStatus.ALLOWED
    ):
        row.append(button(accounts_texts.allow(), ButtonKind.ALLOW, 0, about))
    row.append(button(accounts_texts.give(_GIFT), ButtonKind.GIVE, 0, f"{about}/{grants}"))
    return InlineKeyboardMarkup([row])


async def _page(services: Services, number: int) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return a page of the list, counted from 0; the first if there is no such page any more."""
    since = services.clock() - RECENT
    shares = await services.storage.usage.find_shares(since=since, limit=_ON_PAGE + 1, skip=number * _ON_PAGE)
    if not shares and number:
        return await _page(services, 0)
    shown = shares[:_ON_PAGE]
    known = await services.storage.accounts.find_all([share.account_id for share in shown])
    first = number * _ON_PAGE + 1
    lines = [(known.get(share.account_id) or Account(id=share.account_id), share) for share in shown]
    opening = [
        button(str(place), ButtonKind.ACCOUNT, 0, str(share.account_id))
        for place, share in enumerate(shown, first)
    ]
    rows = in_rows(opening, _IN_ROW)
    turning = _turning(number, has_more=len(shares) > _ON_PAGE)
    keyboard = InlineKeyboardMarkup([*rows, turning] if turning else rows) if rows else None
    return accounts_texts.users(lines, first, days=RECENT.days), keyboard


def _turning(number: int, *, has_more: bool) -> list[InlineKeyboardButton]:
    turning = []
    if number:
        turning.append(button(accounts_texts.more_used(), ButtonKind.ACCOUNTS, number - 1))
    if has_more:
        turning.append(button(accounts_texts.less_used(), ButtonKind.ACCOUNTS, number + 1))
    return turning
