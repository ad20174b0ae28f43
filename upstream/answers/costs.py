"""Reads what an API says that a video has cost us, in the ways of several makers; nonsense is nothing.

`usage.cost` is OpenRouter's ("Video generation"), in US dollars, and others' who took it over; `billing` is Kling's new
API's ("Query tasks"): several charges, of which some are in units of a package; `cost` is apimart's ("Task status").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from domain.money import Money
from upstream.api import VideoStatus

_USD: Final = "USD"
#: In any currency; no video costs as much.
_MOST: Final = Decimal(10_000)
_LONGEST: Final = 40
_MOST_CHARGES: Final = 20
#: Of digits behind the point; what is finer is nonsense, and would be written out some day.
_FINEST: Final = -9
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_CURRENCIES: Final = ("currency", "cost_currency")
_BY_OTHER_NAMES: Final = {"RMB": "CNY", "US$": "USD", "$": "USD", "¥": "CNY"}
_OVER: Final = (VideoStatus.COMPLETED, VideoStatus.FAILED)


def read(layers: Sequence[Mapping[str, Any]]) -> Money | None:
    """Return what the objects of an answer, outermost first, say of the cost; None if nothing, or nothing sure."""
    for layer in layers:
        for told in (_of_usage(layer.get("usage")), _of_billing(layer.get("billing")), _of_layer(layer)):
            if told is not None:
                return told
    return None


def settled(cost: Money | None, status: VideoStatus) -> Money | None:
    """Return the cost if it says anything: before a video is over, zero only means that nobody has counted yet."""
    return cost if cost is not None and (cost.amount > 0 or status in _OVER) else None


def _of_usage(usage: object) -> Money | None:
    return _money(usage.get("cost"), usage, instead=_USD) if isinstance(usage, Mapping) else None


def _of_billing(billing: object) -> Money | None:
    """Return the sum of the charges in cash; None if one of them is nonsense, for then the sum is."""
    if not isinstance(billing, list) or not 0 < len(billing) <= _MOST_CHARGES:
        return None
    if not all(isinstance(charge, Mapping) for charge in billing):
        return None
    told = [_money(charge.get("amount"), charge) for charge in billing if charge.get("charge_type") == "cash"]
    sure = [money for money in told if money is not None]
    if not sure or len(sure) < len(told) or len({money.currency for money in sure}) > 1:
        return None
    return Money(sum((money.amount for money in sure), Decimal(0)), sure[0].currency)


def _of_layer(layer: Mapping[str, Any]) -> Money | None:
    return _money(layer.get("cost_usd"), {}, instead=_USD) or _money(layer.get("cost"), layer)


def _money(value: object, beside: Mapping[str, Any], *, instead: str | None = None) -> Money | None:
    """Return the amount in the currency that is told beside it, or `instead`; points of an API's own are no money."""
    amount = _amount(value)
    if amount is None:
        return None
    words = (word.strip().upper() for key in _CURRENCIES if isinstance(word := beside.get(key), str))
    told = next(filter(None, words), None)
    currency = _BY_OTHER_NAMES.get(told, told) if told else instead
    if currency is None and isinstance(value, str) and value.strip().startswith("$"):
        currency = _USD
    return Money(amount, currency) if currency is None or _CURRENCY.fullmatch(currency) else None


def _amount(value: object) -> Decimal | None:
    """Read 0.3, "0.30" or "$0.30"; None for what no video costs."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        amount = Decimal(_written(value))
    except (ValueError, InvalidOperation):
        return None
    if not amount.is_finite() or not 0 <= amount < _MOST:
        return None
    if amount == 0:
        return Decimal(0)
    return amount if amount.adjusted() >= _FINEST else None


def _written(value: float | str) -> str:
    """Return the number as text; raises ValueError if it is longer than any amount."""
    text = str(value).strip().removeprefix("$")
    if len(text) > _LONGEST or not text.isascii():
        raise ValueError("no amount is as long")
    return text
