"""The process is killed again and again at any moment: at most one order, and nobody waits for a dead process."""

from __future__ import annotations

import random
from functools import partial

from domain.failures import FailureReason
from sandbox.telegram.chats import Chat
from tests.journeys.sandbox import ALLOWANCE, Ending, Sandbox

KILLS = 4
PEOPLE = 3
#: Seconds. Far longer than anybody waits here: who waited for it would not be through in time.
LEASE = "600"
UNKNOWN = Ending(videos=0, failure=FailureReason.UNKNOWN_OUTCOME, reasons=1, orders=1, left=ALLOWANCE)
NEVER_LEFT = Ending(videos=0, failure=FailureReason.UNKNOWN_OUTCOME, reasons=1, orders=0, left=ALLOWANCE)


async def test_whenever_it_is_killed_everybody_has_an_ending_soon_after_the_next_start(
    sandbox: Sandbox,
) -> None:
    moments = random.Random(2026)  # noqa: S311 - to be the same in each run
    chats: dict[str, Chat] = {}
    for kill in range(KILLS):
        async with sandbox.process(lease_seconds=LEASE) as process:
            await sandbox.until_polled()
            for person in range(PEOPLE):
                prompt = f"{person} before kill {kill}"
                chats[prompt] = sandbox.newcomer(prompt)
                sandbox.ask(chats[prompt], f"/video {prompt}")
            begun, number = len(sandbox.telegram.calls), moments.randint(1, 4 * PEOPLE)
            await sandbox.telegram.until(partial(_called, sandbox, begun + number))
            await sandbox.kill(process)
    async with sandbox.process(lease_seconds=LEASE):
        await sandbox.until_over(len(chats), timeout=45)

    endings = {prompt: await sandbox.ending(chat, prompt) for prompt, chat in chats.items()}
    assert {prompt: ending for prompt, ending in endings.items() if not _is_right(ending)} == {}


def _is_right(ending: Ending) -> bool:
    """Tell whether it is the video, a second copy of it allowed, or that nobody knows what came of the order."""
    return ending in {Ending(), Ending(videos=2), UNKNOWN, NEVER_LEFT}


def _called(sandbox: Sandbox, times: int) -> bool:
    return len(sandbox.telegram.calls) >= times
