"""Rows: every field of a job has its column, and only what changed is written."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime, timedelta

import pytest

from domain.failures import FailureReason
from domain.job import Job, Place, State
from domain.request import VideoRequest
from storage.rows import MOVING, changes
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
    assert {field.name for field in fields(Job)} == STAYING | set(MOVING)


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
