"""The texts of admins' rooms, each as long as it gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from domain.account import Account, Limit
from domain.broadcast import Ending, Progress
from domain.failures import FailureReason
from domain.statistics import MOST_DAYS, Cost, Day, ModelStatistics, Outcomes, Statistics
from handlers.admin.holding import Holding
from tests.handlers.longest import CATALOGUE, FUNDS, Case, button, caption, message, note

_MANY = Outcomes(delivered=10**7, failed=10**7, cancelled=10**7, under_way=10**7)
_LONG = timedelta(hours=23, minutes=59, seconds=59)


def _statistics(reason: FailureReason) -> Statistics:
    """Return the longest report of three months of a large house."""
    return Statistics(
        days=[Day(date=date(2026, 11, 22))] * MOST_DAYS,
        people=10**7,
        outcomes=_MANY,
        median=_LONG,
        credits=10**9,
        cost=Cost(amount=Decimal(10**9), currency="USD", unpriced=10**7),
        reasons=[(reason, 10**7)] * 20,
        models=[ModelStatistics(model=name, outcomes=_MANY, median=_LONG) for name in CATALOGUE.models] * 3,
    )


_BROADCAST = Progress(
    delivered=10**7 + 1, blocked=10**7 + 1, failed=10**7 + 1, unknown=10**7 + 1, unsent=10**7 + 1
)

_ACCOUNT = Account(id=-(10**14), name="W" * 200, username="W" * 32, limit=Limit(10_000))
_HOLDING = Holding(own=Limit(10_000), default=Limit(None), quota=FUNDS.own, is_group=True)

ADMIN_TEXTS: dict[str, list[Case]] = {
    "broadcasts_texts.card": [message((10**7,), {"is_of_album": True})],
    "broadcasts_texts.goes_out_already": [note()],
    "broadcasts_texts.over": [note()],
    "broadcasts_texts.report": [message((_BROADCAST, ending, _LONG)) for ending in Ending],
    "broadcasts_texts.send": [button((10**7,))],
    "broadcasts_texts.sending": [message((_BROADCAST,))],
    "broadcasts_texts.stop": [button()],
    "broadcasts_texts.stopping": [note()],
    "quotas_texts.budget_stands": [message((_HOLDING.quota, 10**6))],
    "quotas_texts.default_stands": [message((Limit(10_000), 10_000, Limit(None)))],
    "quotas_texts.given": [
        message((10_000, "&" * 4096), {"to_group": to_group}) for to_group in (True, False)
    ],
    "quotas_texts.limited": [message(([_ACCOUNT] * 20,), {"has_more": True}), message(([],))],
    "quotas_texts.no_such_budget": [message(("&" * 4096, 10**6))],
    "quotas_texts.no_such_grant": [message(("&" * 4096, 10**6))],
    "quotas_texts.no_such_limit": [message(("&" * 4096, 10**6))],
    "quotas_texts.nothing_to_take_back": [message((_ACCOUNT,))],
    "quotas_texts.stands": [message((_ACCOUNT, _HOLDING, replace(_HOLDING, own=None)))],
    "quotas_texts.with_grants": [
        message(([(_ACCOUNT, 10**6)] * 20,), {"has_more": True}),
        message(([],)),
    ],
    "stats_texts.days_unusable": [message((MOST_DAYS,))],
    "stats_texts.nothing_asked": [message((days,)) for days in (1, MOST_DAYS)],
    "stats_texts.stats": [caption((_statistics(reason), CATALOGUE)) for reason in FailureReason],
    "whom_texts.called": [message((_ACCOUNT,))],
    "whom_texts.unknown": [message(("&" * 4096,))],
}
