"""Rows: every field of a job has its column, and only what changed is written."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.failures import FailureReason
from domain.job import Job, Place, State
from domain.money import Money
from domain.request import VideoRequest
from storage.rows import MOVING, changes, money_of
from storage.tables import jobs

#: When the next step is due is written beside what moves.
STAYING = {"id", "idempotency_key", "place", "request", "created_at", "due_at"}


@pytest.fixture
def job(place: Callable[..., Place], request_of: Callable[..., VideoRequest], now: datetime) -> Job:
    return Job(
        id=1,
        idempotency_key="message:1:1",
        place=place(),
        request=request_of(),
        state=State.QUEUED,
        created_at=now,
        due_at=now,
    )


def test_every_field_of_a_job_either_stays_or_moves() -> None:
    assert {field.name for field in fields(Job)} == STAYING | {"cost"} | set(MOVING)


def test_every_field_that_moves_has_its_column() -> None:
    assert [name for name in MOVING if name not in jobs.columns] == []


def test_a_job_that_is_as_it_was_changes_nothing(job: Job) -> None:
    assert changes(job, replace(job)) == {}


def test_only_what_is_different_is_written(job: Job, now: datetime) -> None:
    later = now + timedelta(seconds=1)
    after = replace(job, state=State.DELIVERING, due_at=later, failure=FailureReason.BUSY)
    assert changes(job, after) == {"state": State.DELIVERING, "failure": FailureReason.BUSY}


def test_what_is_taken_back_is_written_as_nothing(job: Job, now: datetime) -> None:
    assert changes(replace(job, troubled_since=now), job) == {"troubled_since": None}


def test_of_a_place_only_what_moves_is_written(job: Job, place: Callable[..., Place]) -> None:
    before = replace(job, place=place(7, account_id=-5, chat_id=-5, thread_id=3))
    after = replace(job, place=place(7, account_id=-5, chat_id=7))
    assert changes(before, after) == {"chat_id": 7, "thread_id": None}


COSTS = {
    "a price": (Money(Decimal("0.0695"), "USD"), {"cost": 69_500, "cost_currency": "USD"}),
    "nothing": (Money(Decimal(0), "CNY"), {"cost": 0, "cost_currency": "CNY"}),
    "of no currency": (Money(Decimal(1), None), {}),
    "of none that there is": (Money(Decimal(1), "points"), {}),
    "less than nothing": (Money(Decimal(-1), "USD"), {}),
    "endless": (Money(Decimal("Infinity"), "USD"), {}),
    "beyond reason": (Money(Decimal(10**7), "USD"), {}),
}


@pytest.mark.parametrize(("cost", "written"), COSTS.values(), ids=COSTS)
def test_a_cost_is_written_in_millionths_and_only_if_it_can_be_one(
    job: Job, cost: Money, written: dict[str, Any]
) -> None:
    assert changes(job, replace(job, cost=cost)) == written
    if written:
        assert money_of(written["cost"], written["cost_currency"]) == cost
