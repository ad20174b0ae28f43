"""When those who wait should begin: reckoned from what is under way, and only where that is known."""

from datetime import datetime, timedelta

import pytest

from domain.queue import Concurrency, Kind, Pending, expected_starts
from domain.render_times import Typical

FAST: Kind = ("fast", 5)
SLOW: Kind = ("slow", 20)
UNKNOWN: Kind = ("new", 5)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


TYPICAL = {
    FAST: Typical(lower=seconds(90), median=seconds(100), upper=seconds(120)),
    SLOW: Typical(lower=seconds(900), median=seconds(1000), upper=seconds(1200)),
    UNKNOWN: None,
}

Row = tuple[int, Kind, float | None]


def starts(rows: list[Row], now: datetime, *, in_all: int = 1, per_person: int = 2) -> dict[int, float]:
    """Return the expected waits in seconds, by row from 1; a row is a person, a kind, and since when it is open."""
    pending = [
        Pending(
            job_id=number,
            requester_id=person,
            kind=kind,
            is_open=elapsed is not None,
            ordered_at=None if elapsed is None else now - seconds(elapsed),
        )
        for number, (person, kind, elapsed) in enumerate(rows, start=1)
    ]
    expected = expected_starts(
        pending, now, concurrency=Concurrency(in_all=in_all, per_person=per_person), typical=TYPICAL
    )
    return {job_id: (start - now).total_seconds() for job_id, start in expected.items()}


@pytest.mark.parametrize(
    ("rows", "waits"),
    [
        pytest.param([(1, FAST, 30), (2, FAST, None)], {2: 70}, id="behind one"),
        pytest.param([(1, FAST, 30), (2, FAST, None), (3, SLOW, None)], {2: 70, 3: 170}, id="behind two"),
        pytest.param([(1, FAST, 110), (2, FAST, None)], {2: 10}, id="behind one that takes a little longer"),
        pytest.param([(1, FAST, 121), (2, FAST, None)], {}, id="behind one that should be over"),
        pytest.param([(1, UNKNOWN, 5), (2, FAST, None)], {}, id="behind one of which nothing is known"),
        pytest.param(
            [(1, FAST, 30), (2, UNKNOWN, None), (3, FAST, None)],
            {2: 70},
            id="nothing is known of the one ahead",
        ),
        pytest.param([(1, FAST, None)], {1: 0}, id="nobody ahead"),
        pytest.param([], {}, id="nobody"),
    ],
)
def test_a_start_is_expected_when_the_orders_ahead_should_be_over(
    rows: list[Row], waits: dict[int, float], now: datetime
) -> None:
    assert starts(rows, now) == waits


def test_an_order_that_is_on_the_wire_counts_from_now(now: datetime) -> None:
    on_the_wire = Pending(job_id=1, requester_id=1, kind=FAST, is_open=True, ordered_at=None)
    waiting = Pending(job_id=2, requester_id=2, kind=FAST, is_open=False, ordered_at=None)
    concurrency = Concurrency(in_all=1, per_person=1)
    assert expected_starts([on_the_wire, waiting], now, concurrency=concurrency, typical=TYPICAL) == {
        2: now + seconds(100)
    }


def test_everybody_begins_once_before_anybody_begins_twice(now: datetime) -> None:
    rows: list[Row] = [(1, SLOW, 0), (1, FAST, None), (1, FAST, None), (2, FAST, None), (3, FAST, None)]
    assert starts(rows, now, in_all=2) == {4: 0, 5: 100, 2: 200, 3: 300}


def test_nobody_begins_more_than_a_person_may_have_open(now: datetime) -> None:
    rows: list[Row] = [(1, SLOW, 0), (1, SLOW, None), (2, FAST, None)]
    assert starts(rows, now, in_all=9, per_person=1) == {2: 1000, 3: 0}


def test_one_order_of_which_nothing_is_known_holds_up_its_own_room_only(now: datetime) -> None:
    rows: list[Row] = [(1, UNKNOWN, 900), (2, FAST, 40), (3, FAST, None), (4, FAST, None)]
    assert starts(rows, now, in_all=2) == {3: 60, 4: 160}


def test_those_who_stand_too_far_behind_are_not_even_looked_at(now: datetime) -> None:
    mine: Row = (1, FAST, None)
    behind = [mine] * 102 + [(2, FAST, None)]
    assert 103 not in starts(behind, now, in_all=2, per_person=1)
    assert 102 in starts(behind[1:], now, in_all=2, per_person=1)


def test_nobody_is_told_what_lies_too_far_ahead(now: datetime) -> None:
    rows: list[Row] = [(person, FAST, None) for person in range(1000)]
    assert len(starts(rows, now)) == 100


def test_what_is_late_takes_nobodys_place(now: datetime) -> None:
    hanging = (1, FAST, 31 * 60.0)
    assert starts([hanging, (2, FAST, None)], now) == {2: 0}
