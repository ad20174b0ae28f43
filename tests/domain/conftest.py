"""What the tests of the domain start from: the packaged catalogue, and a job in any state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.catalogue import Catalogue
from domain.job import Job, Place, State
from domain.request import VideoRequest
from domain.size import Size
from tests.sora_catalogue import sora_catalogue


@pytest.fixture(scope="session")
def now() -> datetime:
    return datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return sora_catalogue()


@pytest.fixture(scope="session")
def job_in(now: datetime) -> Callable[..., Job]:
    """Return a factory: `job_in(State.RENDERING, progress=40)`."""
    queued = Job(
        id=7,
        idempotency_key="message:1:1",
        place=Place(account_id=1, requester_id=1, chat_id=1),
        request=VideoRequest(prompt="a cat", model="sora-2", seconds=10, size=Size(720, 1280), price=1),
        state=State.QUEUED,
        created_at=now,
        due_at=now,
    )

    def make(state: State, **changes: Any) -> Job:  # noqa: ANN401 - any of a job's fields
        return replace(queued, state=state, **changes)

    return make
