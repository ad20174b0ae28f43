"""Hostile answers: whatever comes ends in an error of ours, soon, and nobody else waits for it."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

import upstream
from domain.api_status import ListedModel
from domain.money import Money
from domain.size import Size
from tests.upstream.hostile import hostile_server
from upstream.answers import parse
from upstream.api import Order, Video, VideoApi, VideoStatus
from upstream.calls import Timeouts
from upstream.errors import KeyRefused, TryLater, VideoApiError
from upstream.registry import CLIENTS, OpenApi

ROUNDS = 350
#: Of the processor's time; the slowest answer takes a fortieth of it.
LONGEST_SECONDS = 2.0
ORDER = Order(model="m", prompt="p", seconds=10, size=Size(720, 1280))


def calls(api: VideoApi, random: Random, path: Path) -> dict[str, Callable[[], Awaitable[object]]]:
    def told() -> Video:
        url = random.choice((None, "https://cdn.example/x", "/v1/videos/x/content", "http://["))
        return Video(id=random.choice(("v", "a/b", "../x", "é")), status=VideoStatus.COMPLETED, url=url)

    return {
        "create": lambda: api.create(ORDER),
        "remix": lambda: api.remix("v", "p", model="m"),
        "retrieve": lambda: api.retrieve("v"),
        "download": lambda: api.download(told(), path),
        "check": api.check,
        "find_balance": api.find_balance,
        "list_models": api.list_models,
        "find": lambda: api.find("k"),
    }


def assert_sane(came: object) -> None:
    """Whatever was believed can be written down, shown and counted."""
    match came:
        case Video(cost=Money(amount=amount, currency=currency)):
            assert 0 <= amount < 10_000
            assert len(f"{amount:f}") < 60
            assert currency is None or re.fullmatch(r"[A-Z]{3}", currency)
        case dict():
            models = [model for model in came.values() if isinstance(model, ListedModel)]
            assert all(model.shutdown_date is None or type(model.shutdown_date) is date for model in models)
            assert len(models) == len(came)


@pytest.mark.parametrize("open_api", CLIENTS.values(), ids=CLIENTS)
async def test_thousands_of_hostile_answers_end_in_errors_of_ours_and_take_no_time(
    open_api: OpenApi, path: Path
) -> None:
    random = Random(20261127)  # noqa: S311 - the same answers each time
    outcomes: Counter[str] = Counter()
    slowest, unfound = 0.0, list[VideoApiError]()
    timeouts = Timeouts(connect=5, order=20, look=20, stall=5, clip=20)
    async with (
        hostile_server(random) as origin,
        open_api(origin, SecretStr("sk-key"), timeouts=timeouts, order_key_header="Idempotency-Key") as api,
    ):
        for _ in range(ROUNDS):
            for name, call in calls(api, random, path).items():
                began = time.process_time()
                try:
                    came = await call()
                except VideoApiError as error:
                    outcomes[f"{name} goes wrong"] += 1
                    unfound += (
                        [error] if name == "find" and not isinstance(error, TryLater | KeyRefused) else []
                    )
                else:
                    outcomes[name] += 1
                    assert_sane(came)
                slowest = max(slowest, time.process_time() - began)
    assert (slowest < LONGEST_SECONDS, unfound) == (True, [])
    assert {name for name in outcomes if outcomes[name] < 5} == set()


# Texts


def patterns() -> dict[str, re.Pattern[str]]:
    """Return every regular expression of these modules, by where it stands."""
    found: dict[str, re.Pattern[str]] = {}
    modules = [module.name for module in walk_packages(upstream.__path__, "upstream.")]
    for module in (*modules, "domain.own_words", "domain.stated_causes"):
        for name, value in vars(import_module(module)).items():
            rows = value if isinstance(value, tuple) else (value,)
            cells = [cell for row in rows for cell in (row if isinstance(row, tuple) else (row,))]
            for pattern in (cell for cell in cells if isinstance(cell, re.Pattern)):
                found[f"{name}: {pattern.pattern[:30]}"] = pattern
    return found


PATTERNS = patterns()
#: What makes patterns go back and forth: much of what they repeat, and not what they look for behind it.
RUNS = (" ", ",", ". ", "(", "<", "< ", "-", "[ ", "http://", "https://:", "https://a@", "bearer ", "sk-", "req_",
        "request id ", "request_id:", "model ", "models", "insufficient ", "exceeded", "violates ", "public_error_",
        'prompt "', "prompt: ", "提示词：", '"a b c ', "models/", "model a", "model `", "auth ", "a1 is ", "模型a",
        "credits are ", "task ", "video (", "concurrent", "not ", "模型", "额度", "令牌", "价格", "a")  # fmt: skip


def test_the_patterns_are_found() -> None:
    assert len(PATTERNS) > 20


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_no_pattern_takes_longer_than_the_text_is_long(pattern: re.Pattern[str]) -> None:
    texts = [("a" + run * 100_000)[:20_000] + "!" for run in RUNS]
    began = time.process_time()
    for text in texts:
        pattern.sub("", text)
    # A pattern that is quadratic takes minutes, one that is linear a few milliseconds.
    assert time.process_time() - began < LONGEST_SECONDS


def nested(depth: int, *, in_: str) -> object:
    """Return JSON in so many layers of objects and lists."""
    inner: object = "x"
    for _ in range(depth):
        inner = [{in_: inner}]
    return {in_: inner, "id": "video_1", "status": "completed"}


@pytest.mark.parametrize(
    "key", ["url", "error", "code", "data", "detail", "message", "status", "video", "id"]
)
def test_no_depth_breaks_the_reading(key: str) -> None:
    assert parse.read_video(nested(5_000, in_=key)).progress is None


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "id",
                    "task_id",
                    "prompt",
                    "usage",
                    "cost",
                    "billing",
                    "amount",
                    "charge_type",
                    "status",
                    "progress",
                    "url",
                    "error",
                    "data",
                    "detail",
                    "code",
                    "message",
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=25,
)


@given(any_json)
def test_no_json_whatsoever_breaks_the_reading(body: object) -> None:
    video = parse.read_video(body)
    assert video.progress is None or 0 <= video.progress <= 100
    assert video.cost is None or 0 <= video.cost.amount < 10_000
    assert video.complaint is None or video.complaint.words is not None
    assert parse.parse(json.dumps({"id": video.id}).encode()) == {"id": video.id}
