"""Schedule: few looks, a short wait at the end, and patience that grows with trouble."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import lifecycle
from domain.job import Job, State
from domain.retry import (
    LATE_AFTER,
    back_off,
    is_last_try,
    is_late,
    least_rate,
    next_look,
)

Factory = Callable[..., Job]
Tells = Callable[[float], int | None]
SHORTEST = timedelta(seconds=5)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def whole_per_cents(share: float) -> int:
    return int(100 * share)


def steps_of_ten(share: float) -> int:
    return int(10 * share) * 10


def stuck_at_ninety(share: float) -> int:
    return min(90, int(100 * share))


def states_in_numbers(share: float) -> int:
    """Tell what a new-api relay tells: 10 for ordered, 20 for queued, 30 for everything else until the end."""
    return 10 if share < 0.05 else 20 if share < 0.15 else 30


def nothing(_share: float) -> None:
    return None


def watch(
    job: Job, takes: float, tells: Tells, *, typical: float | None = None, latency: float = 0.0
) -> tuple[int, float]:
    """Look at a job that was ordered just now until it is finished; return the looks and the delay in seconds."""
    begun = now = job.due_at
    looks = 0
    while True:
        now += next_look(job, now, typical=None if typical is None else seconds(typical), shortest=SHORTEST)
        looks += 1
        elapsed = (now - begun).total_seconds()
        if elapsed >= takes:
            return looks, elapsed - takes
        job = lifecycle.polled(job, now, progress=tells(elapsed / takes))
        now += seconds(latency)


@pytest.fixture(scope="session")
def just_ordered(job_in: Factory, now: datetime) -> Job:
    return job_in(State.RENDERING, video_id="v1", ordered_at=now, due_at=now)


@given(takes=st.floats(145, 155), latency=st.floats(0, 0.2))
def test_a_render_of_150_seconds_that_tells_its_progress_costs_15_looks_and_3_seconds_at_most(
    just_ordered: Job, takes: float, latency: float
) -> None:
    looks, delay = watch(just_ordered, takes, whole_per_cents, latency=latency)
    assert looks <= 15
    assert delay < 3


@given(takes=st.floats(18, 22), latency=st.floats(0, 0.2))
def test_a_render_of_20_seconds_that_tells_its_progress_costs_4_looks_and_3_seconds_at_most(
    just_ordered: Job, takes: float, latency: float
) -> None:
    looks, delay = watch(just_ordered, takes, whole_per_cents, latency=latency)
    assert looks <= 4
    assert delay < 3


@pytest.mark.parametrize(("takes", "most_looks"), [(20, 3), (60, 6), (150, 10), (300, 18)])
def test_a_render_as_long_as_usual_is_met_at_its_end_without_any_progress(
    just_ordered: Job, takes: float, most_looks: int
) -> None:
    looks, delay = watch(just_ordered, takes, nothing, typical=takes)
    assert looks <= most_looks
    assert delay < 1


@pytest.mark.parametrize(("takes", "most_looks"), [(60, 7), (150, 10), (300, 18)])
def test_a_number_that_stands_for_a_state_is_not_taken_for_progress(
    just_ordered: Job, takes: float, most_looks: int
) -> None:
    looks, delay = watch(just_ordered, takes, states_in_numbers, typical=takes)
    assert looks <= most_looks
    assert delay < 1


@given(takes=st.floats(120, 180))
def test_a_render_about_as_long_as_usual_is_not_forgotten_when_the_usual_time_is_over(
    just_ordered: Job, takes: float
) -> None:
    looks, delay = watch(just_ordered, takes, nothing, typical=150)
    assert looks <= 15
    assert delay <= 20


@given(late_by=st.floats(0.5, 30))
def test_what_takes_a_little_longer_than_usual_waits_little_longer(just_ordered: Job, late_by: float) -> None:
    _, delay = watch(just_ordered, 150 + late_by, nothing, typical=150)
    assert delay <= max(5.0, late_by / 2)


@given(takes=st.floats(1, 3600))
def test_a_render_that_tells_nothing_costs_a_bounded_number_of_looks(just_ordered: Job, takes: float) -> None:
    looks, delay = watch(just_ordered, takes, nothing)
    assert looks <= 10 + takes / 20
    assert delay <= (20 if takes < LATE_AFTER.total_seconds() else 60)


@pytest.mark.parametrize("tells", [steps_of_ten, stuck_at_ninety], ids=lambda tells: tells.__name__)
@given(takes=st.floats(60, 600))
def test_coarse_or_stuck_progress_delays_by_one_long_pause_at_most(
    just_ordered: Job, tells: Tells, takes: float
) -> None:
    looks, delay = watch(just_ordered, takes, tells)
    assert looks <= 10 + takes / 10
    assert delay <= 20


@pytest.mark.parametrize("shortest", [1, 5, 30, 90])
@pytest.mark.parametrize("elapsed", [0, 3, 20, 149, 151, 600, 1900, 90_000])
@pytest.mark.parametrize("progress", [None, 5, 99, 100])
def test_no_pause_is_shorter_than_the_operator_wants(
    just_ordered: Job, now: datetime, shortest: int, elapsed: int, progress: int | None
) -> None:
    job = just_ordered
    if progress is not None:
        job = replace(job, progress=progress, progress_at=now + seconds(elapsed), pace=0.7)
    pauses = [
        next_look(job, now + seconds(elapsed), typical=typical, shortest=seconds(shortest))
        for typical in (None, seconds(150))
    ]
    assert min(pauses) >= seconds(shortest)


LOOKS = {
    "just ordered": ({}, 0, None, 5),
    "a while ago": ({}, 60, None, 12),
    "long ago": ({}, 600, None, 20),
    "late": ({}, 1801, None, 60),
    "late, whatever the progress": ({"progress": 50, "pace": 1.0}, 1801, None, 60),
    "the usual end is far": ({}, 10, 150, 20),
    "the usual end is nearer": ({}, 130, 150, 12),
    "the usual end is near": ({}, 142, 150, 8.5),
    "the usual end is at hand": ({}, 149, 150, 5),
    "the usual end is just over": ({}, 151, 150, 5),
    "the usual end is over": ({}, 174, 150, 12),
    "the usual end is long over": ({}, 400, 150, 20),
    "progress before the usual": ({"progress": 94, "pace": 1.0}, 50, 150, 6.5),
}


@pytest.mark.parametrize(("changes", "elapsed", "typical", "pause"), LOOKS.values(), ids=LOOKS)
def test_the_next_look_follows_from_what_is_known(
    just_ordered: Job, changes: dict[str, float], elapsed: int, typical: int | None, pause: float
) -> None:
    at = just_ordered.due_at + seconds(elapsed)
    job = replace(just_ordered, progress_at=at if changes else None, **changes)  # type: ignore[arg-type]  # a table's rows
    look = next_look(job, at, typical=seconds(typical) if typical else None, shortest=SHORTEST)
    assert look == seconds(pause)


def test_a_job_that_was_never_ordered_is_looked_at_at_once_and_not_late(
    job_in: Factory, now: datetime
) -> None:
    job, at = job_in(State.QUEUED), now + timedelta(days=1)
    assert next_look(job, at, typical=seconds(150), shortest=SHORTEST) == SHORTEST
    assert not is_late(job, at)


def test_a_job_is_late_once_patience_ends(just_ordered: Job, now: datetime) -> None:
    assert [is_late(just_ordered, now + LATE_AFTER + seconds(more)) for more in (-1, 0, 1)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("attempts", "pause"), [(0, 2), (1, 4), (2, 8), (3, 16), (7, 256), (8, 300), (10_000, 300)]
)
def test_each_failed_try_doubles_the_pause_up_to_five_minutes(attempts: int, pause: int) -> None:
    assert back_off(attempts) == seconds(pause)


@given(
    attempts=st.integers(0, 10_000), asked_for=st.timedeltas(min_value=seconds(0), max_value=seconds(86_400))
)
def test_the_pause_is_never_shorter_than_the_other_side_asked_for(
    attempts: int, asked_for: timedelta
) -> None:
    assert back_off(attempts, asked_for=asked_for) == max(asked_for, back_off(attempts))


LIMIT = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("attempts", "since", "expected"),
    [
        pytest.param(0, None, False, id="the first try"),
        pytest.param(8, timedelta(minutes=9), False, id="the next one is within the limit"),
        pytest.param(9, timedelta(minutes=10), False, id="the next one is at the limit"),
        pytest.param(9, timedelta(minutes=10, seconds=1), True, id="the next one is beyond it"),
        pytest.param(9, timedelta(hours=1), True, id="this one is beyond it"),
    ],
)
def test_the_last_try_is_the_last_within_the_limit(
    job_in: Factory,
    now: datetime,
    attempts: int,
    since: timedelta | None,
    expected: bool,  # noqa: FBT001 - a table
) -> None:
    job = job_in(State.DELIVERING, attempts=attempts, troubled_since=None if since is None else now - since)
    assert is_last_try(job, now, limit=LIMIT) is expected


@pytest.mark.parametrize(
    ("attempts", "rate"), [(0, 50_000), (1, 25_000), (4, 3_125), (5, 3_000), (10**6, 3_000)]
)
def test_a_download_that_was_too_slow_is_given_more_time_each_time(attempts: int, rate: int) -> None:
    assert least_rate(attempts) == rate
