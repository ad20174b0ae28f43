"""What is told of a video that renders: reckoned from what is known, never taken back, and nothing made up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.job import Job, State
from domain.lifecycle import polled
from domain.outlook import Outlook, expected_remainder, outlook_of
from domain.render_times import Typical

Factory = Callable[..., Job]


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def about(number: float) -> Typical:
    """Return a usual time with a fifth to either side."""
    return Typical(lower=seconds(0.8 * number), median=seconds(number), upper=seconds(1.2 * number))


@pytest.fixture(scope="session")
def just_ordered(job_in: Factory, now: datetime) -> Job:
    return job_in(State.RENDERING, video_id="v1", ordered_at=now, due_at=now)


REMAINDERS = {
    "nothing known": ({}, 50, None, None),
    "the usual": ({}, 50, 150, 100),
    "later than the usual": ({}, 151, 150, None),
    "the pace": ({"progress": 40, "pace": 2.0}, 50, 150, 30),
    "a pace of nothing": ({"progress": 40, "pace": None}, 50, 150, 100),
    "the pace alone": ({"progress": 40, "pace": 2.0}, 50, None, 30),
    "a pace of few per cents": ({"progress": 9, "pace": 2.0}, 50, 150, 100),
    "a pace of few seconds": ({"progress": 40, "pace": 8.0}, 9, 150, 141),
    "a pace beyond the usual span": ({"progress": 40, "pace": 0.1}, 50, 150, 130),
    "a pace after the usual span": ({"progress": 90, "pace": 1.0}, 181, 150, None),
}


@pytest.mark.parametrize(("changes", "elapsed", "typical", "remainder"), REMAINDERS.values(), ids=REMAINDERS)
def test_the_remainder_is_reckoned_from_the_pace_then_from_the_usual_and_ends_with_the_usual_span(
    just_ordered: Job, changes: dict[str, float], elapsed: int, typical: int | None, remainder: float | None
) -> None:
    at = just_ordered.due_at + seconds(elapsed)
    job = replace(just_ordered, progress_at=at if changes else None, **changes)  # type: ignore[arg-type]  # a table's rows
    usual = None if typical is None else about(typical)
    assert expected_remainder(job, at, typical=usual) == (None if remainder is None else seconds(remainder))


def test_a_pace_that_came_to_nothing_is_not_believed_any_more(just_ordered: Job) -> None:
    ordered_at = just_ordered.due_at
    job = replace(just_ordered, progress=40, pace=2.0, progress_at=ordered_at + seconds(20))
    outlooks = [
        outlook_of(job, ordered_at + seconds(elapsed), typical=about(150)) for elapsed in (27, 28, 200)
    ]
    assert outlooks == [
        Outlook(progress=40, left=seconds(23)),
        Outlook(left=seconds(122)),
        Outlook(takes_longer=True),
    ]


TOLD = {
    "nothing": (None, 100),
    "more": (110, 100),
    "as good as the same": (70, 70),
    "much less": (60, None),
    "a few seconds": (3, None),
}


@pytest.mark.parametrize(("told", "remainder"), TOLD.values(), ids=TOLD)
def test_what_was_told_is_never_more_the_next_time(
    just_ordered: Job, told: int | None, remainder: int | None
) -> None:
    left = expected_remainder(
        just_ordered,
        just_ordered.due_at + seconds(50),
        typical=about(150),
        told=None if told is None else seconds(told),
    )
    assert left == (None if remainder is None else seconds(remainder))


@given(
    looks=st.lists(st.tuples(st.integers(1, 40), st.none() | st.integers(0, 100)), max_size=30),
    usual=st.none() | st.integers(1, 600),
)
def test_no_course_of_things_makes_the_time_left_grow(
    just_ordered: Job, looks: list[tuple[int, int | None]], usual: int | None
) -> None:
    job, at, told = just_ordered, just_ordered.due_at, list[timedelta]()
    typical = None if usual is None else about(usual)
    for pause, progress in looks:
        at += seconds(pause)
        job = polled(job, at, progress=progress)
        left = outlook_of(job, at, typical=typical, told=min(told, default=None)).left
        told += [] if left is None else [left]
        within = typical is None or left is None or at + left <= just_ordered.due_at + typical.upper
        assert within
    assert told == sorted(told, reverse=True)


LONGER = {
    "as usual": (180, 150, False, False),
    "longer than most": (181, 150, True, False),
    "nobody knows": (1799, None, False, False),
    "longer than anybody waits": (1801, None, True, True),
    "longer than anybody waits, as usual": (1801, 3000, True, True),
}


@pytest.mark.parametrize(("elapsed", "typical", "longer", "late"), LONGER.values(), ids=LONGER)
def test_a_video_takes_longer_once_most_others_were_finished(
    just_ordered: Job, elapsed: int, typical: int | None, *, longer: bool, late: bool
) -> None:
    usual = None if typical is None else about(typical)
    outlook = outlook_of(just_ordered, just_ordered.due_at + seconds(elapsed), typical=usual)
    assert (outlook.takes_longer, outlook.is_late) == (longer, late)


def test_of_a_job_that_was_never_ordered_nothing_is_told(job_in: Factory, now: datetime) -> None:
    assert outlook_of(job_in(State.QUEUED), now + timedelta(days=1), typical=about(150)) == Outlook()
