"""The status message: real progress, and few edits."""

from __future__ import annotations

import re

from sandbox.telegram.chats import Message
from sandbox.telegram.server import Call
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

ENOUGH_TO_BE_TYPICAL = 3
MAKING = (
    r"🎬 Your video is being made · (\d+)%\n"
    r"This takes longer than usual\. You get it as soon as it is ready\."
)


def edits_of(sandbox: Sandbox, message: Message) -> list[Call]:
    calls = [call for call in sandbox.telegram.calls if call.method == "editMessageText"]
    return [call for call in calls if str(call.params["message_id"]) == str(message.id)]


def room_for(edits: list[Call], *, pause: float) -> int:
    """Return how many edits there may be from the first to the last, one at once and then one a pause."""
    return 2 + int((edits[-1].monotonic - edits[0].monotonic) / pause)


async def test_progress_is_shown_as_it_is_with_few_edits(sandbox: Sandbox) -> None:
    async with serving(sandbox, admin_ids=str(sandbox.person.id)):
        for number in range(1, ENOUGH_TO_BE_TYPICAL + 1):
            sandbox.ask(sandbox.chat, f"/video cat {number}")
            await sandbox.until_video(number=number)
        sandbox.video_api.studio.seconds_to_render = 9
        status = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog"))
        await sandbox.telegram.until(lambda: "%" in status.words)
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
        await sandbox.until_video(number=ENOUGH_TO_BE_TYPICAL + 1)
    edits = edits_of(sandbox, status)
    texts = [str(edit.params["text"]) for edit in edits]
    shown = [re.fullmatch(MAKING, text) for text in texts]
    per_cents = [int(found[1]) for found in shown if found]
    assert per_cents != []
    assert per_cents == sorted(per_cents)
    assert re.fullmatch(f"a dog\n{MAKING}", listed.words) is not None
    assert len(texts) == len(set(texts)) <= room_for(edits, pause=5)


async def test_a_group_is_spared_progress_by_the_second(sandbox: Sandbox) -> None:
    sandbox.video_api.studio.seconds_to_render = 6
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    async with serving(sandbox):
        status = await next_answer(sandbox, sandbox.ask(group, "/video a cat"))
        await sandbox.until_video(group)
    edits = edits_of(sandbox, status)
    assert len(edits) <= room_for(edits, pause=15)


async def test_those_who_wait_are_told_when_they_move_up(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a cat"))
        second = await next_answer(sandbox, sandbox.ask(sandbox.newcomer("Bo"), "/video a dog"))
        third = await next_answer(sandbox, sandbox.ask(sandbox.newcomer("Cy"), "/video a bird"))
        before = [second.words, third.words]
        await sandbox.telegram.until(lambda: sandbox.video_api.orders)
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.telegram.until(lambda: "being made" in second.words and "Number 1" in third.words)
    assert before == [
        f"⏳ Number {number} in the queue\nYou can cancel it until it starts." for number in (1, 2)
    ]


async def test_a_request_has_eyes_on_it_once_it_is_accepted_and_a_refused_one_has_not(
    sandbox: Sandbox,
) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    sandbox.video_api.hold = True
    async with serving(sandbox, daily_allowance=2):
        asked = [sandbox.ask(sandbox.chat, "/video a cat"), sandbox.ask(group, "/video a dog")]
        refused = sandbox.ask(group, "/video")
        await sandbox.telegram.until(lambda: all(message.reactions for message in asked))
        await next_answer(sandbox, refused)
        unasked = sandbox.ask(sandbox.chat, "/help")
        await next_answer(sandbox, unasked)
    assert [message.reactions for message in (*asked, refused, unasked)] == [["👀"], ["👀"], [], []]
