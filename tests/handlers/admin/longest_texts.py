"""The texts of admins' commands, each as long as it gets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from chat import status_texts
from domain.account import AccessMode, Account, Limit
from domain.alert import (
    BalanceLow,
    BudgetLow,
    DiskNearlyFull,
    DiskRefuses,
    HoldOver,
    ManyFailures,
    ModelEnding,
    ModelUnlisted,
    News,
    NothingKnown,
    OrdersHeld,
    PossiblyPaid,
    ProviderMissing,
    VideosLate,
)
from domain.api_status import ApiReport, Balance, BalanceUnit
from domain.broadcast import Ending, Progress
from domain.budget import Budget
from domain.failures import FailureReason
from domain.hold import Hold, HoldCause
from domain.job import Place, State
from domain.money import Money
from domain.offer import ModelChange, Route
from domain.price_list import parse_price_list
from domain.request import Original
from domain.statistics import MOST_DAYS, Cost, Day, ModelStatistics, Outcomes, Statistics
from handlers.admin.allowance import Allowance
from handlers.admin.menu_texts import AdminPage
from handlers.admin.target import (
    MOST_ALIKE,
    Named,
    NobodyNamed,
    SeveralMeant,
    TwoMeant,
    UnknownAccount,
)
from handlers.commands import Audience, commands_for
from storage.job_history import JobHistory, Move
from storage.jobs import PendingCount
from tests.handlers.admin.longest_people_texts import PEOPLE_TEXTS
from tests.handlers.longest import (
    CATALOGUE,
    FAILED,
    FUNDS,
    HOLD,
    JOB,
    NOW,
    Case,
    button,
    caption,
    message,
    note,
)

_MANY = Outcomes(delivered=10**7, failed=10**7, cancelled=10**7, under_way=10**7)
_BOTH = {size: {str(seconds): "99999" for seconds in range(1, 20)} for size in ("720p", "1080p", "2160p")}
_ROUTES = [Route(provider="p" * 30, name="&" * 100, is_listed=False)] * 30
_LONG = timedelta(hours=23, minutes=59, seconds=59)


def _statistics(reason: FailureReason) -> Statistics:
    """Return the longest report of three months of a large bot."""
    return Statistics(
        days=[Day(date=date(2026, 11, 22))] * MOST_DAYS,
        people=10**7,
        outcomes=_MANY,
        median=_LONG,
        credits=10**9,
        cost=Cost(amounts=[Money(Decimal(10**9), "USD"), Money(Decimal(10**9), "CNY")], unpriced=10**7),
        reasons=[(reason, 10**7)] * 20,
        models=[ModelStatistics(model=name, outcomes=_MANY, median=_LONG) for name in CATALOGUE.models] * 3,
    )


_BROADCAST = Progress(
    delivered=10**7 + 1, blocked=10**7 + 1, failed=10**7 + 1, unknown=10**7 + 1, unsent=10**7 + 1
)

_ACCOUNT = Account(id=-(10**14), name="W" * 200, username="W" * 32, limit=Limit(10_000))
_HOLDING = Allowance(own=Limit(10_000), default=Limit(None), quota=FUNDS.own, is_group=True)

_WORDS = "&" * 4096
_HOLDS = [
    Hold(
        cause=cause,
        since=NOW,
        provider="p" * 30,
        model="w" * 40 if cause is HoldCause.MODEL else None,
        why=_WORDS,
        probe_at=at,
    )
    for cause in HoldCause
    for at in (NOW, NOW + timedelta(minutes=15))
]
_PENDING = PendingCount(waiting=10**6 + 1, opened=10**6 + 1)
_BALANCE = Balance(left=Decimal("-123456789.12"), used=Decimal("123456789.12"), unit=BalanceUnit.POINTS)
_REPORTS = (
    ApiReport(balance=_BALANCE, models={}),
    ApiReport(balance=replace(_BALANCE, left=None, unit=BalanceUnit.CNY)),
    ApiReport(problem=_WORDS),
)
_GROUP_JOB = replace(
    FAILED,
    place=Place(account_id=-(10**14), requester_id=-(10**15), chat_id=-(10**14)),
    request=replace(FAILED.request, prompt=_WORDS, original=Original(job_id=10**9, video_id="v")),
    failure_detail=_WORDS,
    video_id="&" * 4096,
    attempts=1000,
    rendered_at=NOW,
)
_DOSSIERS = [
    JobHistory(
        job=replace(_GROUP_JOB, state=state), moves=[Move(State.SUBMITTING, NOW)] * 500, of_grants=10**6
    )
    for state in State
]
_PEOPLE = [replace(_ACCOUNT, id=account_id) for account_id in (-(10**14), -(10**15))]
_ALERTS: list[News] = [
    ModelEnding(model="&" * 40, provider="p" * 30, on=date(2026, 12, 31)),
    NothingKnown(names=("&" * 100,) * 20),
    *(
        OrdersHeld(hold=hold, waiting=10**6 + 1, is_one_of_several=is_one_of_several)
        for hold in _HOLDS
        if not hold.is_pause
        for is_one_of_several in (False, True)
    ),
    ProviderMissing(provider="p" * 30, number=10**6 + 1),
    BalanceLow(balance=_BALANCE, provider="p" * 30, is_one_of_several=True),
    *(
        HoldOver(cause=cause, model="w" * 40, is_held_still=is_held_still)
        for cause in HoldCause
        for is_held_still in (True, False)
    ),
    BalanceLow(balance=_BALANCE),
    ModelUnlisted(model="w" * 40),
    *(ManyFailures(faults=20, of=20, mostly=reason) for reason in FailureReason),
    DiskNearlyFull(free_bytes=2**40),
    *(BudgetLow(used=10**6, bound=10**6, is_spent=is_spent) for is_spent in (True, False)),
    DiskRefuses(problem="w" * 200),
    VideosLate(model="m" * 40, number=10_000),
    PossiblyPaid(job_ids=(10**9,)),
    PossiblyPaid(job_ids=(10**9,) * 1000),
]

ADMIN_TEXTS: dict[str, list[Case]] = {
    **PEOPLE_TEXTS,
    "bot.operators.alert_texts.alert": [message((news,)) for news in _ALERTS],
    "handlers.admin.pause_texts.paused": [message((_WORDS, _PENDING))],
    "handlers.admin.pause_texts.resumed": [message((10**6 + 1,))],
    "chat.status_texts.waiting": [message((10**6 + 1,))],
    "handlers.admin.jobs_texts.job_history": [
        message((job_history, _PEOPLE, CATALOGUE, NOW), {"held": status_texts.held(HOLD)})
        for job_history in _DOSSIERS
    ],
    "handlers.admin.jobs_texts.ended_well": [
        message((job,)) for job in (JOB, replace(JOB, state=State.DONE))
    ],
    "handlers.admin.jobs_texts.retried": [message((JOB,))],
    "handlers.admin.jobs_texts.retried_before": [message((JOB,))],
    "handlers.admin.jobs_texts.retry": [button()],
    "handlers.admin.menu_texts.entry": [
        button((command.name, command.words)) for command in commands_for(Audience.ADMINS)
    ],
    "handlers.admin.menu_texts.front": [
        message((mode, _HOLDING.quota, _HOLDS), {"waiting": 10**6}) for mode in AccessMode
    ],
    "handlers.admin.menu_texts.title": [button((page,)) for page in AdminPage],
    "handlers.admin.models_texts.make_default": [button()],
    "handlers.admin.models_texts.switch_off": [button()],
    "handlers.admin.models_texts.switch_on": [button()],
    "handlers.admin.models_texts.usage": [message(())],
    "handlers.admin.models_texts.unknown": [message(("&" * 40,))],
    "handlers.admin.models_texts.unusable_price": [message(("&" * 300,))],
    "handlers.admin.models_texts.model": [
        message(
            (CATALOGUE.default_model, ModelChange(price=parse_price_list(_BOTH)), _ROUTES),
            {"is_on_offer": is_on_offer, "is_default": is_on_offer},
        )
        for is_on_offer in (True, False)
    ],
    "handlers.admin.upstream_texts.cause": [message((hold.cause, hold.model)) for hold in _HOLDS],
    "handlers.admin.upstream_texts.cause_at": [message((hold,)) for hold in _HOLDS],
    "handlers.admin.upstream_texts.nothing_to_try": [note()],
    "handlers.admin.upstream_texts.paused_first": [note()],
    "handlers.admin.upstream_texts.tried": [note()],
    "handlers.admin.upstream_texts.try_now": [button()],
    "handlers.admin.upstream_texts.upstream": [
        message((reports, CATALOGUE, _HOLDS, _PENDING, NOW))
        for report in _REPORTS
        for reports in ({"main": report}, {f"{number}" * 30: report for number in range(9)})
    ],
    "chat.broadcast_texts.card": [message((10**7,), {"is_of_album": True, "may_be_cut": True})],
    "chat.broadcast_texts.goes_out_already": [note()],
    "chat.broadcast_texts.over": [note()],
    "chat.broadcast_texts.report": [message((_BROADCAST, ending, _LONG)) for ending in Ending],
    "chat.broadcast_texts.send": [button((10**7,))],
    "chat.broadcast_texts.sending": [message((_BROADCAST,))],
    "chat.broadcast_texts.stop": [button()],
    "chat.broadcast_texts.stopping": [note()],
    "handlers.admin.quotas_texts.budget_stands": [
        message((Budget(ordered=_HOLDING.quota, queued=10**6), 10**6))
    ],
    "handlers.admin.quotas_texts.default_stands": [message((Limit(10_000), 10_000, Limit(None)))],
    "handlers.admin.quotas_texts.given": [
        message((10_000, "&" * 4096), {"to_group": to_group}) for to_group in (True, False)
    ],
    "handlers.admin.quotas_texts.limited": [message(([_ACCOUNT] * 20,), {"has_more": True}), message(([],))],
    "handlers.admin.quotas_texts.no_such_budget": [message(("&" * 4096, 10**6))],
    "handlers.admin.quotas_texts.no_such_grant": [message(("&" * 4096, 10**6))],
    "handlers.admin.quotas_texts.no_such_limit": [message(("&" * 4096, 10**6))],
    "handlers.admin.quotas_texts.nothing_to_take_back": [message((_ACCOUNT,))],
    "handlers.admin.quotas_texts.stands": [message((_ACCOUNT, _HOLDING, replace(_HOLDING, own=None)))],
    "handlers.admin.quotas_texts.with_grants": [
        message(([(_ACCOUNT, 10**6)] * 20,), {"has_more": True}),
        message(([],)),
    ],
    "handlers.admin.stats_texts.days_unusable": [message((MOST_DAYS,))],
    "handlers.admin.stats_texts.nothing_asked": [message((days,)) for days in (1, MOST_DAYS)],
    "handlers.admin.stats_texts.stats": [
        caption((_statistics(reason), CATALOGUE)) for reason in FailureReason
    ],
    "handlers.admin.target_texts.called": [message((_ACCOUNT,))],
    "handlers.admin.target_texts.button_of": [button((_ACCOUNT,)), button((Account(id=-(10**14)),))],
    "handlers.admin.target_texts.unclear": [
        message((why, "broadcast"))
        for why in (
            TwoMeant(_ACCOUNT, _ACCOUNT),
            UnknownAccount("&" * 4096),
            NobodyNamed(),
            SeveralMeant([Named(_ACCOUNT, "&" * 4096)] * (MOST_ALIKE + 1)),
        )
    ],
    "handlers.admin.target_texts.unknown": [message(("&" * 4096,))],
}
