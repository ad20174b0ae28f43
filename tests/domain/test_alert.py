"""When operators are told of a trouble: at its beginning, once, and what is too much to be chance."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from domain.alert import (
    BalanceLow,
    DiskNearlyFull,
    HoldOver,
    ManyFailures,
    OrdersHeld,
    disk_nearly_full,
    is_news,
    many_failures,
)
from domain.api_status import Balance
from domain.failures import FailureReason
from domain.hold import Hold, HoldCause

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VIDEO = None
BUSY, BROKEN, MODERATED = FailureReason.BUSY, FailureReason.RENDER_FAILED, FailureReason.MODERATED


@pytest.mark.parametrize(
    ("told", "news"),
    [
        pytest.param({}, True, id="never told"),
        pytest.param({"disk": NOW - timedelta(hours=23)}, False, id="told today"),
        pytest.param({"disk": NOW - timedelta(days=1)}, True, id="told yesterday"),
        pytest.param({"key": NOW}, True, id="something else was told"),
    ],
)
def test_a_trouble_is_told_once_and_again_after_a_day(told: dict[str, datetime], *, news: bool) -> None:
    assert is_news("disk", NOW, told=told) == news


@pytest.mark.parametrize(
    ("endings", "alert"),
    [
        pytest.param([VIDEO] * 14 + [BUSY] * 6, None, id="less than a third"),
        pytest.param(
            [VIDEO] * 13 + [BUSY] * 3 + [BROKEN] * 4, ManyFailures(faults=7, of=20, mostly=BROKEN), id="more"
        ),
        pytest.param([MODERATED] * 20, None, id="for what was asked"),
        pytest.param([BUSY] * 6, None, id="too few to tell"),
        pytest.param([BUSY] * 7, ManyFailures(faults=7, of=7, mostly=BUSY), id="nothing but failures"),
    ],
)
def test_failures_of_the_service_are_told_when_more_than_a_third_of_twenty_are(
    endings: list[FailureReason | None], alert: ManyFailures | None
) -> None:
    assert many_failures(endings) == alert


@pytest.mark.parametrize(
    ("free", "total", "is_told"),
    [
        pytest.param(10**9, 10**9, False, id="a small disk that is empty"),
        pytest.param(10**9 - 1, 2 * 10**9, True, id="less than a gigabyte"),
        pytest.param(4 * 10**9, 10**11, True, id="less than a twentieth"),
        pytest.param(5 * 10**9, 10**11, False, id="a twentieth"),
    ],
)
def test_a_disk_is_nearly_full_below_a_twentieth_or_a_gigabyte(
    free: int, total: int, *, is_told: bool
) -> None:
    assert disk_nearly_full(free, total) == (DiskNearlyFull(free_bytes=free) if is_told else None)


def test_what_is_over_is_known_by_the_name_of_its_alert() -> None:
    hold = Hold(cause=HoldCause.MODEL, model="veo", since=NOW)
    over = HoldOver.after(OrdersHeld(hold=hold, waiting=1).name)
    assert over == HoldOver(cause=HoldCause.MODEL, model="veo")
    assert HoldOver.after("hold:key", is_held_still=True) == HoldOver(cause=HoldCause.KEY, is_held_still=True)
    assert HoldOver.after("disk") is None
    elsewhere = replace(hold, provider="second")
    assert HoldOver.after(OrdersHeld(hold=elsewhere, waiting=1).name) == replace(over, provider="second")


def test_no_provider_s_low_balance_is_taken_for_another_s() -> None:
    names = [BalanceLow.name_at(provider) for provider in ("main", "a", "ab", "a-b")]
    assert [name for name in names for other in names if name is not other and other.startswith(name)] == []


@pytest.mark.parametrize(
    ("left", "threshold", "is_low"),
    [("4.99", 5, True), ("5", 5, False), ("-1", 5, True), ("-1", 0, False), (None, 5, False)],
)
def test_a_balance_is_low_below_what_the_operator_set(
    left: str | None, threshold: int, *, is_low: bool
) -> None:
    balance = Balance(left=None if left is None else Decimal(left))
    assert balance.is_below(Decimal(threshold)) == is_low
