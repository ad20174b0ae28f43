"""What an account may spend: its limit, what it has used of that, and what was granted to it."""

from __future__ import annotations

from dataclasses import dataclass

from domain.account import Account, Limit
from domain.quota import Quota, SpendingRules
from handlers.context import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """An account's limit, or what holds where it has none of its own, and its quota."""

    own: Limit | None
    default: Limit
    quota: Quota
    is_group: bool


async def find_allowance(services: Services, account: Account) -> Allowance:
    """Return what an account has now, be it a person or a group."""
    known = services.storage.accounts.cached(account.id)
    # Without a limit a group pays nothing, not even for those who speak in its name.
    default = Limit(0) if account.is_group else default_limit(services)
    allowance = known.limit or default
    rules = SpendingRules(
        allowance=allowance.credits, with_grants=frozenset({account.id}) if known.has_grants else frozenset()
    )
    funds = await services.storage.jobs.find_funds(account.id, rules=rules, now=services.clock())
    return Allowance(own=known.limit, default=default, quota=funds.own, is_group=account.is_group)


def default_limit(services: Services) -> Limit:
    """Return what everybody may spend in 24 hours who has no limit of their own."""
    return services.storage.runtime_settings.allowance or Limit(services.rules.daily_allowance)
