"""An amount of money, in a currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in a currency, which is told by ISO 4217, such as `USD`; None where nobody says which it is."""

    amount: Decimal
    currency: str | None
