"""What a button makes once: again only after it came to nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from domain.failures import FailureReason
from domain.job import Job, State
from handlers.request.once import came_to_nothing

#: A state, a failure, whether the order left, and whether that is nothing.
ENDINGS = {
    "called off": (State.CANCELLED, None, False, True),
    "failed before the order": (State.FAILED, FailureReason.PHOTO_BROKEN, False, True),
    "failed after the order left": (State.FAILED, FailureReason.MODERATED, True, False),
    "delivered": (State.DONE, None, True, False),
    "in the queue": (State.QUEUED, None, False, False),
}


@pytest.mark.parametrize(("state", "failure", "is_ordered", "is_so"), ENDINGS.values(), ids=list(ENDINGS))
def test_only_what_was_never_ordered_came_to_nothing(
    state: State,
    *,
    failure: FailureReason | None,
    is_ordered: bool,
    is_so: bool,
    job_in: Callable[..., Job],
    now: datetime,
) -> None:
    job = job_in(state, failure=failure, submitted_at=now if is_ordered else None)
    assert came_to_nothing(job) is is_so
