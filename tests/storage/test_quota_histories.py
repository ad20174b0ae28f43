"""Quotas over whole histories in a real database: what is shown is what is accepted, whoever asks at once."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, ClassVar, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from domain.account import AccessMode, Limit
from domain.admin_action import AdminAction, AdminActionKind
from domain.job import Job, Place, State
from domain.quota import WINDOW, Funds
from domain.refusals import QuotaRefusal
from domain.request import VideoRequest
from domain.size import Size
from handlers.context import Rules
from storage.claims import Claims
from storage.database import Database
from storage.erasure import Erasure, Forgotten
from storage.jobs import Added, Jobs
from storage.storage import Storage
from storage.videos import Videos
from tests.storage.quota_books import ADMIN, USUAL, Books, Paid, Wish
from tests.storage.quota_steps import CONCURRENCY, OUTCOMES, take_step

T = TypeVar("T")

PEOPLE, GROUPS = (1, 2), (-77, -78)
#: With some thousands, for an hour, it looks further.
EXAMPLES, AT_ONCE = int(os.environ.get("QUOTA_HISTORIES", "8")), timedelta()

ASKERS = st.sampled_from([*PEOPLE, ADMIN])
CHATS = st.sampled_from([None, *GROUPS])
ACCOUNTS = st.sampled_from([*PEOPLE, *GROUPS])
LIMITS = st.one_of(st.none(), st.builds(Limit, st.one_of(st.none(), st.integers(0, 5))))
GAPS = st.sampled_from(
    [timedelta(minutes=1), timedelta(hours=9), WINDOW, WINDOW - timedelta(microseconds=1), 2 * WINDOW]
)
WISHES = st.builds(Wish, ASKERS, CHATS, st.integers(0, 4), st.booleans())


class Histories(RuleBasedStateMachine):
    """People in two groups ask, also at once; jobs end; an operator grants and limits; time passes; we restart."""

    fresh_database: ClassVar[Path]

    def __init__(self) -> None:
        super().__init__()
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)
        self.books = Books()
        self.numbers, self.origins = count(1), list[tuple[str, int]]()
        self.folder = Path(tempfile.mkdtemp(prefix="histories-"))
        shutil.copyfile(self.fresh_database, self.folder / "reelbot.db")
        self.runner, self.open = asyncio.Runner(), AsyncExitStack()
        self.run(self.start())

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(doing)

    async def start(self) -> None:
        """Open the file as two processes would, of which the first serves the updates."""
        url = f"sqlite:///{self.folder / 'reelbot.db'}"
        first, second = [await self.open.enter_async_context(Database.open(url)) for _ in range(2)]
        self.jobs, self.claims, self.forgetting = Jobs(first), Claims(second), Erasure(first)
        self.videos = Videos(second)
        self.desks = [self.jobs, Jobs(second)]
        storage = Storage(first, access=AccessMode.OPEN, budget=None, admin_ids={ADMIN})
        self.accounts, self.runtime_settings = storage.accounts, storage.runtime_settings
        await storage.load()
        self.set_rules = Rules(
            daily_allowance=USUAL,
            concurrency=CONCURRENCY,
            storage=storage,
        )

    def teardown(self) -> None:
        self.run(self.open.aclose())
        self.runner.close()
        shutil.rmtree(self.folder)

    @rule()
    def restart(self) -> None:
        self.run(self.open.aclose())
        self.run(self.start())

    @rule(gap=GAPS)
    def wait(self, gap: timedelta) -> None:
        self.now += gap

    @rule(wishes=st.lists(WISHES, min_size=1, max_size=6), repeats=st.booleans())
    def ask_at_once(self, wishes: Sequence[Wish], repeats: bool) -> None:  # noqa: FBT001 - drawn by name
        """Let all ask at the same moment, some of them twice with the same message."""
        asked = [(f"message:{next(self.numbers)}", wish) for wish in wishes]
        shown = self.run(self.funds(asked[0][1].place))
        outcomes = self.run(self.gather([*asked, *(asked if repeats else [])]))
        accepted: dict[int, tuple[str, Wish]] = {}
        for (origin, wish), outcome in zip([*asked, *asked], outcomes, strict=False):
            if isinstance(outcome, Added):
                accepted[outcome.job.id] = origin, wish
                assert outcome.job.idempotency_key == origin
        for job_id in sorted(accepted):
            self.enter(job_id, *accepted[job_id])
        origins = {origin for origin, _ in accepted.values()}
        for origin, wish in asked:
            may_ask = self.books.may_ask(self.now, wish.place, wish.price)
            assert origin in origins or not may_ask, "refused for nothing"
        if len(wishes) == 1:
            assert bool(accepted) == (shown.frees_at(wishes[0].price) == self.now)

    def enter(self, job_id: int, origin: str, wish: Wish) -> None:
        """Enter what was accepted into the books, if they agree; of what came at once, in the order of the ids."""
        assert self.books.may_ask(self.now, wish.place, wish.price), "accepted for nothing"
        payer, of_grants = self.books.payment(self.now, wish.place, wish.price)
        job = self.run(self.jobs.find(job_id))
        assert job is not None
        assert (job.place.account_id, job.created_at) == (payer, self.now)
        place = wish.place
        self.books.paid[job_id] = Paid(
            self.now, place.requester_id, payer, wish.price, of_grants, asker_id=place.own_account_id
        )
        self.origins.append((origin, job_id))
        self.run(self.jobs.announce(job_id, status_message_id=None, now=self.now))

    @rule(wish=WISHES, number=st.integers(0, 30))
    def ask_again_with_an_old_message(self, wish: Wish, number: int) -> None:
        if self.origins:
            origin, job_id = self.origins[number % len(self.origins)]
            [added] = self.run(self.gather([(origin, wish)]))
            assert isinstance(added, Added)
            assert (added.is_new, added.job.id) == (False, job_id)

    @rule(outcomes=st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=4))
    def work(self, outcomes: Sequence[str]) -> None:
        """Let every job that is due take a step, or fail at it."""
        self.run(self.take_steps(outcomes))

    @rule(person=st.sampled_from(PEOPLE), price=st.integers(1, 4), outlives=st.booleans())
    def spend_what_was_granted_and_be_forgotten(self, person: int, price: int, outlives: bool) -> None:  # noqa: FBT001 - drawn by name
        """Go the way on which granted credits are the easiest to lose, or to be spent twice."""
        self.limit_all(None)
        self.limit(person, Limit(1))
        self.grant(person, 4)
        self.ask_at_once([Wish(person, None, price)], repeats=False)
        while not all(paid.is_over for paid in self.books.paid.values()):
            self.work(["goes on"])
        if outlives:
            self.wait(WINDOW)
        self.forget(person)

    async def take_steps(self, outcomes: Sequence[str]) -> None:
        due = await self.claims.claim_due(self.now, lease=AT_ONCE, limit=100)
        queued = await self.claims.claim_queued(self.now, lease=AT_ONCE, concurrency=CONCURRENCY, in_hand=0)
        for number, claim in enumerate([*queued, *due]):
            before, ordered = claim.saved, self.books.ordered(self.now)
            outcome = outcomes[number % len(outcomes)]
            if after := await take_step(self.claims, claim, outcome, self.now, self.runtime_settings):
                self.note(before, after, ordered)

    def note(self, before: Job, after: Job, ordered: int) -> None:
        """Enter where a step led; `ordered` is what had been ordered before it."""
        paid, budget = self.books.paid[after.id], self.books.budget
        if before.state is State.QUEUED and after.failure is None:
            fits = budget is None or ordered + paid.price <= budget
            assert (after.state is State.RENDERING) == fits, "the budget was not asked"
            paid.left_at = self.now if fits else None
        paid.is_queued = after.state is State.QUEUED
        paid.counts = after.failure is None or after.kept_at is not None
        paid.is_over = after.finished_at is not None

    @rule(number=st.integers(0, 30))
    def cancel(self, number: int) -> None:
        running = [job_id for job_id, paid in self.books.paid.items() if not paid.is_over]
        if running:
            job_id = running[number % len(running)]
            paid = self.books.paid[job_id]
            if self.run(self.jobs.cancel(job_id, paid.requester_id, now=self.now)) is not None:
                paid.counts, paid.is_over, paid.is_queued = False, True, False

    @rule(number=st.integers(0, 30))
    def fetch(self, number: int) -> None:
        """Let somebody ask for one of their videos that was kept, or for one that was not."""
        if theirs := [(job_id, paid) for job_id, paid in self.books.paid.items() if paid.requester_id]:
            job_id, paid = theirs[number % len(theirs)]
            place = Wish(paid.asker_id, None, 0).place
            fetched = self.run(self.videos.fetch(job_id, place, now=self.now))
            paid.is_over = paid.is_over and fetched is None

    @rule(account_id=ACCOUNTS, number=st.integers(-4, 4))
    def grant(self, account_id: int, number: int) -> None:
        """Give credits, or take back what is left of them at most."""
        given = max(number, -self.books.grants_left(account_id))
        self.books.granted[account_id] = self.books.granted.get(account_id, 0) + given
        self.do(AdminActionKind.GRANT, lambda action: self.accounts.grant(action, account_id, number))

    @rule(account_id=ACCOUNTS, limit=LIMITS)
    def limit(self, account_id: int, limit: Limit | None) -> None:
        self.books.limits.pop(account_id, None)
        if limit is not None:
            self.books.limits[account_id] = limit.credits
        self.do(AdminActionKind.LIMIT, lambda action: self.accounts.set_limit(action, account_id, limit))

    @rule(limit=LIMITS)
    def limit_default(self, limit: Limit | None) -> None:
        self.books.default = USUAL if limit is None else limit.credits
        self.do(
            AdminActionKind.LIMIT_DEFAULT, lambda action: self.runtime_settings.set_allowance(action, limit)
        )

    @rule(number=st.one_of(st.none(), st.integers(0, 8)))
    def limit_all(self, number: int | None) -> None:
        self.books.budget = number
        self.do(AdminActionKind.BUDGET, lambda action: self.runtime_settings.set_budget(action, number))

    def do(self, kind: AdminActionKind, doing: Callable[[AdminAction], Coroutine[Any, Any, bool]]) -> None:
        """Do it as often as an update may come, to the same effect."""
        action = AdminAction(
            idempotency_key=f"message:{next(self.numbers)}", admin_id=ADMIN, kind=kind, at=self.now
        )
        assert [self.run(doing(action)), self.run(doing(action))] == [True, False]

    @rule(person=st.sampled_from(PEOPLE))
    def forget(self, person: int) -> None:
        """Forget a person, unless something is under way for them; what counts goes on counting."""
        theirs = [job for job in self.books.paid.values() if job.requester_id == person]
        expected = Forgotten(
            under_way=sum(not job.is_over for job in theirs),
            still_counting=sum(
                (job.counts and job.at > self.now - WINDOW) or job.failed_for_free(self.now) for job in theirs
            ),
        )
        outcome = self.run(self.forgetting.forget(person, now=self.now))
        assert (outcome.under_way, outcome.still_counting) == (expected.under_way, expected.still_counting)
        self.run(self.forgetting.finish(now=self.now))
        if not expected.under_way:
            forgotten = {job_id for job_id, job in self.books.paid.items() if job.requester_id == person}
            self.origins = [(origin, job_id) for origin, job_id in self.origins if job_id not in forgotten]
            for job in theirs:
                job.requester_id = 0

    @invariant()
    def what_is_shown_is_what_the_books_say(self) -> None:
        for place in self.run_of_places():
            funds = self.run(self.funds(place))
            braked = self.books.is_braked(self.now, place)
            assert funds.left == (0 if braked else self.books.left(self.now, place))
            assert funds.own.granted == self.books.grants_left(place.own_account_id)

    def run_of_places(self) -> Iterable[Place]:
        """Yield two of the places from where it can be looked, others each time."""
        for number in (next(self.numbers), next(self.numbers) + 1):
            yield Wish(PEOPLE[number % 2], [None, *GROUPS][number % 3], 0, as_chat=number % 5 == 0).place

    async def funds(self, place: Place) -> Funds:
        rules = self.set_rules.spending_rules_of(place)
        return await self.jobs.find_funds(place.own_account_id, rules=rules, now=self.now)

    async def gather(self, asked: Sequence[tuple[str, Wish]]) -> list[Added | BaseException]:
        """Ask for everything at once, through both processes in turn; any failure but a QuotaRefusal is ours."""
        asking = [
            alert_sender.add(
                idempotency_key=origin,
                place=wish.place,
                request=VideoRequest(
                    prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=wish.price
                ),
                rules=self.set_rules.spending_rules_of(wish.place),
                concurrency=CONCURRENCY,
                now=self.now,
            )
            for (origin, wish), alert_sender in zip(asked, self.desks * len(asked), strict=False)
        ]
        outcomes = await asyncio.gather(*asking, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, BaseException) and not isinstance(outcome, QuotaRefusal):
                raise outcome
        return outcomes


def test_nobody_spends_more_than_allowed_or_pays_for_a_failure_whatever_happens(fresh_database: Path) -> None:
    Histories.fresh_database = fresh_database
    run_state_machine_as_test(
        Histories, settings=settings(max_examples=EXAMPLES, stateful_step_count=30, deadline=None)
    )
