"""What the video API tells about our account with it: the balance, and which models it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from domain.order_form import PhotoRole
from domain.size import Size


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
class ListedModel:
    """A model as an API lists it; all but the name is None or empty where the API does not tell.

    Where `sizes` are not told, `resolutions` (in the API's own words, such as 720p) and `ratios` may be. `costs` are per
    second or per video by what the API calls them, in its own words, for people to read.
    """

    name: str
    shutdown_date: date | None = None
    lengths: tuple[int, ...] = ()
    sizes: tuple[Size, ...] = ()
    resolutions: tuple[str, ...] = ()
    ratios: tuple[Size, ...] = ()
    photo_roles: frozenset[PhotoRole] = frozenset()
    sound: bool | None = None
    costs: Mapping[str, Decimal] = field(default_factory=dict)


def listed(names: Iterable[str]) -> Mapping[str, ListedModel]:
    """Return models of which no more than the names are told."""
    return {name: ListedModel(name=name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiReport:
    """What the API told, each None if it did not; `problem` is why it could not be asked, or empty."""

    balance: Balance | None = None
    models: Mapping[str, ListedModel] | None = None
    problem: str = ""
