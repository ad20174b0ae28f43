"""The account: its balance and its models, as every dialect and some odd APIs tell them; and how it breaks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from datetime import date
from decimal import Decimal

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route as HttpRoute

from domain.api_status import Balance, BalanceUnit, ListedModel
from domain.failures import FailureReason
from sandbox.serving import serving
from sandbox.video_api.account import Account, Billing
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.upstream.conftest import Reach
from upstream.errors import (
    AccountBroken,
    Busy,
    Garbled,
    KeyRefused,
    ModelGone,
    NoCredit,
    Unreachable,
    VideoApiError,
)
from upstream.openai.client import OpenAIVideos

Ask = Callable[[Mapping[str, object]], Awaitable[OpenAIVideos]]

every_dialect = pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
SUBSCRIPTION = "/v1/dashboard/billing/subscription"
USAGE = "/v1/dashboard/billing/usage"
LISTED = {
    Dialect.YIBU: {"sora-2", "sora-2-pro", "veo_3_1-fast"},
    Dialect.NEWAPI: {"sora-2", "sora-2-pro", "veo_3_1-fast"},
    Dialect.OPENAI: {"sora-2", "sora-2-pro"},
    Dialect.LEGACY: {"sora-2", "sora-2-pro", "veo_3_1-fast"},
}


@pytest.fixture
async def ask(key: str) -> AsyncIterator[Ask]:
    """Open a client of an API that has these JSON pages (or these answers) and no others."""
    pages: dict[str, object] = {}
    strangers: list[str] = []

    async def answer(request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {key}":
            strangers.append(request.url.path)
        match pages.get(request.url.path):
            case None:
                return JSONResponse({"error": {"message": "Invalid URL"}}, 404)
            case tuple((int(number), body)):
                return JSONResponse(body, number)
            case str(html):
                return HTMLResponse(html)
            case body:
                return JSONResponse(body)

    app = Starlette(routes=[HttpRoute("/{path:path}", answer)])
    async with serving(app) as origin, OpenAIVideos(origin, key) as client:

        async def with_pages(new: Mapping[str, object]) -> OpenAIVideos:
            pages.update(new)
            return client

        yield with_pages
    assert strangers == []


# The balance


@every_dialect
async def test_an_order_takes_its_price_off_the_balance(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    far.api.account.balance = Decimal(10)
    before = await far.client.find_balance()
    await far.client.create(far.order())
    after = await far.client.find_balance()
    told = dialect is not Dialect.OPENAI
    assert (before, after) == (
        Balance(left=Decimal(10), used=Decimal(0)) if told else None,
        Balance(left=Decimal("9.5"), used=Decimal("0.5")) if told else None,
    )


@pytest.mark.parametrize("billing", Billing)
async def test_a_balance_is_read_however_it_is_told(reach: Reach, billing: Billing) -> None:
    far = await reach()
    account = far.api.account
    account.balance, account.used, account.billing = Decimal("3.61"), Decimal("1.39"), billing
    is_told = billing not in {Billing.NONE, Billing.FOR_BROWSERS}
    expected = Balance(left=Decimal("3.61"), used=Decimal("1.39"), unit=BalanceUnit.USD)
    assert await far.client.find_balance() == (expected if is_told else None)


@pytest.mark.parametrize("billing", [Billing.TWO_PAGES, Billing.WRAPPED, Billing.ONE_PAGE])
async def test_an_account_without_a_limit_has_no_end(reach: Reach, billing: Billing) -> None:
    far = await reach()
    far.api.account.used, far.api.account.billing = Decimal(7), billing
    balance = await far.client.find_balance()
    assert balance == Balance(left=None, used=Decimal(7))
    assert not balance.is_gone


@pytest.mark.parametrize(
    ("currency", "unit"),
    [
        ("USD", BalanceUnit.USD),
        ("CNY", BalanceUnit.CNY),
        ("TOKENS", BalanceUnit.POINTS),
        ("CUSTOM", BalanceUnit.USD),
        (None, BalanceUnit.USD),
    ],
)
async def test_the_unit_is_what_the_api_says_it_counts_in(
    reach: Reach, currency: str | None, unit: BalanceUnit
) -> None:
    far = await reach()
    far.api.account.balance, far.api.account.currency = Decimal(8), currency
    assert await far.client.find_balance() == Balance(left=Decimal(8), used=Decimal(0), unit=unit)


@pytest.mark.parametrize(("left", "is_gone"), [("-0.01", True), ("0", True), ("0.01", False)])
async def test_a_balance_is_gone_when_nothing_is_left(
    reach: Reach,
    left: str,
    is_gone: bool,  # noqa: FBT001 - a table
) -> None:
    far = await reach()
    far.api.account.balance = Decimal(left)
    balance = await far.client.find_balance()
    assert balance is not None
    assert (balance.left, balance.is_gone) == (Decimal(left), is_gone)


ODD: dict[str, tuple[Mapping[str, object], Balance | None]] = {
    "one page that tells all": (
        {SUBSCRIPTION: {"hard_limit_usd": 5, "used_usd": 1.394104, "balance_usd": 3.605896}},
        Balance(left=Decimal("3.605896"), used=Decimal("1.394104")),
    ),
    "text with a sign": (
        {SUBSCRIPTION: {"hard_limit_usd": "$20.00"}, USAGE: {"total_usage": "150.5"}},
        Balance(left=Decimal("18.495"), used=Decimal("1.505")),
    ),
    "a currency of its own": (
        {SUBSCRIPTION: {"data": {"balance": 9.5, "currency": "rmb"}}},
        Balance(left=Decimal("9.5"), unit=BalanceUnit.CNY),
    ),
    "without a limit": (
        {SUBSCRIPTION: {"remain_balance": -1, "used_balance": 2, "unlimited_quota": True}},
        Balance(left=None, used=Decimal(2)),
    ),
    "very many points": (
        {
            SUBSCRIPTION: {"hard_limit_usd": 150_000_000},
            USAGE: {"total_usage": 2_500_000_000},
            "/api/status": {"data": {"quota_display_type": "TOKENS"}},
        },
        Balance(left=Decimal(125_000_000), used=Decimal(25_000_000), unit=BalanceUnit.POINTS),
    ),
    "a limit and no word of what was used": ({SUBSCRIPTION: {"hard_limit_usd": 5}}, None),
    "nulls": ({SUBSCRIPTION: {"hard_limit_usd": None, "balance_usd": None}}, None),
    "no numbers": ({SUBSCRIPTION: {"hard_limit_usd": "lots", "balance_usd": True}}, None),
    "not a number": ({SUBSCRIPTION: {"hard_limit_usd": "NaN"}}, None),
    "beyond all numbers": ({SUBSCRIPTION: {"balance_usd": "1e999999999", "used_usd": "-1e999999999"}}, None),
    "more digits than a number has": ({SUBSCRIPTION: {"balance_usd": 10**400}}, None),
    "a list": ({SUBSCRIPTION: [1, 2]}, None),
    "a web page": ({SUBSCRIPTION: "<!doctype html><title>Console</title>"}, None),
    "forbidden": ({SUBSCRIPTION: (403, {"error": {"message": "Only for the owner."}})}, None),
    "for keys of other rights": (
        {
            SUBSCRIPTION: (
                401,
                {"error": {"message": "You have insufficient permissions. Missing scopes: x."}},
            )
        },
        None,
    ),
}


@pytest.mark.parametrize(("pages", "expected"), ODD.values(), ids=ODD)
async def test_a_balance_is_read_from_odd_pages_or_is_not_told(
    ask: Ask, pages: Mapping[str, object], expected: Balance | None
) -> None:
    assert await (await ask(pages)).find_balance() == expected


# The models


@every_dialect
async def test_models_are_listed_until_they_are_withdrawn(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    before = await far.client.list_models()
    far.api.account.withdrawn.add("sora-2")
    after = await far.client.list_models()
    assert before is not None
    assert after is not None
    assert (LISTED[dialect] <= before.keys(), before.keys() - after) == (True, {"sora-2"})


async def test_an_api_without_a_list_tells_no_models(reach: Reach) -> None:
    far = await reach()
    far.api.account.lists_models = False
    assert await far.client.list_models() is None


MODEL_LISTS: dict[str, tuple[object, frozenset[str] | None]] = {
    "with strangers": ({"data": [{"id": "sora-2"}, {"id": 1}, 7, {"id": " "}]}, frozenset({"sora-2"})),
    "names alone": ({"success": True, "data": ["sora-2", "veo_3_1"]}, frozenset({"sora-2", "veo_3_1"})),
    "another word": ({"models": [{"name": "sora-2"}]}, frozenset({"sora-2"})),
    "bare": ([{"model": "sora-2"}], frozenset({"sora-2"})),
    "empty": ({"data": []}, None),
    "something else": ({"models": {}}, None),
    "a web page": ("<!doctype html><title>Console</title>", None),
}


@pytest.mark.parametrize(("page", "expected"), MODEL_LISTS.values(), ids=MODEL_LISTS)
async def test_the_names_of_the_models_are_read(
    ask: Ask, page: object, expected: frozenset[str] | None
) -> None:
    found = await (await ask({"/v1/models": page})).list_models()
    assert (None if found is None else frozenset(found)) == expected


SHUTDOWNS: dict[str, tuple[object, date | None]] = {
    "a day": ("2026-12-01", date(2026, 12, 1)),
    "null": (None, None),
    "a day that there is not": ("2026-02-30", None),
    "a day and an hour": ("2026-12-01T00:00:00Z", None),
    "a week": ("2026-W49-2", None),
    "in digits of another script": ("٢٠٢٦-١٢-٠١", None),
    "a number": (20261201, None),
    "a list": (["2026-12-01"], None),
    "without end": ("2026-12-01" * 10_000, None),
}


@pytest.mark.parametrize(("told", "expected"), SHUTDOWNS.values(), ids=SHUTDOWNS)
async def test_the_day_of_a_models_end_is_read_if_it_is_one(
    ask: Ask, told: object, expected: date | None
) -> None:
    page = {"object": "list", "data": [{"id": "sora-2", "shutdown_date": told}, {"id": "veo"}]}
    assert await (await ask({"/v1/models": page})).list_models() == {
        "sora-2": ListedModel(name="sora-2", shutdown_date=expected),
        "veo": ListedModel(name="veo"),
    }


async def test_openai_tells_when_its_models_end(reach: Reach) -> None:
    far = await reach(Dialect.OPENAI)
    far.api.account.shutdown_dates["sora-2"] = "2026-12-01"
    listed = await far.client.list_models()
    assert listed is not None
    assert {name: model.shutdown_date for name, model in listed.items()} == {
        "sora-2": date(2026, 12, 1),
        "sora-2-pro": None,
    }


# What can be wrong

TROUBLES = [
    (FaultKind.BAD_KEY, KeyRefused),
    (FaultKind.KEY_SPENT, NoCredit),
    (FaultKind.PAYMENT_REQUIRED, NoCredit),
    (FaultKind.QUOTA_SPENT, NoCredit),
    (FaultKind.RATE_LIMITED, Busy),
    (FaultKind.OVERLOADED, Busy),
    (FaultKind.GATEWAY_PAGE, Garbled),
    (FaultKind.RESET_BEFORE, Unreachable),
]


@pytest.mark.parametrize(("kind", "expected"), TROUBLES, ids=[kind.value for kind, _ in TROUBLES])
@pytest.mark.parametrize("on", [Route.MODELS, Route.SUBSCRIPTION, Route.USAGE])
async def test_trouble_is_not_taken_for_a_missing_page(
    reach: Reach, on: Route, kind: FaultKind, expected: type[VideoApiError]
) -> None:
    far = await reach()
    far.api.faults.add(VideoFault(kind=kind, on=on))
    with pytest.raises(expected):
        await (far.client.list_models() if on is Route.MODELS else far.client.find_balance())


def refuse_the_key(account: Account) -> None:
    account.key_refused = True


def empty_the_purse(account: Account) -> None:
    account.balance = Decimal(0)


def spend_the_key(account: Account) -> None:
    account.key_spent = True


def withdraw_the_model(account: Account) -> None:
    account.withdrawn.add("sora-2")


BROKEN = [
    (refuse_the_key, KeyRefused, FailureReason.KEY_REFUSED),
    (empty_the_purse, NoCredit, FailureReason.NO_CREDIT),
    (spend_the_key, NoCredit, FailureReason.NO_CREDIT),
    (withdraw_the_model, ModelGone, FailureReason.MODEL_GONE),
]


@every_dialect
@pytest.mark.parametrize(
    ("breaks", "error", "reason"), BROKEN, ids=[breaks.__name__ for breaks, *_ in BROKEN]
)
async def test_an_order_of_a_broken_account_says_what_is_broken_and_nothing_is_ordered(
    reach: Reach,
    dialect: Dialect,
    breaks: Callable[[Account], None],
    error: type[AccountBroken],
    reason: FailureReason,
) -> None:
    far = await reach(dialect)
    source = await far.completed()
    breaks(far.api.account)
    for order in (far.client.create(far.order()), far.client.remix(source.id, "at night", model="sora-2")):
        with pytest.raises(AccountBroken) as caught:
            await order
        assert (type(caught.value), caught.value.reason) == (error, reason)
    assert len(far.api.orders) == 1
