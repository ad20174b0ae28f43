"""`/user` and `/users`: who an account is and what it made of the bot, and who used it most."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup

from chat.callback_data import Press, account_id_in, button
from domain.account import AccessMode, Account, Standing
from domain.admin_action import Action
from domain.statistics import RECENT
from handlers import texts
from handlers.admin import accounts_texts, bans
from handlers.admin import target_texts as whom_texts
from handlers.admin.action import deed_of_press
from handlers.admin.allowance import find_holding
from handlers.admin.bans import Sentence
from handlers.admin.target import NobodyNamed, WhomUnclear, named_in
from handlers.admin.words import words_of
from handlers.request.accept import answer

if TYPE_CHECKING:
    from telegram import InlineKeyboardButton, Update

    from handlers.button_press import Pressing
    from handlers.context import Context, Services

_ON_PAGE = 10
#: Nobody turns so far; beyond it a page is made up.
_LAST_PAGE = 10_000
_IN_ROW = 5
_NEWEST = 5
#: What one press gives.
_GIFT = 5


async def on_user(update: Update, context: Context) -> None:
    """`/user ID|@name`: everything about one person, or about a group."""
    message = update.effective_message
    if message is None:
        return
    try:
        named = await named_in(context, message, words_of(context, message))
    except NobodyNamed:
        await answer(message, accounts_texts.usage())
    except WhomUnclear as unclear:
        await answer(message, whom_texts.unclear(unclear))
    else:
        await answer(message, *await _describe(context.services, named.account))


async def on_account(pressing: Pressing) -> None:
    """A number below `/users`."""
    account = await _account(pressing)
    if account is None:
        return
    await pressing.say()
    if pressing.message is not None:
        await answer(pressing.message, *await _describe(pressing.context.services, account))


async def on_ban(pressing: Pressing) -> None:
    """[Ban], for good."""
    account = await _account(pressing)
    if account is None:
        return
    deed = deed_of_press(pressing, Action.BAN, account_id=account.id)
    await pressing.say()
    said = await bans.ban(pressing.context, deed, account, Sentence(None, ""))
    await _show_again(pressing, account, said)


async def on_unban(pressing: Pressing) -> None:
    account = await _account(pressing)
    if account is None:
        return
    deed = deed_of_press(pressing, Action.UNBAN, account_id=account.id)
    await pressing.say()
    await _show_again(pressing, account, await bans.unban(pressing.context, deed, account))


async def on_allow(pressing: Pressing) -> None:
    account = await _account(pressing)
    if account is None:
        return
    deed = deed_of_press(pressing, Action.ALLOW, account_id=account.id)
    await pressing.say()
    await _show_again(pressing, account, await bans.allow(pressing.context, deed, account))


async def on_give(pressing: Pressing) -> None:
    """[+5 credits]: once for each time that the card shows what they have."""
    about, _, given = pressing.pressed.value.partition("/")
    services, account_id = pressing.context.services, account_id_in(about)
    shown = pressing.query.message
    if account_id is None:
        await pressing.say(texts.too_old())
        return
    deed = replace(
        deed_of_press(pressing, Action.GRANT, account_id=account_id, detail=str(_GIFT)),
        origin=f"gift:{shown.chat.id if shown else 0}:{shown.message_id if shown else 0}:{given}",
    )
    is_new = await services.accounts.grant(deed, account_id, _GIFT)
    account = await services.accounts.find(account_id) or Account(id=account_id)
    await pressing.say(accounts_texts.given(_GIFT) if is_new else accounts_texts.given_already())
    await pressing.edit(*await _describe(services, account))


async def on_users(update: Update, context: Context) -> None:
    """`/users`: who asked for videos lately, by the credits that they spent."""
    message = update.effective_message
    if message is not None:
        await answer(message, *await _page(context.services, 0))


async def on_page(pressing: Pressing) -> None:
    await pressing.say()
    await pressing.edit(*await _page(pressing.context.services, min(pressing.pressed.row_id, _LAST_PAGE)))


async def _account(pressing: Pressing) -> Account | None:
    """Return the account that the button is about; None, and say so, if its value is made up."""
    account_id = account_id_in(pressing.pressed.value)
    if account_id is None:
        await pressing.say(texts.too_old())
        return None
    return await pressing.context.services.accounts.find(account_id) or Account(id=account_id)


async def _show_again(pressing: Pressing, account: Account, said: str) -> None:
    """Let the card show what holds now, and say below it what was done."""
    services = pressing.context.services
    await pressing.edit(*await _describe(services, await services.accounts.find(account.id) or account))
    if pressing.message is not None:
        await answer(pressing.message, said)


async def _describe(services: Services, account: Account) -> tuple[str, InlineKeyboardMarkup | None]:
    use = await services.usage.of(account.id, newest=_NEWEST)
    is_admin = services.rules.is_admin(account.id)
    card = accounts_texts.account(
        account,
        use,
        await find_holding(services, account),
        mode=services.house.access,
        is_admin=is_admin,
        now=services.clock(),
    )
    return card, None if is_admin else _offer(services, account, use.grants)


def _offer(services: Services, account: Account, grants: int) -> InlineKeyboardMarkup:
    about = str(account.id)
    is_banned = account.ban is not None and account.ban.holds(services.clock())
    row = [
        button(accounts_texts.unban(), Press.UNBAN, 0, about)
        if is_banned
        else button(accounts_texts.ban(), Press.BAN, 0, about)
    ]
    if services.house.access is not AccessMode.OPEN and account.standing is not Standing.ALLOWED:
        row.append(button(accounts_texts.allow(), Press.ALLOW, 0, about))
    row.append(button(accounts_texts.give(_GIFT), Press.GIVE, 0, f"{about}/{grants}"))
    return InlineKeyboardMarkup([row])


async def _page(services: Services, number: int) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return a page of the list, counted from 0; the first if there is no such page any more."""
    since = services.clock() - RECENT
    shares = await services.usage.find_shares(since=since, limit=_ON_PAGE + 1, skip=number * _ON_PAGE)
    if not shares and number:
        return await _page(services, 0)
    shown = shares[:_ON_PAGE]
    known = await services.accounts.find_all([share.account_id for share in shown])
    first = number * _ON_PAGE + 1
    lines = [(known.get(share.account_id) or Account(id=share.account_id), share) for share in shown]
    opening = [
        button(str(place), Press.ACCOUNT, 0, str(share.account_id))
        for place, share in enumerate(shown, first)
    ]
    rows = [opening[at : at + _IN_ROW] for at in range(0, len(opening), _IN_ROW)]
    turning = _turning(number, has_more=len(shares) > _ON_PAGE)
    keyboard = InlineKeyboardMarkup([*rows, turning] if turning else rows) if rows else None
    return accounts_texts.users(lines, first, days=RECENT.days), keyboard


def _turning(number: int, *, has_more: bool) -> list[InlineKeyboardButton]:
    turning = []
    if number:
        turning.append(button(accounts_texts.more_used(), Press.ACCOUNTS, number - 1))
    if has_more:
        turning.append(button(accounts_texts.less_used(), Press.ACCOUNTS, number + 1))
    return turning
