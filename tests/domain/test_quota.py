"""Quotas: never more than the allowance in any 24 hours, and a refusal knows when it ends."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quota import WINDOW, Charge, Funds, Quota
from domain.quota_refusals import AllowanceSpent, BudgetSpent, Payers, TooDear
from domain.refusals import QuotaRefusal

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


def alone(quota: Quota) -> Funds:
    """Return the funds of somebody whom nobody helps to pay."""
    return Funds(account_id=1, own=quota)


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
        alone(Quota.of(3, spent(1, 20), NOW)).pay(2)
    assert vars(refused.value) == {
        "price": 2,
        "left": 1,
        "allowance": 3,
        "frees_at": NOW + timedelta(hours=4),
        "wait": timedelta(hours=4),
        "payers": Payers.PERSON,
        "group_left": 0,
    }


def test_what_costs_more_than_a_day_allows_is_too_dear() -> None:
    with pytest.raises(TooDear) as refused:
        alone(Quota.of(3, [], NOW)).pay(4)
    assert vars(refused.value) == {"price": 4, "allowance": 3, "granted": 0, "payers": Payers.PERSON}


@given(allowance=ALLOWANCES, requests=st.lists(st.tuples(GAPS, PRICES), max_size=20))
def test_no_window_of_24_hours_ever_holds_more_than_the_allowance(
    allowance: int, requests: list[tuple[timedelta, int]]
) -> None:
    now, charges = NOW, list[Charge]()
    for gap, price in requests:
        now += gap
        try:
            alone(Quota.of(allowance, charges, now)).pay(price)
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
        alone(Quota.of(allowance, charges, NOW)).pay(price)
    except AllowanceSpent as refused:
        with pytest.raises(AllowanceSpent):
            alone(Quota.of(allowance, charges, refused.frees_at - INSTANT)).pay(price)
        alone(Quota.of(allowance, charges, refused.frees_at)).pay(price)
    except TooDear:
        assert price > allowance


@given(charges=CHARGES, price=PRICES)
def test_an_allowance_without_end_refuses_nothing(charges: list[Charge], price: int) -> None:
    quota = Quota.of(None, charges, NOW)
    alone(quota).pay(price)
    assert (quota.left, quota.frees_at(price)) == (None, NOW)


GROUP = -100
#: What a person, their group and everybody together have: allowance, charges and granted credits, and who refuses
#: a price when, in hours.
SHARED = {
    "the group pays": ((1, spent(1), 0), (5, [], 0), None, 2, "Payment"),
    "whoever frees up first": ((1, spent(1), 0), (1, spent(20), 0), None, 1, "AllowanceSpent both 4"),
    "the group could never, the person can": (
        (3, spent(1), 0),
        (1, [], 0),
        None,
        3,
        "AllowanceSpent both 23",
    ),
    "nobody ever could": ((3, [], 1), (5, [], 0), None, 6, "TooDear both 5"),
    "a group without anything is none": ((1, spent(1), 0), (0, [], 0), None, 1, "AllowanceSpent person 23"),
    "the budget frees up last": ((1, spent(20), 0), None, (1, spent(1)), 1, "BudgetSpent 23"),
    "the budget frees up first": ((1, spent(1), 0), None, (1, spent(20)), 1, "AllowanceSpent person 23"),
    "the budget never does": ((None, [], 0), None, (3, []), 4, "BudgetSpent None"),
    "granted credits do": ((1, spent(1), 2), None, (2, []), 2, "Payment"),
}


@pytest.mark.parametrize(("own", "group", "budget", "price", "becomes"), SHARED.values(), ids=SHARED)
def test_a_refusal_names_who_stands_in_the_way_and_the_instant_when_it_really_works(
    own: tuple[int | None, list[Charge], int],
    group: tuple[int | None, list[Charge], int] | None,
    budget: tuple[int, list[Charge]] | None,
    price: int,
    becomes: str,
) -> None:
    funds = Funds(
        account_id=1,
        own=Quota.of(own[0], own[1], NOW, granted=own[2]),
        group_id=GROUP if group else None,
        group=Quota.of(group[0], group[1], NOW, granted=group[2]) if group else None,
        budget=Quota.of(*budget, NOW) if budget else None,
    )
    assert outcome(funds, price) == becomes


def outcome(funds: Funds, price: int) -> str:
    try:
        return type(funds.pay(price)).__name__
    except AllowanceSpent as refused:
        return f"AllowanceSpent {refused.payers} {refused.wait // timedelta(hours=1)}"
    except TooDear as refused:
        return f"TooDear {refused.payers} {refused.allowance}"
    except BudgetSpent as refused:
        return f"BudgetSpent {refused.wait and refused.wait // timedelta(hours=1)}"


BRAKE = {
    "fewer than three": (1, spent(), [3, 2], None),
    "three, however small the allowance": (1, spent(), [20, 2, 1], "TooManyFailures 4"),
    "the next has to wait until fewer than three are left": (1, spent(), [23, 20, 2, 1], "TooManyFailures 4"),
    "as many as the allowance": (5, spent(), [4, 3, 2, 1], None),
    "more than the allowance": (5, spent(), [20, 4, 3, 2, 1], "TooManyFailures 4"),
    "no end to the allowance": (None, spent(), [9] * 50, None),
    "the allowance is spent for longer": (1, spent(1), [20, 3, 2], "AllowanceSpent 23"),
    "the allowance is free before": (1, spent(22), [20, 3, 2], "TooManyFailures 4"),
    "it costs too much in any case": (0, spent(), [20, 3, 2], "TooDear"),
}


@pytest.mark.parametrize(("allowance", "charges", "failed", "becomes"), BRAKE.values(), ids=list(BRAKE))
def test_failures_are_free_but_not_without_end(
    allowance: int | None, charges: list[Charge], failed: list[int], becomes: str | None
) -> None:
    failures = tuple(NOW - timedelta(hours=hours) for hours in failed)
    funds = Funds(account_id=1, own=Quota.of(allowance, charges, NOW), failures=failures)
    if becomes is None:
        assert (funds.pay(1).account_id, funds.braked_until) == (1, None)
        return
    with pytest.raises(QuotaRefusal) as refused:
        funds.pay(1)
    frees_at = getattr(refused.value, "frees_at", None)
    hours = "" if frees_at is None else f" {(frees_at - NOW) // timedelta(hours=1)}"
    assert (f"{type(refused.value).__name__}{hours}", funds.left) == (becomes, 0)
    assert funds.frees_at(1) == frees_at


def test_who_speaks_as_the_group_is_told_that_it_is_the_groups() -> None:
    funds = Funds(account_id=GROUP, own=Quota.of(1, spent(1), NOW))
    assert outcome(funds, 1) == "AllowanceSpent group 23"
