"""Quotas over whole histories: whatever happens, nobody spends more than allowed and nobody pays for a failure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from domain.quota import WINDOW, Charge, Funds, Quota
from domain.refusals import QuotaRefusal

PERSON, GROUP, STRANGER = 1, -100, 2
ACCOUNTS = st.sampled_from([PERSON, GROUP, STRANGER])
PRICES = st.integers(min_value=0, max_value=4)
LIMITS = st.one_of(st.none(), st.integers(min_value=0, max_value=6))
GAPS = st.one_of(
    st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=30)),
    st.sampled_from([timedelta(), WINDOW, WINDOW - timedelta(microseconds=1)]),
)


@dataclass(slots=True)
class Paid:
    """A job as the ledger of the test keeps it."""

    at: datetime
    account_id: int
    price: int
    of_grants: int
    counts: bool = True
    is_over: bool = False


@dataclass(slots=True)
class Account:
    allowance: int | None = 3
    granted: int = 0
    #: The most that was ever granted or allowed to it at a moment it paid, for the invariants.
    jobs: list[Paid] = field(default_factory=list)


class Histories(RuleBasedStateMachine):
    """People and a group ask, fail, cancel; an operator grants and limits; time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.accounts = {account_id: Account() for account_id in (PERSON, GROUP, STRANGER)}
        self.budget: int | None = None
        self.group_has_allowance = False

    def quota(self, account_id: int) -> Quota:
        account = self.accounts[account_id]
        counting = [job for job in account.jobs if job.counts]
        return Quota.of(
            account.allowance,
            [Charge(at=job.at, credits=job.price - job.of_grants) for job in counting],
            self.now,
            granted=account.granted - sum(job.of_grants for job in counting),
        )

    def budget_of_all(self) -> Quota | None:
        if self.budget is None:
            return None
        jobs = [job for account in self.accounts.values() for job in account.jobs if job.counts]
        return Quota.of(self.budget, [Charge(at=job.at, credits=job.price) for job in jobs], self.now)

    @rule(account_id=st.sampled_from([PERSON, STRANGER]), price=PRICES, in_group=st.booleans())
    def ask(self, account_id: int, price: int, in_group: bool) -> None:  # noqa: FBT001 - drawn by name
        group_pays = in_group and self.group_has_allowance
        funds = Funds(
            account_id=account_id,
            own=self.quota(account_id),
            group_id=GROUP if group_pays else None,
            group=self.quota(GROUP) if group_pays else None,
            budget=self.budget_of_all(),
        )
        could = funds.left is None or price <= funds.left
        try:
            payment = funds.pay(price)
        except QuotaRefusal:
            assert not could, "refused although what is shown would do"
            return
        assert could, "accepted although what is shown would not do"
        group_can = funds.group is not None and (funds.group.left is None or price <= funds.group.left)
        first = GROUP if group_can else account_id
        assert payment.account_id == first
        self.accounts[first].jobs.append(
            Paid(at=self.now, account_id=first, price=price, of_grants=payment.of_grants)
        )

    @rule(account_id=ACCOUNTS, number=st.integers(min_value=0, max_value=30))
    def fail_or_cancel(self, account_id: int, number: int) -> None:
        under_way = [job for job in self.accounts[account_id].jobs if not job.is_over]
        if not under_way:
            return
        job = under_way[number % len(under_way)]
        before = self.quota(account_id)
        job.counts, job.is_over = False, True
        after = self.quota(account_id)
        assert after.granted == before.granted + job.of_grants
        freed = job.price - job.of_grants if job.at > self.now - WINDOW else 0
        assert before.used - after.used == freed

    @rule(account_id=ACCOUNTS, number=st.integers(min_value=0, max_value=30))
    def deliver(self, account_id: int, number: int) -> None:
        under_way = [job for job in self.accounts[account_id].jobs if not job.is_over]
        if under_way:
            before = self.quota(account_id)
            under_way[number % len(under_way)].is_over = True
            assert self.quota(account_id) == before

    @rule(account_id=ACCOUNTS, credits=st.integers(min_value=1, max_value=5))
    def grant(self, account_id: int, credits: int) -> None:  # noqa: A002 - the house's word
        before = self.quota(account_id).granted
        self.accounts[account_id].granted += credits
        assert self.quota(account_id).granted == before + credits

    @rule(account_id=ACCOUNTS, limit=LIMITS)
    def set_limit(self, account_id: int, limit: int | None) -> None:
        self.accounts[account_id].allowance = limit
        self.group_has_allowance = self.group_has_allowance or account_id == GROUP

    @rule(limit=LIMITS)
    def set_budget(self, limit: int | None) -> None:
        self.budget = limit

    @rule(gap=GAPS)
    def wait(self, gap: timedelta) -> None:
        self.now += gap

    @invariant()
    def grants_are_spent_once(self) -> None:
        for account in self.accounts.values():
            assert sum(job.of_grants for job in account.jobs if job.counts) <= account.granted

    @invariant()
    def a_refusal_names_the_very_instant(self) -> None:
        for account_id in self.accounts:
            quota = self.quota(account_id)
            price = (quota.left or 0) + 1
            frees_at = quota.frees_at(price)
            if quota.left is not None and frees_at is not None:
                later = Quota.of(quota.allowance, quota.charges, frees_at, granted=quota.granted)
                assert later.left is not None
                assert later.left >= price


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
