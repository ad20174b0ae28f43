"""How long such videos usually take: the middle half, and nothing that was not seen often enough."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.render_times import ENOUGH, Typical


def spans(*seconds: float) -> list[timedelta]:
    return [timedelta(seconds=number) for number in seconds]


@pytest.mark.parametrize("known", [spans(), spans(10), spans(10, 20)], ids=len)
def test_a_few_videos_say_nothing(known: list[timedelta]) -> None:
    assert Typical.of(known) is None


@pytest.mark.parametrize(
    ("known", "quartiles"),
    [
        pytest.param(spans(10, 20, 30), spans(15, 20, 25), id="three"),
        pytest.param(spans(50, 10, 40, 20, 30), spans(20, 30, 40), id="in any order"),
        pytest.param(spans(*[100] * 24, 9000), spans(100, 100, 100), id="one that took for ever"),
    ],
)
def test_the_middle_half_is_typical(known: list[timedelta], quartiles: list[timedelta]) -> None:
    lower, median, upper = quartiles
    assert Typical.of(known) == Typical(lower=lower, median=median, upper=upper)


@given(st.lists(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=1)), min_size=ENOUGH))
def test_the_quartiles_are_in_order_and_within_what_was_seen(known: list[timedelta]) -> None:
    typical = Typical.of(known)
    assert typical is not None
    hair = timedelta(milliseconds=1)  # seconds are floats in between
    bounds = [min(known) - hair, typical.lower, typical.median, typical.upper, max(known) + hair]
    assert bounds == sorted(bounds)
