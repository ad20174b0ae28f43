"""The poller when Telegram fails: it goes on, after pauses, and one bad update stops no other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from structlog.testing import capture_logs

from bot.settings import Settings
from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from tests.bot.handling import Handling, polling

POISON: list[dict[str, Any]] = [
    {"message": {"message_id": "no number", "chat": 7}},
    {"message": {"message_id": 1, "date": 10**30, "chat": {"id": 1, "type": "private"}}},
    {"message": []},
    {"callback_query": {"id": "1", "from": "nobody"}},
]


@pytest.mark.parametrize("poison", POISON)
async def test_an_update_that_cannot_be_read_is_passed_over(
    settings: Settings,
    handling: Handling,
    telegram: TelegramSandbox,
    chat: Chat,
    person: User,
    *,
    poison: dict[str, Any],
) -> None:
    telegram.say(chat, person, "before")
    telegram.inject_update(poison)
    telegram.say(chat, person, "after")
    with capture_logs() as logs:
        async with polling(settings, handling):
            await handling.until(lambda: handling.done == ["before", "after"])
            await telegram.until(lambda: not len(telegram.state.updates))

    passed_over = [line["event"] for line in logs if line["log_level"] == "error"]
    assert passed_over == ["an update cannot be read and is passed over"]


async def test_an_update_of_a_kind_yet_to_come_does_no_harm(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    telegram.inject_update({"telepathy": {"from": 1}})
    telegram.say(chat, person, "hello")
    async with polling(settings, handling):
        await handling.until(lambda: handling.done == ["?", "hello"])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param({"kind": FaultKind.REFUSED, "status": 401}, "Telegram does not know this bot", id="401"),
        pytest.param({"kind": FaultKind.REFUSED, "status": 404}, "Telegram does not know this bot", id="404"),
        pytest.param({"kind": FaultKind.REFUSED, "status": 409}, "another program reads this bot", id="409"),
        pytest.param({"kind": FaultKind.REFUSED, "status": 500}, "Telegram cannot be reached", id="500"),
        pytest.param({"kind": FaultKind.HTML, "status": 502}, "Telegram cannot be reached", id="502 page"),
        pytest.param({"kind": FaultKind.HTML, "status": 200}, "Telegram cannot be reached", id="200 page"),
        pytest.param({"kind": FaultKind.LOST_BEFORE}, "Telegram cannot be reached", id="connection lost"),
        pytest.param({"kind": FaultKind.LOST_AFTER}, "Telegram cannot be reached", id="answer lost"),
    ],
)
async def test_polling_goes_on_after_pauses_that_grow(
    settings: Settings,
    handling: Handling,
    telegram: TelegramSandbox,
    chat: Chat,
    person: User,
    *,
    fault: dict[str, Any],
    said: str,
) -> None:
    telegram.faults.add(Fault(method="getUpdates", times=3, **fault))
    telegram.say(chat, person, "hello")
    with capture_logs() as logs:
        async with polling(settings, handling):
            await handling.until(lambda: handling.done == ["hello"])

    polls = [call.monotonic for call in telegram.calls if call.method == "getUpdates"]
    assert [b - a >= pause for a, b, pause in zip(polls, polls[1:], (0.05, 0.1, 0.2), strict=False)] == [
        True,
        True,
        True,
    ]
    assert [line["event"].startswith(said) for line in logs] == [True, True, True]


async def test_a_pause_that_telegram_asks_for_is_kept_to_the_second(
    settings: Settings, handling: Handling, telegram: TelegramSandbox, chat: Chat, person: User
) -> None:
    telegram.faults.add(Fault(method="getUpdates", kind=FaultKind.FLOOD, retry_after=1))
    telegram.say(chat, person, "hello")
    async with polling(settings, handling):
        await handling.until(lambda: handling.done == ["hello"])

    first, second = [call.monotonic for call in telegram.calls if call.method == "getUpdates"][:2]
    assert second - first >= 1


GARBAGE = [
    "{}",
    '{"ok":true}',
    '{"ok":true,"result":null}',
    '{"ok":true,"result":[1]}',
    '{"ok":true,"result":[{}]}',
    '{"ok":true,"result":[{"update_id":"seven"}]}',
    "[]",
    '"yes"',
    "",
]


@pytest.mark.parametrize("body", GARBAGE)
@pytest.mark.parametrize("status", [200, 500])
async def test_an_answer_that_makes_no_sense_stops_nothing(
    settings_of: Callable[..., Settings], handling: Handling, body: str, status: int
) -> None:
    asked = asyncio.Semaphore(0)

    async def on_get_updates(_request: Request) -> Response:
        asked.release()
        return PlainTextResponse(body, status)

    async def on_get_me(_request: Request) -> Response:
        return PlainTextResponse(
            '{"ok":true,"result":{"id":1,"is_bot":true,"first_name":"Reelbot","username":"r_bot"}}'
        )

    routes = [
        Route("/bot{token}/getMe", on_get_me, methods=["POST"]),
        Route("/bot{token}/getUpdates", on_get_updates, methods=["POST"]),
    ]
    async with (
        serving(Starlette(routes=routes)) as origin,
        polling(settings_of(telegram_api_url=origin), handling),
        asyncio.timeout(20),
    ):
        for _ in range(3):
            await asked.acquire()
