"""What the video API tells about our account with it: the balance, and which models it has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.catalogue import Catalogue, Model


class BalanceUnit(StrEnum):
    """What an API counts our money in."""

    #: US dollars.
    USD = "USD"
    #: Chinese yuan.
    CNY = "CNY"
    #: Points of its own, of which its price list says what they buy.
    POINTS = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The operator's money at the API, in `unit`: `left` is None where nothing limits it, `used` where nobody tells."""

    left: Decimal | None
    used: Decimal | None = None
    unit: BalanceUnit = BalanceUnit.USD

    @property
    def is_gone(self) -> bool:
        return self.left is not None and self.left <= 0

    def is_below(self, threshold: Decimal) -> bool:
        """Tell whether so little is left; a threshold of 0 asks for no such warning."""
        return self.left is not None and threshold > 0 and self.left < threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiReport:
    """What the API told, each None if it did not; `problem` is why it could not be asked, or empty."""

    balance: Balance | None = None
    models: frozenset[str] | None = None
    problem: str = ""

    def unlisted(self, catalogue: Catalogue) -> Sequence[Model]:
        """Return the models that people may choose and the API does not list; none if it has no list."""
        if self.models is None:
            return []
        return [model for model in catalogue.models.values() if model.api_name not in self.models]
