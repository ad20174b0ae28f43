"""The status message: real progress, and few edits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.journeys.talk import next_answer, serving

if TYPE_CHECKING:
    from sandbox.telegram.chats import Message
    from sandbox.telegram.server import Call
    from tests.journeys.town import Town


ENOUGH_TO_BE_TYPICAL = 3


def edits_of(town: Town, message: Message) -> list[Call]:
    calls = [call for call in town.telegram.calls if call.method == "editMessageText"]
    return [call for call in calls if str(call.params["message_id"]) == str(message.id)]


def room_for(edits: list[Call], *, pause: float) -> int:
    """Return how many edits there may be from the first to the last, one at once and then one a pause."""
    return 2 + int((edits[-1].monotonic - edits[0].monotonic) / pause)


async def test_progress_is_shown_as_it_is_with_few_edits(town: Town) -> None:
    async with serving(town, admin_ids=str(town.person.id)):
        for number in range(1, ENOUGH_TO_BE_TYPICAL + 1):
            town.ask(town.chat, f"/video cat {number}")
            await town.until_video(number=number)
        town.video_api.studio.seconds_to_render = 9
        status = await next_answer(town, town.ask(town.chat, "/video a dog"))
        await town.until_video(number=ENOUGH_TO_BE_TYPICAL + 1)
    edits = edits_of(town, status)
    texts = [str(edit.params["text"]) for edit in edits]
    shown = [
        re.search(r"(▰+)▱* (\d+)%\n\d:\d\d so far · usually \d:\d\d(–\d:\d\d)?\n", text) for text in texts
    ]
    per_cents = [(len(found[1]), int(found[2])) for found in shown if found]
    assert per_cents != []
    assert per_cents == [(per_cent // 10, per_cent) for _, per_cent in sorted(per_cents)]
    assert len(texts) == len(set(texts)) <= room_for(edits, pause=5)


async def test_a_group_is_spared_progress_by_the_second(town: Town) -> None:
    town.video_api.studio.seconds_to_render = 6
    group = town.telegram.add_group("Friends", [town.person])
    async with serving(town):
        status = await next_answer(town, town.ask(group, "/video a cat"))
        await town.until_video(group)
    edits = edits_of(town, status)
    assert len(edits) <= room_for(edits, pause=15)


async def test_those_who_wait_are_told_when_they_move_up(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town, max_rendering=1):
        await next_answer(town, town.ask(town.chat, "/video a cat"))
        second = await next_answer(town, town.ask(town.newcomer("Bo"), "/video a dog"))
        third = await next_answer(town, town.ask(town.newcomer("Cy"), "/video a bird"))
        before = [second.words, third.words]
        await town.telegram.until(lambda: town.video_api.orders)
        town.video_api.finish(town.video_api.orders[0].video_id)
        await town.telegram.until(lambda: "being made" in second.words and "Place 1" in third.words)
    assert before == ["⏳ Accepted. Place 1 in the queue.", "⏳ Accepted. Place 2 in the queue."]


async def test_a_request_has_eyes_on_it_once_it_is_accepted_and_a_refused_one_has_not(town: Town) -> None:
    group = town.telegram.add_group("Friends", [town.person])
    town.video_api.hold = True
    async with serving(town, daily_allowance=2):
        asked = [town.ask(town.chat, "/video a cat"), town.ask(group, "/video a dog")]
        refused = town.ask(group, "/video")
        await town.telegram.until(lambda: all(message.reactions for message in asked))
        await next_answer(town, refused)
        unasked = town.ask(town.chat, "/help")
        await next_answer(town, unasked)
    assert [message.reactions for message in (*asked, refused, unasked)] == [["👀"], ["👀"], [], []]
