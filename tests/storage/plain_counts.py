"""What statistics have to say of jobs, counted one by one from their rows: no sum is kept, and no SQL is trusted."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.job import State
from domain.quota import is_charged
from domain.statistics import Counts, Day, KnownCost, Outcomes, Period, Tally, Wait
from storage.rows import failure_of, money_of
from storage.usage import Share

Row = Mapping[str, Any]

NOBODY = 0
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
#: Below so many seconds waits are told apart in steps of so many.
STEPS = [(60, 1), (600, 10), (3600, 60), (10**12, 300)]


def rows_of(path: Path) -> Sequence[Row]:
    """Return all jobs of a database file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM jobs")]


def day_of(row: Row) -> date:
    accepted: datetime = EPOCH + row["created_at"] * MICROSECOND
    return accepted.date()


def counts_of(rows: Iterable[Row], period: Period) -> Counts:
    theirs = [row for row in rows if period.first <= day_of(row) <= period.last]
    people = {(day_of(row), row["requester_id"]) for row in theirs if row["requester_id"] != NOBODY}
    return Counts(
        days=_days_of(theirs, Counter(day for day, _ in people)),
        tallies=_tallies_of(theirs),
        waits=_waits_of(theirs),
        costs=_costs_of(theirs),
        people=len({person for _, person in people}),
    )


def in_order(counts: Counts) -> Counts:
    """Return the counts in an order that tells nothing, to be compared."""
    return replace(
        counts,
        days=sorted(counts.days, key=lambda day: day.date),
        tallies=sorted(counts.tallies, key=repr),
        waits=sorted(counts.waits, key=repr),
        costs=sorted(counts.costs, key=repr),
    )


def shares_of(rows: Iterable[Row], since: date) -> Sequence[Share]:
    theirs = defaultdict[int, list["Row"]](list)
    for row in rows:
        if day_of(row) >= since and row["requester_id"] != NOBODY:
            theirs[row["requester_id"]].append(row)
    shares = [
        Share(
            account_id=person,
            videos=sum(_is_delivered(row) for row in asked),
            credits=sum(row["price"] for row in asked if _is_charged(row)),
        )
        for person, asked in theirs.items()
    ]
    return sorted(shares, key=lambda share: (-share.credits, share.account_id))


def _days_of(rows: Iterable[Row], people: Mapping[date, int]) -> Sequence[Day]:
    asked = defaultdict[date, list["Row"]](list)
    for row in rows:
        asked[day_of(row)].append(row)
    return [
        Day(date=day, outcomes=Outcomes.of(_tallies_of(theirs)), people=people.get(day, 0))
        for day, theirs in asked.items()
    ]


def _tallies_of(rows: Iterable[Row]) -> Sequence[Tally]:
    alike = defaultdict[Tally, list[int]](list)
    for row in rows:
        kind = Tally(
            model=row["model"],
            seconds=row["seconds"],
            state=State(row["state"]),
            failure=failure_of(row["failure"]),
            is_rendered=row["rendered_at"] is not None,
            is_kept=row["kept_at"] is not None,
            jobs=0,
            credits=0,
        )
        alike[kind].append(row["price"])
    return [replace(kind, jobs=len(prices), credits=sum(prices)) for kind, prices in alike.items()]


def _costs_of(rows: Iterable[Row]) -> Sequence[KnownCost]:
    alike = defaultdict[tuple[str, int, str], list["Row"]](list)
    for row in rows:
        if row["cost"] is not None and (row["rendered_at"] is not None or row["failure"] is not None):
            alike[row["model"], row["seconds"], row["cost_currency"]].append(row)
    return [
        KnownCost(
            model=model,
            seconds=seconds,
            cost=money_of(sum(row["cost"] for row in theirs), currency),
            rendered=sum(row["rendered_at"] is not None for row in theirs),
        )
        for (model, seconds, currency), theirs in alike.items()
    ]


def _waits_of(rows: Iterable[Row]) -> Sequence[Wait]:
    videos = Counter((row["model"], _wait_of(row)) for row in rows if _is_delivered(row))
    return [Wait(model=model, span=span, videos=number) for (model, span), number in videos.items()]


def _wait_of(row: Row) -> timedelta:
    seconds = (row["finished_at"] - row["created_at"]) // 10**6
    step = next(step for below, step in STEPS if seconds < below)
    return timedelta(seconds=seconds // step * step)


def _is_delivered(row: Row) -> bool:
    return row["state"] == State.DONE and row["kept_at"] is None


def _is_charged(row: Row) -> bool:
    return is_charged(State(row["state"]), failure_of(row["failure"]), is_kept=row["kept_at"] is not None)
