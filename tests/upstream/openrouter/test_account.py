"""OpenRouter about our account: whether the key is let in, what is left, which models make videos."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route as HttpRoute

from domain.api_status import Balance, ListedModel
from domain.order_form import PhotoRole
from domain.size import Size
from sandbox.serving import serving
from sandbox.video_api.account import Billing
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.openrouter_models import OPENROUTER_MODELS
from tests.upstream.conftest import FarSide, Reach
from upstream.errors import Busy, Garbled, KeyRefused, NoCredit, Unreachable, VideoApiError
from upstream.openrouter.client import OpenRouterVideos


@pytest.fixture
async def far(reach: Reach) -> FarSide:
    return await reach(Dialect.OPENROUTER)


@asynccontextmanager
async def answering(**pages: object) -> AsyncIterator[OpenRouterVideos]:
    """Serve these pages by the last part of their path; a text is a web page."""

    async def answer(request: Request) -> Response:
        page = pages.get(request.url.path.rpartition("/")[2])
        if page is None:
            return JSONResponse({"error": {"code": 404, "message": "Not Found"}}, 404)
        return HTMLResponse(page) if isinstance(page, str) else JSONResponse(page)

    async with (
        serving(Starlette(routes=[HttpRoute("/{path:path}", answer)])) as origin,
        OpenRouterVideos(f"{origin}/api", "key") as client,
    ):
        yield client


# The key


async def test_a_check_orders_nothing(far: FarSide) -> None:
    await far.client.check()
    assert (far.api.orders, far.api.requests) == ([], {Route.SUBSCRIPTION: 1})


async def test_a_check_with_a_wrong_key_says_so(reach: Reach) -> None:
    far = await reach(Dialect.OPENROUTER, key="sk-of-somebody-else")
    with pytest.raises(KeyRefused):
        await far.client.check()


async def test_a_check_with_a_key_that_has_nothing_left_says_so(far: FarSide) -> None:
    far.api.account.balance = Decimal(0)
    with pytest.raises(NoCredit):
        await far.client.check()


TROUBLES: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.RATE_LIMITED: Busy,
    FaultKind.SERVER_ERROR: Garbled,
    FaultKind.GATEWAY_PAGE: Garbled,
    FaultKind.HTML_IN_OK: Garbled,
    FaultKind.EMPTY_BODY: Garbled,
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.PAYMENT_REQUIRED: NoCredit,
    FaultKind.RESET_BEFORE: Unreachable,
}


@pytest.mark.parametrize(("kind", "expected"), TROUBLES.items(), ids=TROUBLES)
async def test_a_check_in_trouble_says_what_it_is(
    far: FarSide, kind: FaultKind, expected: type[VideoApiError]
) -> None:
    far.api.faults.add(VideoFault(kind=kind, on=Route.SUBSCRIPTION))
    with pytest.raises(expected):
        await far.client.check()


ELSEWHERE: dict[str, object] = {
    "a web page": "<p>hello</p>",
    "JSON of another kind": {"object": "list", "data": []},
    "another API, without such a page": None,
}


@pytest.mark.parametrize("page", ELSEWHERE.values(), ids=ELSEWHERE)
async def test_a_check_of_what_is_no_openrouter_says_so(page: object) -> None:
    async with answering(key=page) as client:
        with pytest.raises(Garbled, match="is no OpenRouter"):
            await client.check()


# The balance


async def test_an_order_takes_its_price_off_the_balance(far: FarSide) -> None:
    far.api.account.balance = Decimal(10)
    before = await far.client.find_balance()
    await far.client.create(far.order())
    after = await far.client.find_balance()
    assert (before, after) == (
        Balance(left=Decimal(10), used=Decimal(0)),
        Balance(left=Decimal("9.7915"), used=Decimal("0.2085")),
    )


@pytest.mark.parametrize(
    ("billing", "expected"),
    [
        (Billing.ONE_PAGE, Balance(left=Decimal("3.5"), used=Decimal("1.5"))),
        (Billing.TWO_PAGES, Balance(left=Decimal("3.5"), used=Decimal("1.5"))),
        (Billing.NONE, None),
    ],
)
async def test_a_balance_is_told_by_the_page_that_is_for_our_key(
    far: FarSide, billing: Billing, expected: Balance | None
) -> None:
    account = far.api.account
    account.balance, account.used, account.billing = Decimal("3.5"), Decimal("1.5"), billing
    assert await far.client.find_balance() == expected


async def test_of_a_limited_key_and_a_poor_account_the_lesser_counts() -> None:
    key = {"data": {"limit": 50, "limit_remaining": 40, "usage": 10}}
    account = {"data": {"total_credits": 20.5, "total_usage": 18}}
    async with answering(key=key, credits=account) as client:
        assert await client.find_balance() == Balance(left=Decimal("2.5"), used=Decimal(18))


async def test_a_wrong_key_has_no_balance(far: FarSide) -> None:
    far.api.account.key_refused = True
    with pytest.raises(KeyRefused):
        await far.client.find_balance()


# The models


async def test_models_are_listed_with_all_that_is_told_of_them(far: FarSide) -> None:
    models = await far.client.list_models()
    assert models is not None
    assert list(models) == list(OPENROUTER_MODELS)
    assert models["google/veo-3.1"] == ListedModel(
        name="google/veo-3.1",
        lengths=(4, 6, 8),
        sizes=(Size(1280, 720), Size(720, 1280), Size(1920, 1080), Size(1080, 1920)),
        resolutions=("720p", "1080p", "4K"),
        ratios=(Size(16, 9), Size(9, 16)),
        photo_roles=frozenset({PhotoRole.FIRST_FRAME, PhotoRole.LAST_FRAME}),
        sound=True,
        costs={
            "duration_seconds_with_audio": Decimal("0.40"),
            "duration_seconds_with_audio_4k": Decimal("0.60"),
            "duration_seconds_without_audio": Decimal("0.20"),
            "duration_seconds_without_audio_4k": Decimal("0.40"),
        },
    )
    grok = models["x-ai/grok-imagine-video-1.5"]
    assert (grok.sizes, grok.sound, grok.lengths) == ((), None, tuple(range(1, 16)))


async def test_a_withdrawn_model_is_not_listed(far: FarSide) -> None:
    far.api.account.withdrawn.add("google/veo-3.1")
    models = await far.client.list_models()
    assert models is not None
    assert "google/veo-3.1" not in models


async def test_without_a_list_nothing_is_known(far: FarSide) -> None:
    far.api.account.lists_models = False
    assert await far.client.list_models() is None


async def test_what_makes_no_sense_in_the_list_is_left_out() -> None:
    odd = {
        "id": "a/b",
        "supported_durations": [5, 0, -1, True, "8", 10**9, None],
        "supported_resolutions": ["720p", 1, "x" * 100],
        "supported_aspect_ratios": ["16:9", "wide", "0:0"],
        "supported_sizes": "1280x720",
        "supported_frame_images": ["first_frame", "middle_frame", {}],
        "generate_audio": "yes",
        "pricing_skus": {"duration_seconds": "0.1", "free": None, "odd": "a lot", "more": {}},
    }
    async with answering(models={"data": [odd, {"id": " "}, {"id": 7}, "x", None, {}]}) as client:
        assert await client.list_models() == {
            "a/b": ListedModel(
                name="a/b",
                lengths=(5,),
                resolutions=("720p",),
                ratios=(Size(16, 9),),
                photo_roles=frozenset({PhotoRole.FIRST_FRAME}),
                costs={"duration_seconds": Decimal("0.1")},
            )
        }
