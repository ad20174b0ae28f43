"""`/grant`, `/limit` and `/budget`: what accounts may spend, told with what holds now."""

from __future__ import annotations

from contextlib import suppress

from chat.errors import SendError
from chat.language import speaking
from chat.send import Destination, send
from domain.account import Account, Limit
from domain.admin_action import AdminActionKind
from domain.job import Place
from handlers.admin import quotas_texts
from handlers.admin.action import action_of
from handlers.admin.allowance import default_limit, find_allowance
from handlers.admin.target import Named, NobodyNamed, named_in
from handlers.context import Context
from handlers.message_call import MessageCall
from handlers.request import quota_texts

MOST_GRANTED = 10_000
HIGHEST_LIMIT = 10_000
HIGHEST_BUDGET = 1_000_000
_DEFAULT, _OFF, _UNLIMITED = "default", "off", "unlimited"
#: So many accounts are listed.
_LISTED = 20


async def on_grant(call: MessageCall) -> None:
    """`/grant WHO N [why]`: credits beyond the allowance, or some of them back; alone, who has any."""
    try:
        named = await named_in(call, has_amount=True)
    except NobodyNamed:
        await call.answer(f"{await _who_has_grants(call.context)}\n\n{quotas_texts.grant_usage()}")
    else:
        await _grant(call, named)


async def on_limit(call: MessageCall) -> None:
    """`/limit WHO|here|default N|unlimited|off`: credits in 24 hours; alone, what holds for whom."""
    first, _, rest = call.words.partition(" ")
    if first.casefold() == _DEFAULT:
        await _limit_default(call, rest.strip())
        return
    try:
        named = await named_in(call, has_amount=True)
    except NobodyNamed:
        await call.answer(f"{await _who_is_limited(call.context)}\n\n{quotas_texts.limit_usage()}")
    else:
        await _limit(call, named)


async def on_budget(call: MessageCall) -> None:
    """`/budget N|off`: what all may spend together in 24 hours; alone, what they have spent."""
    context = call.context
    runtime_settings, written = call.services.storage.runtime_settings, call.words
    before = runtime_settings.budget
    number = _whole_number(written, HIGHEST_BUDGET)
    if not written:
        await call.answer(f"{await _budget(context, before)}\n\n{quotas_texts.budget_usage()}")
    elif number is None and written.casefold() != _OFF:
        await call.answer(quotas_texts.no_such_budget(written, HIGHEST_BUDGET))
    else:
        await runtime_settings.set_budget(
            action_of(call, AdminActionKind.BUDGET, detail=written.casefold()), number
        )
        call.services.wake()
        await call.answer(await _budget(context, before))


async def _grant(call: MessageCall, named: Named) -> None:
    services, account = call.services, named.account
    written, _, why = named.words.partition(" ")
    if services.rules.is_admin(account.id):
        await call.answer(quotas_texts.admins_need_none())
        return
    before = await find_allowance(services, account)
    if not written:
        await call.answer(f"{quotas_texts.stands(account, before)}\n\n{quotas_texts.grant_usage()}")
        return
    number = _whole_number(written.removeprefix("-").removeprefix("+"), MOST_GRANTED)
    if not number:
        await call.answer(quotas_texts.no_such_grant(written, MOST_GRANTED))
        return
    number = -number if written.startswith("-") else number
    if number < 0 and not before.quota.granted:
        await call.answer(quotas_texts.nothing_to_take_back(account))
        return
    action = action_of(
        call, AdminActionKind.GRANT, account_id=account.id, detail=str(number), why=why.strip()
    )
    is_new = await services.storage.accounts.grant(action, account.id, number)
    await call.answer(quotas_texts.stands(account, await find_allowance(services, account), before))
    if is_new and number > 0 and account.id != call.message.chat_id:
        await _tell(call.context, account, number, why.strip())


async def _limit(call: MessageCall, named: Named) -> None:
    services, account, written = call.services, named.account, named.words
    if services.rules.is_admin(account.id):
        await call.answer(quotas_texts.admins_need_none())
        return
    before = await find_allowance(services, account)
    if not written:
        await call.answer(f"{quotas_texts.stands(account, before)}\n\n{quotas_texts.limit_usage()}")
        return
    try:
        limit = _limit_in(written)
    except ValueError:
        await call.answer(quotas_texts.no_such_limit(written, HIGHEST_LIMIT))
        return
    action = action_of(call, AdminActionKind.LIMIT, account_id=account.id, detail=written.casefold())
    await services.storage.accounts.set_limit(action, account.id, limit)
    await call.answer(quotas_texts.stands(account, await find_allowance(services, account), before))


async def _limit_default(call: MessageCall, written: str) -> None:
    services = call.services
    before = default_limit(services)
    usual = services.rules.daily_allowance
    if not written:
        await call.answer(quotas_texts.default_stands(before, usual))
        return
    try:
        limit = _limit_in(written)
    except ValueError:
        await call.answer(quotas_texts.no_such_limit(written, HIGHEST_LIMIT))
        return
    action = action_of(call, AdminActionKind.LIMIT_DEFAULT, detail=written.casefold())
    await services.storage.runtime_settings.set_allowance(action, limit)
    await call.answer(quotas_texts.default_stands(default_limit(services), usual, before))


async def _tell(context: Context, account: Account, number: int, why: str) -> None:
    """Tell an account about its granted credits; if it cannot be reached, `/quota` shows them."""
    with speaking(account.language):
        said = quotas_texts.given(number, why, to_group=account.is_group)
        if not account.is_group:
            own = Place(account_id=account.id, requester_id=account.id, chat_id=account.id)
            said = f"{said}\n\n{quota_texts.left(await context.services.find_funds(own))}"
    with suppress(SendError):
        await send(context.bot, Destination(account.id), said)


async def _who_has_grants(context: Context) -> str:
    services = context.services
    accounts = await services.storage.accounts.find_granted(limit=_LISTED + 1)
    holders = [(one, (await find_allowance(services, one)).quota.granted) for one in accounts[:_LISTED]]
    return quotas_texts.with_grants(holders, has_more=len(accounts) > _LISTED)


async def _who_is_limited(context: Context) -> str:
    services = context.services
    accounts = await services.storage.accounts.find_limited(limit=_LISTED + 1)
    default = quotas_texts.default_stands(default_limit(services), services.rules.daily_allowance)
    listed = quotas_texts.limited(accounts[:_LISTED], has_more=len(accounts) > _LISTED)
    return f"{default}\n\n{listed}"


async def _budget(context: Context, before: int | None) -> str:
    services = context.services
    return quotas_texts.budget_stands(
        await services.storage.runtime_settings.find_budget(now=services.clock()), before
    )


def _limit_in(written: str) -> Limit | None:
    """Return the limit that an admin wrote, None to take it away; raises ValueError if it is none of these."""
    match written.casefold():
        case words if words == _OFF:
            return None
        case words if words == _UNLIMITED:
            return Limit(None)
        case _:
            number = _whole_number(written, HIGHEST_LIMIT)
            if number is None:
                raise ValueError(written)
            return Limit(number)


def _whole_number(written: str, most: int) -> int | None:
    """Return a number from 0 to `most`; None if that is not what was written."""
    is_number = written.isascii() and written.isdigit() and len(written) <= len(str(most))
    return int(written) if is_number and int(written) <= most else None
