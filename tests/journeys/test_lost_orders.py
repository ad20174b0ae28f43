"""Providers that find orders by our keys: what was lost on the way is found there, or sent once more, and never twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from random import Random

import pytest

from bot.media.processes import MediaProcesses
from domain.failures import FailureReason
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.order_keys import OrderKeys
from tests.journeys.rows import query
from tests.journeys.sandbox import ALLOWANCE, UNHURRIED, Ending, Sandbox, sandbox_of_two

HEADER = "Idempotency-Key"
NOBODY_KNOWS = FailureReason.UNKNOWN_OUTCOME


@pytest.fixture(name="sandbox")
async def _sandbox(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaProcesses
) -> AsyncIterator[Sandbox]:
    async with sandbox_of_two(
        tmp_path, clips=clips, database=fresh_database, media=media, order_key_header=HEADER
    ) as opened:
        yield opened


@pytest.fixture
def lose(sandbox: Sandbox) -> Callable[[FaultKind], None]:
    """Return a way to let something befall the order of the lost kite."""

    def make(kind: FaultKind) -> None:
        sandbox.video_api.faults.add(VideoFault(kind=kind, on=Route.CREATE, prompt="a lost kite".__eq__))

    return make


async def prove(sandbox: Sandbox) -> None:
    """Let the provider take an order that it can then be asked for."""
    chat = sandbox.newcomer("before")
    sandbox.ask(chat, "/video a kite before")
    await sandbox.until_video(chat)
    await sandbox.until_over(1)


def prompts(sandbox: Sandbox) -> list[str]:
    """Return what was ordered, of whomever."""
    return [order.fields["prompt"] for api in (sandbox.video_api, sandbox.second) for order in api.orders]


@pytest.mark.parametrize(
    "kind", [FaultKind.RESET_AFTER, FaultKind.GATEWAY_PAGE_AFTER, FaultKind.EMPTY_BODY_AFTER]
)
async def test_an_order_that_was_taken_and_whose_answer_is_lost_is_found(
    sandbox: Sandbox, lose: Callable[[FaultKind], None], kind: FaultKind
) -> None:
    sandbox.video_api.order_keys = OrderKeys.TAKEN
    lose(kind)
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video a lost kite")
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "a lost kite") == Ending()
    assert prompts(sandbox) == ["a lost kite"]


async def test_an_order_that_never_arrived_is_sent_once_more_where_orders_are_known_to_be_found(
    sandbox: Sandbox, lose: Callable[[FaultKind], None]
) -> None:
    sandbox.video_api.order_keys = OrderKeys.TAKEN
    lose(FaultKind.RESET_BEFORE)
    async with sandbox.bot(limits=UNHURRIED):
        await prove(sandbox)
        sandbox.ask(sandbox.chat, "/video a lost kite")
        await sandbox.until_video()
        await sandbox.until_over(2)

    assert await sandbox.ending(sandbox.chat, "a lost kite") == Ending()
    assert prompts(sandbox) == ["a kite before", "a lost kite"]
    assert sandbox.video_api.requests[Route.CREATE] == 3


UNPROVEN = {
    "it has found none yet": OrderKeys.TAKEN,
    "it drops the key on the way": OrderKeys.DROPPED,
}


@pytest.mark.parametrize("mode", UNPROVEN.values(), ids=UNPROVEN)
async def test_that_an_order_is_not_found_proves_nothing_where_none_ever_was(
    sandbox: Sandbox, lose: Callable[[FaultKind], None], mode: OrderKeys
) -> None:
    sandbox.video_api.order_keys = mode
    lose(FaultKind.RESET_BEFORE)
    async with sandbox.bot(limits=UNHURRIED):
        if mode is OrderKeys.DROPPED:
            await prove(sandbox)
        sandbox.ask(sandbox.chat, "/video a lost kite")
        await sandbox.until_said("nobody knows whether the order arrived")

    assert await sandbox.ending(sandbox.chat, "a lost kite") == Ending(
        videos=0, failure=NOBODY_KNOWS, reasons=1, orders=0, left=ALLOWANCE
    )
    assert "a lost kite" not in prompts(sandbox)
    assert await query(sandbox, "SELECT * FROM order_lookups") == []


async def test_killed_with_its_order_taken_it_finds_it_at_the_next_start(
    sandbox: Sandbox, lose: Callable[[FaultKind], None]
) -> None:
    sandbox.video_api.order_keys = OrderKeys.TAKEN
    lose(FaultKind.HELD_AFTER)
    async with sandbox.process() as process:
        sandbox.ask(sandbox.chat, "/video a lost kite")
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 1, timeout=30)
        await sandbox.kill(process)
    sandbox.video_api.faults.release()
    async with sandbox.process():
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "a lost kite") == Ending()
    assert prompts(sandbox) == ["a lost kite"]


async def test_killed_before_its_order_arrives_it_sends_it_once_more_and_the_late_one_makes_no_second_video(
    sandbox: Sandbox, lose: Callable[[FaultKind], None]
) -> None:
    sandbox.video_api.order_keys = OrderKeys.TAKEN
    lose(FaultKind.HELD_BEFORE)
    async with sandbox.process() as process:
        await prove(sandbox)
        sandbox.ask(sandbox.chat, "/video a lost kite")
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 1, timeout=30)
        await sandbox.kill(process)
    async with sandbox.process():
        await sandbox.until_video()
        sandbox.video_api.faults.release()
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 0)
        await sandbox.until_over(2)

    assert await sandbox.ending(sandbox.chat, "a lost kite") == Ending()
    assert prompts(sandbox) == ["a kite before", "a lost kite"]
    keys = [order.headers[HEADER.lower()] for order in sandbox.video_api.orders]
    assert len(set(keys)) == len(keys)


async def test_killed_where_nothing_finds_orders_nobody_knows(
    sandbox: Sandbox, lose: Callable[[FaultKind], None]
) -> None:
    sandbox.video_api.order_keys = OrderKeys.DROPPED
    lose(FaultKind.HELD_AFTER)
    async with sandbox.process() as process:
        sandbox.ask(sandbox.chat, "/video a lost kite")
        await sandbox.video_api.until(lambda: sandbox.video_api.faults.held == 1, timeout=30)
        await sandbox.kill(process)
    sandbox.video_api.faults.release()
    async with sandbox.process():
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "a lost kite") == Ending(
        videos=0, failure=NOBODY_KNOWS, reasons=1, orders=1, left=ALLOWANCE
    )


async def test_while_it_cannot_be_asked_nothing_is_sent_again(
    sandbox: Sandbox, lose: Callable[[FaultKind], None]
) -> None:
    sandbox.video_api.order_keys = OrderKeys.TAKEN
    lose(FaultKind.RESET_AFTER)
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.OVERLOADED, on=Route.FIND, times=2))
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video a lost kite")
        await sandbox.until_video()
        await sandbox.until_over(1)

    assert await sandbox.ending(sandbox.chat, "a lost kite") == Ending()
    assert sandbox.video_api.requests[Route.FIND] >= 3
    assert sandbox.video_api.requests[Route.CREATE] == 1


async def _until_asked(sandbox: Sandbox, least: int) -> None:
    await sandbox.video_api.until(lambda: sandbox.video_api.requests[Route.CREATE] > least, timeout=30)


#: What may befall an order, with both providers able to find what they took.
BEFALLS = (
    FaultKind.RATE_LIMITED,
    FaultKind.OVERLOADED,
    FaultKind.RESET_BEFORE,
    FaultKind.RESET_AFTER,
    FaultKind.GATEWAY_PAGE,
    FaultKind.GATEWAY_PAGE_AFTER,
    FaultKind.EMPTY_BODY,
    FaultKind.EMPTY_BODY_AFTER,
    FaultKind.TRUNCATED,
)
KITES = 20


@pytest.mark.parametrize("seed", [1, 2])
async def test_whatever_befalls_orders_and_whenever_it_is_killed_each_is_made_once(
    sandbox: Sandbox, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - it is to be the same each time
    for api in (sandbox.video_api, sandbox.second):
        api.order_keys = OrderKeys.TAKEN
    kites = {f"kite {number}": sandbox.newcomer(f"kite {number}") for number in range(KITES)}
    settings = {"max_rendering": "100", "admin_ids": str(sandbox.person.id)}
    async with sandbox.process(**settings):
        await prove(sandbox)
    for prompt in kites:
        for kind in random.sample(BEFALLS, random.randint(0, 2)):
            sandbox.video_api.faults.add(VideoFault(kind=kind, on=Route.CREATE, prompt=prompt.__eq__))
    for killed_after in (random.randint(1, KITES // 2), random.randint(KITES // 2, KITES)):
        async with sandbox.process(**settings) as process:
            for prompt, chat in kites.items():
                if not sandbox.telegram.messages(chat):
                    sandbox.ask(chat, f"/video {prompt}")
            await _until_asked(sandbox, killed_after)
            await sandbox.kill(process)
    async with sandbox.process(**settings):
        await sandbox.until_over(KITES + 1)

    assert Counter(prompts(sandbox)) == Counter([*kites, "a kite before"])
    endings = {prompt: await sandbox.ending(chat, prompt) for prompt, chat in kites.items()}
    assert {
        prompt: (min(1, ending.videos), ending.failure) for prompt, ending in endings.items()
    } == dict.fromkeys(kites, (1, None))
