"""What admins hear without having asked: once each, everyone in their language, and nothing anew after a restart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sandbox.telegram.chats import Chat
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.sandbox import UNHURRIED, Sandbox
from tests.journeys.talk import next_answer


def heard(sandbox: Sandbox, chat: Chat) -> list[str]:
    """Return how each message in the chat begins."""
    return [message.words.partition(".")[0].partition(":")[0] for message in sandbox.bot_messages(chat)]


async def test_admins_hear_of_each_trouble_once_also_after_a_restart(sandbox: Sandbox) -> None:
    ada, bea = sandbox.newcomer("Ada"), sandbox.newcomer("Bea")
    admins: dict[str, Any] = {"admin_ids": f"{ada.id},{bea.id}", "balance_alert": "10", "limits": UNHURRIED}
    sandbox.video_api.account.balance = Decimal("9.50")
    sandbox.video_api.faults.add(
        *(
            VideoFault(kind=FaultKind.RESET_AFTER, on=Route.CREATE, prompt=name.__eq__)
            for name in ("one", "two")
        )
    )
    low = "💳 Our credit at the video API runs low"
    lost = "❓ An order may have been paid for nothing"
    async with sandbox.bot(**admins):
        for admin in (ada, bea):
            await sandbox.until_said("runs low: $9.50 left.", admin)
        sandbox.ask(sandbox.chat, "/video one")
        for admin in (ada, bea):
            await sandbox.until_said("Compare with: /job 1", admin)
        await sandbox.until_over(1)
        shown = await next_answer(sandbox, sandbox.ask(ada, "/upstream"))
    async with sandbox.bot(**admins):
        sandbox.ask(sandbox.chat, "/video two")
        for admin in (ada, bea):
            await sandbox.until_said("Compare with: /job 2", admin)
        await sandbox.until_over(2)

    assert "Left to spend: $9.00\nUsed so far: $0.50" in shown.words
    assert heard(sandbox, bea) == [low, lost, lost]
    assert heard(sandbox, sandbox.chat) == ["❌ No video this time"] * 2
