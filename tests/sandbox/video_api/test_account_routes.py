"""The pages about the customer's account, as a stock HTTP client gets them."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from decimal import Decimal

import httpx
import pytest

from sandbox.video_api.account import Billing
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import Route
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox

CustomerOf = Callable[[VideoApiSandbox], AbstractAsyncContextManager[httpx.AsyncClient]]
ORDER = {"model": "sora-2", "prompt": "a cat surfing", "seconds": "10", "size": "16x9"}
SUBSCRIPTION = "/v1/dashboard/billing/subscription"
USAGE = "/v1/dashboard/billing/usage"


async def order(customer: httpx.AsyncClient) -> httpx.Response:
    return await customer.post("/v1/videos", files=[(name, (None, value)) for name, value in ORDER.items()])


@pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
async def test_models_are_listed(dialect: Dialect, renderer: Renderer, customer_of: CustomerOf) -> None:
    video_api = VideoApiSandbox(dialect=dialect, renderer=renderer)
    video_api.account.withdrawn.add("sora-2-pro")
    async with customer_of(video_api) as customer:
        names = {model["id"] for model in (await customer.get("/v1/models")).json()["data"]}
    assert ("sora-2" in names, "sora-2-pro" in names, "veo_3_1" in names) == (
        True,
        False,
        dialect is not Dialect.OPENAI,
    )


async def test_an_api_need_not_list_its_models(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.account.lists_models = False
    answer = await customer.get("/v1/models")
    assert (answer.status_code, answer.json()["error"]["message"]) == (404, "Invalid URL (GET /v1/models)")


async def test_orders_spend_the_balance_until_there_is_none(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.account.balance = Decimal("1.2")
    statuses = [(await order(customer)).status_code for _ in range(3)]
    limit = (await customer.get(SUBSCRIPTION)).json()["hard_limit_usd"]
    cents = (await customer.get(USAGE)).json()["total_usage"]
    assert (statuses, limit, cents) == ([200, 200, 403], 1.2, 100.0)
    assert (len(video_api.orders), video_api.account.balance) == (2, Decimal("0.2"))


async def test_no_limit_is_a_very_large_one(customer: httpx.AsyncClient) -> None:
    assert (await customer.get(SUBSCRIPTION)).json()["hard_limit_usd"] == 100_000_000


BILLINGS: dict[Billing, tuple[int, int, Callable[[dict[str, object]], object], object]] = {
    Billing.TWO_PAGES: (200, 200, lambda page: page["hard_limit_usd"], 5.0),
    Billing.WRAPPED: (200, 200, lambda page: page["data"]["hard_limit_usd"], "5"),  # type: ignore[index]  # JSON
    Billing.ONE_PAGE: (200, 404, lambda page: (page["balance_usd"], page["used_usd"]), (4.0, 1.0)),
    Billing.FOR_BROWSERS: (401, 401, lambda page: "session key" in str(page), True),
    Billing.NONE: (404, 404, lambda page: "Invalid URL" in str(page), True),
}


@pytest.mark.parametrize("billing", Billing)
async def test_the_balance_is_told_in_several_ways(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, billing: Billing
) -> None:
    account = video_api.account
    account.balance, account.used, account.billing = Decimal(4), Decimal(1), billing
    first, second = await customer.get(SUBSCRIPTION), await customer.get(USAGE)
    *statuses, shown, expected = BILLINGS[billing]
    assert [first.status_code, second.status_code] == statuses
    assert shown(first.json()) == expected


@pytest.mark.parametrize(("currency", "status"), [("CNY", 200), (None, 404)])
async def test_what_it_counts_in_is_told_to_anybody_if_at_all(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient, currency: str | None, status: int
) -> None:
    video_api.account.currency = currency
    async with httpx.AsyncClient(base_url=customer.base_url) as stranger:
        answer = await stranger.get("/api/status")
    told = answer.json().get("data", {}).get("quota_display_type")
    assert (answer.status_code, told) == (status, currency)


async def test_a_refused_key_opens_no_page_and_orders_nothing(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    video_api.account.key_refused = True
    answers = [await customer.get(page) for page in ("/v1/models", SUBSCRIPTION, USAGE, "/v1/videos/video_1")]
    answers.append(await order(customer))
    assert [answer.status_code for answer in answers] == [401] * 5
    assert (video_api.orders, video_api.requests) == ([], {})


async def test_questions_about_the_account_are_counted(
    video_api: VideoApiSandbox, customer: httpx.AsyncClient
) -> None:
    for page in ("/v1/models", SUBSCRIPTION, USAGE):
        await customer.get(page)
    assert video_api.requests == {Route.MODELS: 1, Route.SUBSCRIPTION: 1, Route.USAGE: 1}
