"""Fixtures of the handlers' tests: the packaged catalogue, a job in any state, and a reader of Telegram's HTML."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.catalogue import Catalogue
from domain.job import Job, Place, State
from domain.quota import Charge, Funds, Quota
from domain.request import VideoRequest
from domain.size import Size
from sandbox.telegram.entities import read_text
from tests.sora_catalogue import sora_catalogue


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return sora_catalogue()


@pytest.fixture(scope="session")
def job_in(now: datetime) -> Callable[..., Job]:
    """Return a factory: `job_in(State.RENDERING, progress=40)`; a prompt goes into the request."""
    queued = Job(
        id=7,
        idempotency_key="message:1:1",
        place=Place(account_id=1, requester_id=1, chat_id=1),
        request=VideoRequest(prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=1),
        state=State.QUEUED,
        created_at=now,
        due_at=now,
    )

    def make(state: State, *, prompt: str = "a cat", **changes: Any) -> Job:  # noqa: ANN401 - any of a job's fields
        return replace(queued, state=state, request=replace(queued.request, prompt=prompt), **changes)

    return make


@pytest.fixture(scope="session")
def funds(now: datetime) -> Callable[..., Funds]:
    """Return a factory: `funds(3, hours_ago=[1, 5])` has an allowance of 3 and two charges of one credit.

    `group` and `budget` are what quotas of their own are made of: an allowance, hours, and granted credits.
    """

    def quota(allowance: int | None, hours_ago: tuple[float, ...] = (), granted: int = 0) -> Quota:
        charges = [Charge(at=now - timedelta(hours=hours), credits=1) for hours in hours_ago]
        return Quota.of(allowance, charges, now, granted=granted)

    def make(
        allowance: int | None,
        hours_ago: tuple[float, ...] = (),
        granted: int = 0,
        *,
        account_id: int = 1,
        group: tuple[Any, ...] | None = None,
        budget: tuple[Any, ...] | None = None,
        failed_hours_ago: tuple[float, ...] = (),
    ) -> Funds:
        return Funds(
            account_id=account_id,
            own=quota(allowance, hours_ago, granted),
            group_id=-100 if group else None,
            group=quota(*group) if group else None,
            budget=quota(*budget) if budget else None,
            failures=tuple(now - timedelta(hours=hours) for hours in failed_hours_ago),
        )

    return make


@pytest.fixture(scope="session")
def read() -> Callable[[str], str]:
    """Return what a person reads of a text in Telegram's HTML; it fails where Telegram would refuse the text."""

    def plain(text: str) -> str:
        return read_text(text, parse_mode="HTML", given=[])[0]

    return plain
