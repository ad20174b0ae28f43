"""Costs: what an answer says that a video has taken from us, however it is told; nonsense is nothing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from domain.money import Money
from upstream.answers import costs
from upstream.answers.parse import read_video
from upstream.api import VideoStatus


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def unsure(amount: str) -> Money:
    return Money(Decimal(amount), None)


COSTS: dict[str, tuple[dict[str, Any], Money | None]] = {
    "OpenRouter": ({"usage": {"cost": 0.5, "is_byok": False}}, usd("0.5")),
    "before the end": ({"usage": {"estimated_cost": 0.5}}, None),
    "with a currency": ({"usage": {"cost": "2.10", "currency": "cny"}}, Money(Decimal("2.10"), "CNY")),
    "with a name of its own": ({"usage": {"cost": 2, "currency": "RMB"}}, Money(Decimal(2), "CNY")),
    "in points": ({"usage": {"cost": 70, "currency": "credits"}}, None),
    "Kling, cash": (
        {"data": [{"id": "v", "billing": [{"amount": "0.84", "charge_type": "cash"}]}]},
        unsure("0.84"),
    ),
    "Kling, twice": (
        {"billing": [{"amount": 0.84, "charge_type": "cash"}, {"amount": "0.42", "charge_type": "cash"}]},
        unsure("1.26"),
    ),
    "Kling, cash and units": (
        {"billing": [{"amount": "5", "charge_type": "unit"}, {"amount": "0.42", "charge_type": "cash"}]},
        unsure("0.42"),
    ),
    "Kling, units": ({"billing": [{"amount": "5", "charge_type": "unit", "package_type": "video"}]}, None),
    "Kling, one of them nonsense": (
        {"billing": [{"amount": "-5", "charge_type": "cash"}, {"amount": "0.42", "charge_type": "cash"}]},
        None,
    ),
    "Kling, two currencies": (
        {
            "billing": [
                {"amount": 1, "charge_type": "cash", "currency": "USD"},
                {"amount": 1, "charge_type": "cash", "currency": "CNY"},
            ]
        },
        None,
    ),
    "Kling, no list": ({"billing": {"amount": 1, "charge_type": "cash"}}, None),
    "Kling, very many": ({"billing": [{"amount": 1, "charge_type": "cash"}] * 21}, None),
    "Kling, strangers": ({"billing": [7, None]}, None),
    "apimart": ({"code": 200, "data": {"id": "v", "status": "completed", "cost": 0.2}}, unsure("0.2")),
    "with a sign": ({"cost": "$0.30"}, usd("0.30")),
    "with its currency in the name": ({"cost_usd": 0.3}, usd("0.3")),
    "nothing": ({"usage": {"cost": 0}}, usd("0")),
    "nothing, at length": ({"usage": {"cost": "0e-99999"}}, usd("0")),
    "negative": ({"usage": {"cost": -0.5}}, None),
    "a truth": ({"usage": {"cost": True}}, None),
    "not a number": ({"usage": {"cost": float("nan")}}, None),
    "not a number, as text": ({"cost": "NaN"}, None),
    "endless": ({"cost": "Infinity"}, None),
    "more than any video": ({"cost": 10_000}, None),
    "of many digits": ({"cost": 10**5000}, None),
    "of many digits, as text": ({"cost": "0." + "1" * 5000}, None),
    "as small as nothing": ({"cost": "1e-999999"}, None),
    "as large as nothing": ({"cost": "1e999999"}, None),
    "in another script": ({"cost": "٣"}, None),
    "an object": ({"cost": {"amount": 1}}, None),
    "null": ({"cost": None, "usage": None, "billing": None}, None),
}


@pytest.mark.parametrize(("body", "expected"), COSTS.values(), ids=COSTS)
def test_a_cost_is_read_if_it_can_be_one(body: dict[str, Any], expected: Money | None) -> None:
    assert read_video({"id": "v", "status": "completed", **body}).cost == expected


@pytest.mark.parametrize(
    ("amount", "status", "is_told"),
    [
        ("0", VideoStatus.QUEUED, False),
        ("0", VideoStatus.RENDERING, False),
        ("0", VideoStatus.COMPLETED, True),
        ("0", VideoStatus.FAILED, True),
        ("0.3", VideoStatus.QUEUED, True),
    ],
)
def test_zero_says_something_when_the_video_is_over(
    amount: str,
    status: VideoStatus,
    is_told: bool,  # noqa: FBT001 - a table
) -> None:
    assert costs.settled(usd(amount), status) == (usd(amount) if is_told else None)
