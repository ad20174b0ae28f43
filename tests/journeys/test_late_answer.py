"""A first answer that Telegram holds up: it must not stand in the chat after the ending that overtook it."""

from __future__ import annotations

import pytest

from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as Trouble
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.sandbox import Sandbox


@pytest.mark.parametrize("refused", [True, False], ids=["told why not", "delivered"])
async def test_an_answer_that_comes_after_the_ending_does_not_stay(
    sandbox: Sandbox, *, refused: bool
) -> None:
    if refused:
        sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    held = sandbox.telegram.faults.add(Fault(method="sendMessage", kind=Trouble.HOLD_BEFORE))

    async with sandbox.bot():
        sandbox.telegram.say(sandbox.chat, sandbox.person, "/video a paper boat")
        await held.struck()
        # A worker takes a job that nobody announced for five seconds; only then is the answer let through.
        await sandbox.video_api.until(lambda: sandbox.video_api.requests[Route.CREATE] == 1, timeout=30)
        held.release()
        ending = await sandbox.telegram.until(lambda: sandbox.videos() or sandbox.said("No video"))
        await sandbox.telegram.until(lambda: len(sandbox.bot_messages()) == 1)

    assert sandbox.bot_messages() == (ending if isinstance(ending, list) else [ending])
