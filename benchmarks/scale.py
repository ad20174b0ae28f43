"""What one look into the database, or one change of it, costs: with nothing in it, and after years."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.findings import Finding
from benchmarks.history import FIRST_PERSON, NOW, fill
from domain.account import AccessMode
from domain.job import Place
from domain.queue import Concurrency
from domain.quota import SpendingRules
from domain.request import VideoRequest
from domain.size import Size
from domain.statistics import Period
from storage.accounts import Accounts
from storage.alerts import Alerts
from storage.broadcasts import Broadcasts
from storage.claims import Claims
from storage.database import Database
from storage.drafts import Drafts
from storage.jobs import Jobs
from storage.runtime_settings import RuntimeSettings
from storage.statistics import StatisticsStore
from storage.usage import Usage
from storage.videos import Videos

Calls = Mapping[str, Callable[[], Awaitable[object]]]

_TIMES = 9
_PERSON = FIRST_PERSON + 5
_REQUEST = VideoRequest(prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=1)
_NO_END = SpendingRules(allowance=None)
_BUDGET = SpendingRules(allowance=None, budget=10**6)
_WIDE, _CONCURRENCY = Concurrency(in_all=10**6, per_person=10**6), Concurrency(in_all=20, per_person=2)
_LEASE, _DAY = timedelta(minutes=1), timedelta(days=1)


async def scale() -> list[Finding]:
    """CPU of each call, the least of some: nothing in the database, a million jobs of 10,000 people; 20,000 of one."""
    with TemporaryDirectory(prefix="reelbot-scale-") as name:
        folder = Path(name)
        empty = await _measured(folder / "empty.db", _calls)
        full = await _measured(folder / "full.db", _calls, jobs=1_000_000, people=10_000)
        one = await _measured(folder / "one.db", _calls, jobs=20_000, people=1, person=FIRST_PERSON)
        lengths = [0, 100, 1_000, 10_000]
        queues = [await _measured(folder / f"queue-{n}.db", _queue_calls, queued=n) for n in lengths]
    columns = {"empty": empty, "a million jobs of 10,000 people": full, "20,000 jobs, all the person's": one}
    of_queues = dict(zip((f"{length} wait" for length in lengths), queues, strict=True))
    return [*_findings(columns), *_findings(of_queues)]


def _findings(columns: Mapping[str, Mapping[str, float]]) -> list[Finding]:
    subjects = next(iter(columns.values()))
    return [
        Finding(
            subject=subject,
            measured={heading: f"{measured[subject] * 1000:.1f} ms" for heading, measured in columns.items()},
        )
        for subject in subjects
    ]


async def _measured(
    path: Path, calls_of: Callable[[Database, Place], Calls], *, person: int = _PERSON, **filled: int
) -> Mapping[str, float]:
    await fill(path, **filled)
    place = Place(account_id=person, requester_id=person, chat_id=person)
    async with Database.open(f"sqlite:///{path}") as database:
        return {subject: await _cpu(call) for subject, call in calls_of(database, place).items()}


async def _cpu(call: Callable[[], Awaitable[object]]) -> float:
    """Return the seconds of CPU that a call takes, of all threads: the least of several, as others disturb it."""
    taken = []
    for _ in range(_TIMES):
        began = time.process_time()
        await call()
        taken.append(time.process_time() - began)
    return min(taken)


def _calls(database: Database, place: Place) -> Calls:
    return {
        **_acceptances(database, place),
        **_turns_of_the_worker(database),
        **_lookups(database, place.requester_id),
        **_lookups_of_admins(database, place.requester_id),
    }


def _acceptances(database: Database, place: Place) -> Calls:
    jobs, numbers = Jobs(database), count()

    def add(rules: SpendingRules = _NO_END, button: str | None = None) -> Awaitable[object]:
        return jobs.add(
            idempotency_key=f"press:again:9:{next(numbers)}",
            place=place,
            request=_REQUEST,
            rules=rules,
            concurrency=_WIDE,
            now=NOW,
            button=button,
        )

    return {
        "acceptance": add,
        "acceptance within a budget": lambda: add(_BUDGET),
        "acceptance by [Again]": lambda: add(button=f"press:again:{next(numbers)}:"),
    }


def _turns_of_the_worker(database: Database) -> Calls:
    jobs, claims = Jobs(database), Claims(database)
    return {
        "claim what is due": lambda: claims.claim_due(NOW, lease=_LEASE, limit=64),
        "claim from the queue": lambda: claims.claim_queued(
            NOW, lease=_LEASE, concurrency=_CONCURRENCY, in_hand=0
        ),
        "when the next step is due": lambda: claims.next_due(NOW),
        "places in the queue": lambda: jobs.find_positions(_CONCURRENCY, NOW),
        "what is under way": lambda: claims.find_pending(_CONCURRENCY, NOW),
        "how long such videos take": lambda: Claims(database).find_typical(("sora-2", 10), NOW),
    }


def _lookups(database: Database, person: int) -> Calls:
    jobs, videos = Jobs(database), Videos(database)
    return {
        "/quota": lambda: jobs.find_funds(person, rules=SpendingRules(allowance=3), now=NOW),
        "/jobs": lambda: jobs.find_unfinished(person),
        "/history": lambda: videos.page(person, limit=5),
        "inline search, found": lambda: videos.page(person, words="beach", limit=20),
        "inline search, not found": lambda: videos.page(person, words="zebra", limit=20),
        "plain words": lambda: Drafts(database).find_last_asked(person, person, since=NOW - _DAY),
    }


def _lookups_of_admins(database: Database, person: int) -> Calls:
    month = Period(first=(NOW - 29 * _DAY).date(), last=NOW.date())
    alerts, settings = Alerts(database), RuntimeSettings(database, access=AccessMode.OPEN, budget=None)
    return {
        "/user @name": lambda: Accounts(database).find_by_username(f"Person{person}"),
        "/user ID": lambda: Usage(database).of(person, newest=5),
        "/users, 30 days": lambda: Usage(database).find_shares(since=NOW - 30 * _DAY, limit=11),
        "/stats, 30 days": lambda: StatisticsStore(database).count(month),
        "/budget": lambda: settings.find_budget(now=NOW),
        "/access: who is known": lambda: Accounts(database).count_known(),
        "/broadcast: to how many": lambda: Broadcasts(database).count_people(admin_id=1, now=NOW),
        "alerts: the latest endings": lambda: alerts.find_last_endings(20, since=NOW - _DAY),
        "alerts: possibly paid": lambda: alerts.find_possibly_paid(since=NOW - _DAY),
        "alerts: how many wait": lambda: Jobs(database).count_waiting("sora-2"),
    }


def _queue_calls(database: Database, place: Place) -> Calls:
    jobs, claims, numbers = Jobs(database), Claims(database), count()

    def add() -> Awaitable[object]:
        return jobs.add(
            idempotency_key=f"message:1:{next(numbers)}",
            place=place,
            request=_REQUEST,
            rules=_NO_END,
            concurrency=_CONCURRENCY,
            now=NOW,
        )

    return {
        "acceptance": add,
        "places in the queue, every 5 s": lambda: jobs.find_positions(_CONCURRENCY, NOW),
        "what is under way, every 5 s": lambda: claims.find_pending(_CONCURRENCY, NOW),
        "claim from the queue, no room": lambda: claims.claim_queued(
            NOW, lease=_LEASE, concurrency=_CONCURRENCY, in_hand=20
        ),
        "claim from the queue, room for one": lambda: claims.claim_queued(
            NOW, lease=_LEASE, concurrency=_CONCURRENCY, in_hand=19
        ),
        "when the next step is due": lambda: claims.next_due(NOW),
    }
