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
    jobs: list[Paid] = field(default_factory=list)


class Histories(RuleBasedStateMachine):
    """People and a group ask, fail, cancel; an operator grants and limits; time passes."""

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.accounts = {account_id: Account() for account_id in (PERSON, GROUP, STRANGER)}
        self.budget: int | None = None
        self.group_has_allowance = False

    def quota(self, account_id: int, at: datetime | None = None) -> Quota:
        account = self.accounts[account_id]
        counting = [job for job in account.jobs if job.counts]
        return Quota.of(
            account.allowance,
            [Charge(at=job.at, credits=job.price - job.of_grants) for job in counting],
            at or self.now,
            granted=account.granted - sum(job.of_grants for job in counting),
        )

    def budget_of_all(self, at: datetime | None = None) -> Quota | None:
        if self.budget is None:
            return None
        jobs = [job for account in self.accounts.values() for job in account.jobs if job.counts]
        return Quota.of(self.budget, [Charge(at=job.at, credits=job.price) for job in jobs], at or self.now)

    def funds(self, account_id: int, *, in_group: bool, at: datetime | None = None) -> Funds:
        """Return what an account is shown, now or at a later moment up to which nothing happens."""
        group_pays = in_group and self.group_has_allowance
        return Funds(
            account_id=account_id,
            own=self.quota(account_id, at),
            group_id=GROUP if group_pays else None,
            group=self.quota(GROUP, at) if group_pays else None,
            budget=self.budget_of_all(at),
        )

    @rule(account_id=st.sampled_from([PERSON, STRANGER]), price=PRICES, in_group=st.booleans())
    def ask(self, account_id: int, price: int, in_group: bool) -> None:  # noqa: FBT001 - drawn by name
        funds = self.funds(account_id, in_group=in_group)
        could = funds.left is None or price <= funds.left
        try:
            payment = funds.pay(price)
        except QuotaRefusal as refused:
            assert not could, "refused although what is shown would do"
            self.check_the_instant(refused, account_id, price, in_group=in_group)
            return
        assert could, "accepted although what is shown would not do"
        group = funds.paying_group
        first = GROUP if group is not None and group.holds(price) else account_id
        assert payment.account_id == first
        before = self.quota(first)
        self.accounts[first].jobs.append(
            Paid(at=self.now, account_id=first, price=price, of_grants=payment.of_grants)
        )
        if before.left is not None:
            assert self.quota(first).left == before.left - price

    def check_the_instant(
        self, refused: QuotaRefusal, account_id: int, price: int, *, in_group: bool
    ) -> None:
        """Let it be refused up to the moment that the refusal names, and accepted from then on."""
        frees_at = getattr(refused, "frees_at", None)
        moments = {
            charge.at + WINDOW + late
            for quota in self.quotas()
            for charge in quota.charges
            for late in (timedelta(), -timedelta(microseconds=1))
        }
        for moment in (at for at in moments if at >= self.now):
            would = self.funds(account_id, in_group=in_group, at=moment).left
            assert (would is None or price <= would) == (frees_at is not None and moment >= frees_at)

    def quotas(self) -> list[Quota]:
        budget = self.budget_of_all()
        return [*map(self.quota, self.accounts), *([budget] if budget else [])]

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
    def grant(self, account_id: int, credits: int) -> None:  # noqa: A002 - our word
        before = self.quota(account_id).granted
        self.accounts[account_id].granted += credits
        assert self.quota(account_id).granted == before + credits

    @rule(account_id=ACCOUNTS, credits=st.integers(min_value=1, max_value=5))
    def take_back(self, account_id: int, credits: int) -> None:  # noqa: A002 - our word
        """As operators do: never more than is left of what was granted."""
        before = self.quota(account_id).granted
        taken = min(credits, before)
        self.accounts[account_id].granted -= taken
        assert self.quota(account_id).granted == before - taken

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
    def what_is_shown_to_grow_grows_then_and_not_before(self) -> None:
        for account_id in (PERSON, STRANGER):
            funds = self.funds(account_id, in_group=True)
            if funds.left is None or funds.grows_at is None:
                continue
            just_before = self.funds(
                account_id, in_group=True, at=funds.grows_at - timedelta(microseconds=1)
            ).left
            then = self.funds(account_id, in_group=True, at=funds.grows_at).left
            assert just_before == funds.left
            assert then is not None
            assert then > funds.left


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=1000, stateful_step_count=12, deadline=None)
