"""An admin pauses orders and lets them go on: nothing is lost, people are told why, and others have no such command."""

from __future__ import annotations

from tests.journeys.rows import query
from tests.journeys.sandbox import UNHURRIED, Ending, Sandbox
from tests.journeys.talk import next_answer

KEEPS = "Your video keeps its place and starts by itself. No charge if you cancel it."
UNKNOWN = "I do not know this command. /help shows what I can do."


async def test_what_is_asked_for_in_a_pause_waits_and_goes_out_when_it_ends(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    admin, early, late = sandbox.newcomer("Ada"), sandbox.newcomer("early"), sandbox.newcomer("late")
    async with sandbox.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id)):
        tried = [sandbox.ask(sandbox.chat, words) for words in ("/pause", "/resume")]
        refused = [await next_answer(sandbox, asked) for asked in tried]
        nothing = await next_answer(sandbox, sandbox.ask(admin, "/resume"))
        sandbox.ask(early, "/video before it")
        await sandbox.video_api.until(lambda: sandbox.video_api.orders)
        paused = await next_answer(sandbox, sandbox.ask(admin, "/pause Back at <eight>!"))
        told = await next_answer(sandbox, sandbox.ask(late, "/video during it"))
        sandbox.video_api.hold = False
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.until_video(early)
        said_otherwise = await next_answer(sandbox, sandbox.ask(admin, "/pause"))
        shown = await next_answer(sandbox, sandbox.ask(admin, "/upstream"))
    async with sandbox.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id)):
        listed = await next_answer(sandbox, sandbox.ask(late, "/jobs"))
        resumed = await next_answer(sandbox, sandbox.ask(admin, "/resume"))
        await sandbox.until_video(late)
        await sandbox.until_over(2)

    assert [answer.words for answer in refused] == [UNKNOWN] * 2
    assert nothing.words == "Orders are not paused."
    assert paused.words == (
        "⏸ Orders are paused. Nothing is lost: requests stay in the queue, and people are told.\n"
        "They read:\nBack at <eight>!\n1 video is still being made.\n/resume resumes them."
    )
    assert told.edits[:1] or [told.words] == [f"⏸ New videos are paused: Back at <eight>!\n{KEEPS}"]
    assert said_otherwise.words.splitlines()[1:] == ["1 request waits.", "/resume resumes them."]
    assert "⏸ An admin has paused orders, since" in shown.words
    assert shown.buttons == []
    assert listed.words == "during it\n⏸ New videos are paused at the moment."
    assert resumed.words == "▶️ Orders are resumed.\n1 request waits."
    endings = [await sandbox.ending(early, "before it"), await sandbox.ending(late, "during it")]
    assert endings == [Ending()] * 2
    audit = await query(sandbox, "SELECT action, why FROM audit ORDER BY id")
    assert audit == [("pause", "Back at <eight>!"), ("pause", ""), ("resume", "")]
