"""The customer's account at the local video API: the key, the money that orders spend, the models on offer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from hmac import compare_digest

from sandbox.video_api import errors as refusals
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.errors import Problem
from sandbox.video_api.model_ends import UNLISTED, ModelEnd, problem_of, refusal_of
from sandbox.video_api.model_rules import MODELS
from sandbox.video_api.openrouter_models import OPENROUTER_MODELS
from sandbox.video_api.order_rules import model_gone_from


class Billing(StrEnum):
    """How the API tells its customer what is left."""

    #: A limit on one page, what was used of it on another, in cents: OpenAI's old pages, as relays keep them.
    TWO_PAGES = "two_pages"
    #: The same, wrapped in `data`, its numbers written as text.
    WRAPPED = "wrapped"
    #: What is left and used on the first page; there is no other.
    ONE_PAGE = "one_page"
    #: 401: these pages are for browsers. The key is good all the same.
    FOR_BROWSERS = "for_browsers"
    #: 404: there are no such pages.
    NONE = "none"


class CostsTold(StrEnum):
    """How a look at a finished video tells what it cost."""

    #: Not at all.
    NOT = "not"
    #: `usage.cost`, in dollars: OpenRouter's way.
    USAGE = "usage"
    #: `billing`, a list of charges: Kling's new API's way.
    BILLING = "billing"
    #: `cost`, of whatever: apimart's way.
    PLAIN = "plain"


#: What each dialect's API offers.
OFFERED = {
    dialect: tuple(models) for dialect, models in (*MODELS.items(), (Dialect.OPENROUTER, OPENROUTER_MODELS))
}
#: How each dialect's API tells it, and in which money, if it says.
BILLINGS = {
    Dialect.YIBU: (Billing.TWO_PAGES, None),
    Dialect.NEWAPI: (Billing.TWO_PAGES, "USD"),
    Dialect.OPENAI: (Billing.FOR_BROWSERS, None),
    Dialect.LEGACY: (Billing.WRAPPED, None),
    # Its page about the key tells everybody, the one about the account management keys only.
    Dialect.OPENROUTER: (Billing.ONE_PAGE, None),
}


@dataclass(slots=True, kw_only=True)
class Account:
    """What its owner may change at any moment, for the next request to meet.

    `balance` is what is left (None: no limit), in `currency` if the API tells one (USD, CNY, TOKENS), else in dollars.
    With `key_refused` the key is a wrong one, with `key_spent` a right one that has spent its own credit. It has the
    `offered` models, all that its dialect knows if none are named, and lists them in this order; the `withdrawn` ones
    are neither listed nor taken, the `retired` ones end each in its own way; with `lists_models` off there is no list.
    `shutdown_dates` (`2026-12-01`) are told there by the dialect of whoever has the models himself.
    """

    dialect: Dialect
    api_key: str = field(repr=False)
    offered: Sequence[str] = ()
    balance: Decimal | None = None
    used: Decimal = Decimal(0)
    price: Decimal = Decimal("0.5")
    key_refused: bool = False
    key_spent: bool = False
    withdrawn: set[str] = field(default_factory=set)
    retired: dict[str, ModelEnd] = field(default_factory=dict)
    shutdown_dates: dict[str, str] = field(default_factory=dict)
    costs_told: CostsTold = CostsTold.NOT
    lists_models: bool = True
    billing: Billing = field(init=False)
    currency: str | None = field(init=False)

    def __post_init__(self) -> None:
        self.offered = self.offered or OFFERED[self.dialect]
        self.billing, self.currency = BILLINGS[self.dialect]

    @property
    def models(self) -> Sequence[str]:
        """The names of the models that are listed."""
        unlisted = {name for name, end in self.retired.items() if end in UNLISTED}
        return [name for name in self.offered if self.has(name) and name not in unlisted]

    def has(self, model: str) -> bool:
        """Whether the model is one of its own, whatever has become of it."""
        return model in self.offered and model not in self.withdrawn

    def admit(self, headers: Mapping[str, str]) -> None:
        """Let a request in by its Authorization.

        Raises:
            Refusal: The key is wrong or spent.
        """
        given = headers.get("authorization", "")
        is_right = compare_digest(given.encode(), f"Bearer {self.api_key}".encode())
        if self.key_refused or not is_right:
            raise refusals.bad_key()
        if self.key_spent:
            raise refusals.key_spent()

    def charge(self, model: str, price: Decimal | None = None) -> None:
        """Take the price of an order of `model`, the account's own if there is no other.

        Raises:
            Refusal: The model is withdrawn or retired, or there is not enough left; nothing is taken.
        """
        if not self.has(model):
            raise model_gone_from(self.dialect, model)
        if (refusal := refusal_of(model, self.retired.get(model))) is not None:
            raise refusal
        price = self.price if price is None else price
        if self.balance is not None:
            if self.balance < price:
                raise self._too_poor(self.balance)
            self.balance -= price
        self.used += price

    def problem_with(self, model: str) -> Problem | None:
        """What an order of the model that was taken fails of, if of anything."""
        return problem_of(model, self.retired.get(model))

    def told_cost(self) -> Mapping[str, object]:
        """What a look at a finished video adds about its cost."""
        price = float(self.price)
        match self.costs_told:
            case CostsTold.NOT:
                return {}
            case CostsTold.USAGE:
                return {"usage": {"cost": price, "is_byok": False}}
            case CostsTold.BILLING:
                return {"billing": [{"amount": str(self.price), "charge_type": "cash", "package_type": ""}]}
            case CostsTold.PLAIN:
                return {"cost": price}

    def _too_poor(self, balance: Decimal) -> refusals.Refusal:
        if self.dialect is Dialect.OPENAI:
            return refusals.quota_exceeded()
        return refusals.quota_spent(left=balance, price=self.price)
