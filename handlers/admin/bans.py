"""`/allow`, `/ban` and `/unban`: what an admin says about one account."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chat.language import speaking
from domain.account import AccessStatus, Account, Ban
from domain.admin_action import AdminAction, AdminActionKind
from handlers.admin import bans_texts, invitations, target_texts
from handlers.admin.action import action_of
from handlers.admin.target import Named, NobodyNamed, UnknownAccount, named_in
from handlers.context import Context, Services
from handlers.message_call import MessageCall
from handlers.request.cancel import call_off

_SPAN = re.compile(r"(?P<number>\d{1,4})(?P<unit>[mhdw])", re.ASCII)
_UNITS = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """How long a ban lasts, for good if that is None, and why."""

    span: timedelta | None
    reason: str

    def from_moment(self, now: datetime) -> Ban:
        return Ban(reason=self.reason, until=None if self.span is None else now + self.span)


_FOR_GOOD = Sentence(None, "")


def sentence_in(words: str) -> Sentence:
    """Read `3d spam`: a time such as 30m, 2h, 3d or 1w, if there is one, and the reason behind it."""
    first, _, rest = words.strip().partition(" ")
    found = _SPAN.fullmatch(first)
    if found is None:
        return Sentence(None, words.strip())
    return Sentence(int(found["number"]) * _UNITS[found["unit"]], rest.strip())


async def on_allow(call: MessageCall) -> None:
    """`/allow WHO`"""
    named = await _named(call, bans_texts.allow_usage)
    if named is None:
        return
    action = action_of(call, AdminActionKind.ALLOW, account_id=named.account.id, why=named.words)
    await call.answer(await allow(call.context, action, named.account))


async def on_ban(call: MessageCall) -> None:
    """`/ban WHO [TIME] [reason]`: without a time for good."""
    named = await _named(call, bans_texts.ban_usage)
    if named is None:
        return
    sentence = sentence_in(named.words)
    if sentence.span == timedelta():
        await call.answer(bans_texts.ban_usage())
        return
    action = action_of(
        call,
        AdminActionKind.BAN,
        account_id=named.account.id,
        detail="" if sentence.span is None else named.words.split()[0],
        why=sentence.reason,
    )
    await call.answer(await ban(call.context, action, named.account, sentence))


async def on_unban(call: MessageCall) -> None:
    """`/unban WHO`"""
    named = await _named(call, bans_texts.unban_usage)
    if named is None:
        return
    action = action_of(call, AdminActionKind.UNBAN, account_id=named.account.id, why=named.words)
    await call.answer(await unban(call.context, action, named.account))


async def allow(context: Context, action: AdminAction, account: Account) -> str:
    """Let an account in, tell it if it has asked, and return what to say about it."""
    services = context.services
    if services.rules.is_admin(account.id):
        return bans_texts.is_admin(account)
    is_new = await services.storage.accounts.set_access(action, account.id, AccessStatus.ALLOWED)
    allowed = await _after(services, account)
    if is_new and account.access in {AccessStatus.WAITING, AccessStatus.REFUSED}:
        await invitations.tell(context, allowed)
    return bans_texts.allowed(allowed, services.storage.runtime_settings.access, services.clock())


async def ban(context: Context, action: AdminAction, account: Account, sentence: Sentence = _FOR_GOOD) -> str:
    """Shut an account out, call off what it has in the queue, and return what to say about it.

    What is ordered already is paid for, and still arrives.
    """
    services = context.services
    if services.rules.is_admin(account.id):
        return bans_texts.cannot_ban_admin(account)
    await services.storage.accounts.ban(action, account.id, sentence.from_moment(action.at))
    banned = await _after(services, account)
    return bans_texts.banned(banned, await _call_off_all(context, account.id), services.clock())


async def unban(context: Context, action: AdminAction, account: Account) -> str:
    """Lift the ban of an account, and return what to say about it."""
    services = context.services
    if account.ban is None:
        return bans_texts.not_banned(account)
    await services.storage.accounts.ban(action, account.id, None)
    return bans_texts.unbanned(await _after(services, account), services.storage.runtime_settings.access)


async def _after(services: Services, account: Account) -> Account:
    """Return what an account is now; of one that has never written to us, with the name that the action named."""
    now = await services.storage.accounts.find(account.id) or account
    return now if now.name else replace(now, name=account.name, username=account.username)


async def _call_off_all(context: Context, account_id: int) -> int:
    """Call off what a person, or a group's members there, have in the queue; return how many that were."""
    services = context.services
    queued = await services.storage.usage.find_queued(account_id)
    called_off = 0
    for job in queued:
        if services.rules.is_admin(job.place.requester_id):
            continue
        with speaking(job.place.language):
            called_off += await call_off(context, job) is not None
    return called_off


async def _named(call: MessageCall, usage: Callable[[], str]) -> Named | None:
    """Return the account that the command is about; None, after an answer with its usage, if none is known."""
    try:
        return await named_in(call)
    except NobodyNamed:
        await call.answer(usage())
    except UnknownAccount as unknown:
        await call.answer(f"{target_texts.unknown(unknown.written)}\n\n{usage()}")
    return None
