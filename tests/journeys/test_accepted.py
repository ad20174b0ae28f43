"""What is accepted is never denied: whatever breaks after that, nobody is told that nothing happened."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from sandbox.telegram.faults import Fault, FaultKind
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

#: No status message can be noted while it stands.
NOT_NOTED = """
    CREATE TRIGGER not_noted BEFORE UPDATE OF status_message_id ON jobs
    BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
"""


async def test_a_job_that_cannot_be_announced_is_made_all_the_same_and_nobody_hears_otherwise(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
        await query(sandbox, NOT_NOTED)
        with capture_logs() as logs:
            status = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a cat"))
            await sandbox.until_video()
        await query(sandbox, "DROP TRIGGER not_noted")
        [job] = await sandbox.until_over(1)
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
    assert status.words.startswith("👍")
    assert [message.words for message in sandbox.bot_messages() if "broke" in message.words] == []
    assert "a job could not be announced; it goes on by itself" in {note["event"] for note in logs}
    assert (job.failure, listed.words.startswith("You have no videos")) == (None, True)
    assert len(sandbox.video_api.orders) == 1


@pytest.mark.parametrize("kind", [FaultKind.REFUSED, FaultKind.LOST_AFTER, FaultKind.HTML])
async def test_a_card_whose_status_cannot_be_shown_is_made_all_the_same(
    kind: FaultKind, sandbox: Sandbox
) -> None:
    sandbox.telegram.faults.add(Fault(method="editMessageText", kind=kind, status=403, chat=sandbox.chat))
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/settings"))
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat"))
        await sandbox.telegram.press(sandbox.person, card, "Make it").answered()
        await sandbox.until_video()
    assert [message.words for message in sandbox.bot_messages() if "broke" in message.words] == []
    assert len(sandbox.video_api.orders) == 1
