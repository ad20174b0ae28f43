"""Quotas: never more than the allowance in any 24 hours, and a refusal knows when it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quota import WINDOW, Charge, Quota
from domain.refusals import AllowanceSpent, QuotaRefusal, TooDear

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)

PRICES = st.integers(min_value=0, max_value=5)
ALLOWANCES = st.integers(min_value=0, max_value=8)
GAPS = st.one_of(
    st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=30)),
    st.sampled_from([timedelta(), WINDOW, WINDOW - INSTANT, WINDOW + INSTANT]),
)
CHARGES = st.lists(
    st.builds(lambda gap, price: Charge(at=NOW - gap, credits=price), GAPS, PRICES), max_size=12
)


def spent(*hours_ago: float, price: int = 1) -> list[Charge]:
    return [Charge(at=NOW - timedelta(hours=hours), credits=price) for hours in hours_ago]


@pytest.mark.parametrize(
    ("allowance", "charges", "used", "left"),
    [
        pytest.param(3, [], 0, 3, id="nothing spent"),
        pytest.param(3, spent(1, 2), 2, 1, id="some spent"),
        pytest.param(3, spent(1, 2, 3), 3, 0, id="all spent"),
        pytest.param(3, spent(1, 25, 48), 1, 2, id="what is old is free again"),
        pytest.param(3, spent(24), 0, 3, id="free again to the instant"),
        pytest.param(1, spent(1, 2, 3), 3, 0, id="more spent than is allowed now"),
        pytest.param(0, [], 0, 0, id="nothing allowed"),
        pytest.param(None, spent(1, 2), 2, None, id="no end to it"),
    ],
)
def test_what_is_used_and_left_follows_from_the_charges(
    allowance: int | None, charges: list[Charge], used: int, left: int | None
) -> None:
    quota = Quota.of(allowance, charges, NOW)
    assert (quota.used, quota.left) == (used, left)


@pytest.mark.parametrize(
    ("allowance", "charges", "price", "hours"),
    [
        pytest.param(3, spent(1, 2), 1, 0, id="fits now"),
        pytest.param(3, spent(1, 2, 20), 1, 4, id="when the oldest is free"),
        pytest.param(3, spent(20, 1, 2), 2, 22, id="when the two oldest are free"),
        pytest.param(3, spent(1, price=3), 1, 23, id="when a dear one is free"),
        pytest.param(1, spent(1, 2, 3), 1, 23, id="when all above the allowance are free"),
        pytest.param(None, spent(1, 2), 9, 0, id="no end to it"),
        pytest.param(3, [], 4, None, id="never"),
        pytest.param(0, [], 1, None, id="nothing allowed"),
    ],
)
def test_credits_are_free_when_enough_charges_are_old(
    allowance: int | None, charges: list[Charge], price: int, hours: int | None
) -> None:
    expected = None if hours is None else NOW + timedelta(hours=hours)
    assert Quota.of(allowance, charges, NOW).frees_at(price) == expected


def test_a_refusal_says_what_is_missing_and_when_it_works_again() -> None:
    with pytest.raises(AllowanceSpent) as refused:
        Quota.of(3, spent(1, 20), NOW).check(2)
    assert vars(refused.value) == {
        "price": 2,
        "left": 1,
        "allowance": 3,
        "frees_at": NOW + timedelta(hours=4),
        "wait": timedelta(hours=4),
    }


def test_what_costs_more_than_a_day_allows_is_too_dear() -> None:
    with pytest.raises(TooDear) as refused:
        Quota.of(3, [], NOW).check(4)
    assert vars(refused.value) == {"price": 4, "allowance": 3, "granted": 0}


@given(allowance=ALLOWANCES, requests=st.lists(st.tuples(GAPS, PRICES), max_size=20))
def test_no_window_of_24_hours_ever_holds_more_than_the_allowance(
    allowance: int, requests: list[tuple[timedelta, int]]
) -> None:
    now, charges = NOW, list[Charge]()
    for gap, price in requests:
        now += gap
        try:
            Quota.of(allowance, charges, now).check(price)
        except QuotaRefusal:
            continue
        charges.append(Charge(at=now, credits=price))
    windows = [[c.credits for c in charges if last.at - WINDOW < c.at <= last.at] for last in charges]
    assert [window for window in windows if sum(window) > allowance] == []


@given(allowance=ALLOWANCES, charges=CHARGES, price=PRICES)
def test_credits_are_free_at_the_earliest_instant_at_which_the_price_fits(
    allowance: int, charges: list[Charge], price: int
) -> None:
    def fits(at: datetime) -> bool:
        return price <= max(0, allowance - Quota.of(allowance, charges, at).used)

    changes = {NOW, *(charge.at + WINDOW for charge in charges)}
    earliest = min((at for at in changes if at >= NOW and fits(at)), default=None)
    assert Quota.of(allowance, charges, NOW).frees_at(price) == earliest


@given(allowance=ALLOWANCES, charges=CHARGES, price=PRICES)
def test_a_refusal_holds_until_the_very_instant_it_names(
    allowance: int, charges: list[Charge], price: int
) -> None:
    try:
        Quota.of(allowance, charges, NOW).check(price)
    except AllowanceSpent as refused:
        with pytest.raises(AllowanceSpent):
            Quota.of(allowance, charges, refused.frees_at - INSTANT).check(price)
        Quota.of(allowance, charges, refused.frees_at).check(price)
    except TooDear:
        assert price > allowance


@given(charges=CHARGES, price=PRICES)
def test_an_allowance_without_end_refuses_nothing(charges: list[Charge], price: int) -> None:
    quota = Quota.of(None, charges, NOW)
    quota.check(price)
    assert (quota.left, quota.frees_at(price)) == (None, NOW)
