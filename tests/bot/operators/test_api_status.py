"""Asking the video API about our account: what it tells, or a sentence on why it does not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from decimal import Decimal

import pytest

from bot.operators.monitor import inquire
from domain.api_status import ApiReport, Balance, BalanceUnit, listed
from sandbox.video_api.account import Billing
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.server import VideoApiSandbox, running
from tests.bot.conftest import KEY
from upstream.openai.client import OpenAIVideos


@pytest.fixture
def video_api() -> VideoApiSandbox:
    return VideoApiSandbox(api_key=KEY)


@pytest.fixture
async def api(video_api: VideoApiSandbox) -> AsyncIterator[OpenAIVideos]:
    async with running(video_api) as origins, OpenAIVideos(origins.api, KEY) as api:
        yield api


async def test_what_the_api_tells_is_reported(video_api: VideoApiSandbox, api: OpenAIVideos) -> None:
    account = video_api.account
    account.balance, account.used, account.currency = Decimal("12.5"), Decimal(3), "CNY"
    assert await inquire(api) == ApiReport(
        balance=Balance(left=Decimal("12.5"), used=Decimal(3), unit=BalanceUnit.CNY),
        models=listed(account.models),
    )
    account.billing, account.lists_models = Billing.NONE, False
    assert await inquire(api) == ApiReport()


async def test_why_it_does_not_tell_is_reported(video_api: VideoApiSandbox, api: OpenAIVideos) -> None:
    video_api.account.key_refused = True
    assert (await inquire(api)).problem.startswith("the API answered 401")
    video_api.account.key_refused = False
    video_api.faults.add(VideoFault(kind=FaultKind.HELD_BEFORE, on=Route.SUBSCRIPTION))
    assert await inquire(api, patience=0.05) == ApiReport(problem="no answer within 0.05 seconds")
    video_api.faults.release()
