"""Telegram or the video API cannot be reached, or answers nonsense: the bot keeps trying, says so, and goes on."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
from starlette.applications import Starlette
from structlog.testing import capture_logs

from domain.failures import FailureReason
from sandbox.serving import LOOPBACK, serving
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.video_api.faults import FaultKind as VideoFaultKind
from sandbox.video_api.faults import Route, VideoFault
from tests.journeys.sandbox import ALLOWANCE, UNHURRIED, Ending, Sandbox

POLL = "getUpdates"
POLLING_TROUBLES = {
    "unauthorized": (FaultKind.REFUSED, 401),
    "not-found": (FaultKind.REFUSED, 404),
    "conflict": (FaultKind.REFUSED, 409),
    "server-error": (FaultKind.REFUSED, 500),
    "gateway-page": (FaultKind.HTML, 502),
    "flood": (FaultKind.FLOOD, 429),
    "lost-before": (FaultKind.LOST_BEFORE, 0),
    "lost-after": (FaultKind.LOST_AFTER, 0),
}


class Line:
    """One more way to a server, which can be cut, and mended at the same address."""

    def __init__(self, app: Starlette, place: socket.socket) -> None:
        self._app = app
        self._port: int = place.getsockname()[1]
        self._served = AsyncExitStack()

    async def mend(self) -> str:
        return await self._served.enter_async_context(serving(self._app, port=self._port))

    async def cut(self) -> None:
        await self._served.aclose()


@pytest.fixture
def lines(sandbox: Sandbox) -> Iterator[tuple[Line, Line]]:
    """Return lines to Telegram and to the video API, still cut, whose addresses nobody else takes meanwhile."""
    with socket.socket() as telegrams, socket.socket() as apis:
        for place in (telegrams, apis):
            # Bound and never listening: a server may still listen here, and nobody is given the port for another one.
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            place.bind((LOOPBACK, 0))
        yield Line(sandbox.telegram.app, telegrams), Line(sandbox.video_api.app, apis)


@pytest.fixture
def logs() -> Iterator[list[Any]]:
    """Return the events that are logged, as they come."""
    with capture_logs() as events:
        yield events


async def test_a_bot_that_starts_before_telegram_and_the_api_are_there_serves_when_they_are(
    sandbox: Sandbox, lines: tuple[Line, Line], logs: list[Any]
) -> None:
    telegram, video_api = lines
    sandbox.settings |= {"TELEGRAM_API_URL": await telegram.mend(), "VIDEO_API_URL": await video_api.mend()}
    await telegram.cut()
    await video_api.cut()

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video against all odds")
        await _logged(logs, "Telegram cannot be reached")
        await telegram.mend()
        await _logged(logs, "the order was not taken; I try again")
        await video_api.mend()
        await sandbox.until_over(1)
        await telegram.cut()
        await video_api.cut()

    assert await sandbox.ending(sandbox.chat, "against all odds") == Ending()


async def test_a_job_outlives_a_while_without_telegram_and_without_the_api(
    sandbox: Sandbox, lines: tuple[Line, Line], logs: list[Any]
) -> None:
    telegram, video_api = lines
    sandbox.settings |= {"TELEGRAM_API_URL": await telegram.mend(), "VIDEO_API_URL": await video_api.mend()}
    sandbox.video_api.hold = True

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video in the dark")
        await sandbox.video_api.until(lambda: sandbox.video_api.orders)
        (order,) = sandbox.video_api.orders
        await video_api.cut()
        await _logged(logs, "the API did not tell about a video")
        await telegram.cut()
        sandbox.video_api.finish(order.video_id)
        await video_api.mend()
        await _logged(logs, "an ending does not come through")
        await telegram.mend()
        await sandbox.until_over(1)
        await telegram.cut()
        await video_api.cut()

    assert await sandbox.ending(sandbox.chat, "in the dark") == Ending()
    assert len(sandbox.bot_messages()) == 1


@pytest.mark.parametrize(("kind", "status"), POLLING_TROUBLES.values(), ids=POLLING_TROUBLES)
async def test_trouble_with_one_look_for_updates_loses_none(
    sandbox: Sandbox, kind: FaultKind, status: int
) -> None:
    fault = sandbox.telegram.faults.add(Fault(method=POLL, kind=kind, status=status))

    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/quota")
        await fault.struck()
        await sandbox.telegram.until(lambda: len(sandbox.bot_messages()) == 1)
        sandbox.ask(sandbox.chat, "/jobs")
        await sandbox.telegram.until(lambda: len(sandbox.bot_messages()) == 2)

    assert [call.status for call in sandbox.telegram.calls if call.method == "sendMessage"] == [200, 200]


async def test_an_update_that_cannot_be_read_is_passed_over_without_haste(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.telegram.inject_update({"message": {"message_id": "none", "chat": 7, "date": "yesterday"}})
        sandbox.telegram.inject_update({"callback_query": {"id": [], "from": None}})
        sandbox.telegram.inject_update({"something_of_the_future": {"value": 1}})
        sandbox.ask(sandbox.chat, "/quota")
        await sandbox.until_said("Left today")
        await sandbox.until_polled()

    assert sum(call.method == POLL for call in sandbox.telegram.calls) < 10


FLOODED = {
    "its acceptance": ("sendMessage", None, Ending()),
    "its video": ("sendVideo", None, Ending()),
    "its reason": (
        "editMessageText",
        VideoFaultKind.MODERATED,
        Ending(videos=0, failure=FailureReason.MODERATED, reasons=1, orders=0, left=ALLOWANCE),
    ),
    "its status message's end": ("deleteMessage", None, Ending()),
}


async def test_a_pause_that_telegram_asks_for_is_kept_and_nothing_is_lost_over_it(sandbox: Sandbox) -> None:
    chats = {prompt: sandbox.newcomer(prompt) for prompt in FLOODED}
    for prompt, (method, problem, _) in FLOODED.items():
        sandbox.telegram.faults.add(
            Fault(method=method, kind=FaultKind.FLOOD, chat=chats[prompt], retry_after=2)
        )
        if problem is not None:
            sandbox.video_api.faults.add(VideoFault(kind=problem, on=Route.CREATE, prompt=prompt.__eq__))

    async with sandbox.bot(limits=UNHURRIED):
        for prompt, chat in chats.items():
            sandbox.ask(chat, f"/video {prompt}")
        await sandbox.until_over(len(chats))

    assert {prompt: await sandbox.ending(chat, prompt) for prompt, chat in chats.items()} == {
        prompt: ending for prompt, (_, _, ending) in FLOODED.items()
    }
    assert [len(sandbox.bot_messages(chat)) for chat in chats.values()] == [1] * len(chats)
    assert all(_pause_after_flood(sandbox, chat.id) >= 2 for chat in chats.values())


def _pause_after_flood(sandbox: Sandbox, chat_id: int) -> float:
    """Return the seconds between a 429 and the next call in its chat."""
    calls = [call for call in sandbox.telegram.calls if call.chat_id == chat_id]
    (flooded,) = (number for number, call in enumerate(calls) if call.status == 429)
    return calls[flooded + 1].monotonic - calls[flooded].monotonic


async def _logged(events: list[Any], words: str) -> None:
    async with asyncio.timeout(20):
        while not any(words in event["event"] for event in events):  # noqa: ASYNC110 - nobody tells when a log grows
            await asyncio.sleep(0.02)


LOST_ANSWERS = {
    "lost before": FaultKind.LOST_BEFORE,
    "lost after": FaultKind.LOST_AFTER,
    "a gateway's page": FaultKind.HTML,
}


@pytest.mark.parametrize("kind", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
async def test_a_press_does_what_it_says_although_its_answer_gets_lost(
    sandbox: Sandbox, kind: FaultKind
) -> None:
    lost = sandbox.telegram.faults.add(Fault(method="answerCallbackQuery", kind=kind))
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "a paper boat")
        card = await sandbox.until_said("a paper boat")
        sandbox.telegram.press(sandbox.person, card, "Make it")
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "a paper boat") == Ending()
    assert lost.hits == 1


async def test_who_is_not_let_in_yet_is_asked_about_although_the_answer_to_the_press_gets_lost(
    sandbox: Sandbox,
) -> None:
    boss = sandbox.newcomer("Boss")
    async with sandbox.bot(limits=UNHURRIED, admin_ids=str(boss.members[0].id)):
        sandbox.ask(sandbox.chat, "a paper boat")
        card = await sandbox.until_said("a paper boat")
        sandbox.ask(boss, "/access invite")
        await sandbox.until_said("Invite", boss)
        sandbox.telegram.faults.add(Fault(method="answerCallbackQuery", kind=FaultKind.LOST_BEFORE))
        sandbox.telegram.press(sandbox.person, card, "Make it")
        await sandbox.until_said("asks for access", boss)
