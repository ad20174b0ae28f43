"""The budget of all: orders count by when they left, whatever became of them, and what is queued takes its part."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.budget import Budget, look_again_at
from domain.quota import WINDOW, Charge
from domain.quota_refusals import BudgetSpent

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def ordered(bound: int | None, *hours_ago: float, queued: int = 0) -> Budget:
    """Return a budget with an order of one credit for each of these hours."""
    orders = [Charge(at=NOW - hours * HOUR, credits=1) for hours in hours_ago]
    return Budget.of(bound, orders, NOW, queued=queued)


COMMITTED = {
    "nothing": (ordered(3), 3),
    "orders of the last day": (ordered(3, 1, 23, 24, 30), 1),
    "what is queued too": (ordered(3, 1, queued=1), 1),
    "more than there is": (ordered(3, 1, 2, queued=5), 0),
    "no end to it": (ordered(None, 1, queued=5), None),
}


@pytest.mark.parametrize(("budget", "left"), COMMITTED.values(), ids=list(COMMITTED))
def test_a_new_request_has_what_neither_orders_nor_the_queue_take(budget: Budget, left: int | None) -> None:
    assert budget.committed.left == left


def test_an_order_leaves_if_the_orders_of_a_day_leave_room_for_it_whatever_is_queued() -> None:
    ordered(3, 1, 2, queued=50).let_leave(1)
    ordered(None, 1, 2).let_leave(99)


@pytest.mark.parametrize(
    ("budget", "price", "hours"),
    [
        pytest.param(ordered(3, 20, 2, 1), 1, 4, id="when the oldest is a day old"),
        pytest.param(ordered(3, 20, 2, 1), 2, 22, id="when the two oldest are"),
        pytest.param(ordered(3, 1), 4, None, id="never: it costs more than all of it"),
        pytest.param(ordered(0), 1, None, id="never: there is none"),
    ],
)
def test_an_order_that_may_not_leave_knows_when_it_may(
    budget: Budget, price: int, hours: float | None
) -> None:
    with pytest.raises(BudgetSpent) as refused:
        budget.let_leave(price)
    frees_at = None if hours is None else NOW + hours * HOUR
    assert refused.value.frees_at == frees_at
    assert look_again_at(refused.value, NOW) == (frees_at or NOW + WINDOW)


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        pytest.param(ordered(10, *[1.0] * 4), "roomy", id="less than half"),
        pytest.param(ordered(10, *[1.0] * 5), "", id="half"),
        pytest.param(ordered(10, *[1.0] * 8), "low", id="four fifths"),
        pytest.param(ordered(10, *[1.0] * 4, queued=4), "low", id="four fifths with the queue"),
        pytest.param(ordered(10, *[1.0] * 10), "spent", id="all"),
        pytest.param(ordered(10, *[1.0] * 12), "spent", id="more than all, for it was lowered"),
        pytest.param(ordered(0), "roomy", id="none to spend"),
        pytest.param(ordered(None, *[1.0] * 99), "roomy", id="no end"),
    ],
)
def test_how_much_is_left_is_told_apart(budget: Budget, said: str) -> None:
    words = {"spent": budget.is_spent, "low": budget.is_nearly_spent, "roomy": budget.is_roomy}
    assert next((word for word, holds in words.items() if holds), "") == said
