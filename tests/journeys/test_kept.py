"""A video that was made and that the chat refuses: it counts, waits for its person, and comes when they ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from domain.job import State
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as TelegramFault
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.results import words_on
from tests.journeys.rows import query
from tests.journeys.talk import next_answer, serving, until_gone
from tests.journeys.town import ALLOWANCE

if TYPE_CHECKING:
    from domain.job import Job
    from sandbox.telegram.chats import Chat, Message
    from tests.journeys.town import Town

HEAD = "🎞 Your videos. Tap a number to get that one again, for free."
ENTRY = "🎬 1  a cat\n1 minute ago · Sora 2 · 10 s"
WAITS = "📦 1 video of yours could not be delivered and waits for you: /history"


async def refused_by(town: Town, *chats: Chat, asked_in: Chat | None = None) -> Job:
    """Ask for a video that these chats let nobody deliver, and return its job once that is over."""
    town.video_api.hold = True
    orders = len(town.video_api.orders)
    town.ask(asked_in or town.chat, "/video a cat")
    await town.video_api.until(lambda: len(town.video_api.orders) > orders)
    for chat in chats:
        if chat.id < 0:
            town.telegram.restrict(chat)
        else:
            town.telegram.block(chat.members[0])
    town.video_api.finish(town.video_api.orders[-1].video_id)
    town.video_api.hold = False
    return (await town.until_over(orders + 1))[-1]


async def told(town: Town, words: str) -> Message:
    return await next_answer(town, town.ask(town.chat, words))


async def test_a_video_that_its_person_does_not_let_in_counts_and_comes_when_they_ask_for_it(
    town: Town,
) -> None:
    async with serving(town):
        kept = await refused_by(town, town.chat)
        left = await town.left(town.chat)
        town.telegram.unblock(town.person)
        welcome, waiting = await told(town, "/start"), await told(town, "/history")
        await town.telegram.press(town.person, waiting, "🎬 1").answered()
        video = await town.until_video()
        [job] = await town.until_over(1)
        brought, listed = await told(town, "/start"), await told(town, "/history")
        await town.telegram.press(town.person, listed, "🎬 1").answered()
        await town.until_video(number=2)

    assert (kept.state, kept.failure, kept.is_kept) == (State.DONE, None, True)
    assert (left, await town.left(town.chat)) == (ALLOWANCE - 1, ALLOWANCE - 1)
    assert welcome.words.startswith(WAITS)
    assert waiting.words == f"{HEAD}\n\n{ENTRY} · waits for you"
    assert (video.reply_to, video.words) == (waiting, "a cat\n\nSora 2 · 10 s · 720×1280")
    assert (job.state, job.is_kept) == (State.DONE, False)
    assert (brought.words.startswith("🎬"), listed.words) == (True, f"{HEAD}\n\n{ENTRY}")
    assert len(town.video_api.orders) == 1


async def test_nothing_is_left_beside_a_video_that_was_fetched(town: Town) -> None:
    async with serving(town):
        await refused_by(town, town.chat)
        town.telegram.unblock(town.person)
        asked = town.ask(town.chat, "/show 1")
        status = await next_answer(town, asked)
        video = await town.until_video()
        await until_gone(town, status)
    assert (status.words, video.reply_to) == ("📤 Bringing you your video…", asked)


async def test_a_kept_video_that_is_asked_for_twice_comes_once(town: Town) -> None:
    async with serving(town):
        await refused_by(town, town.chat)
        town.telegram.unblock(town.person)
        waiting = await told(town, "/history")
        uploading = town.telegram.faults.add(Fault(method="sendVideo", kind=TelegramFault.HOLD_BEFORE))
        first = await town.telegram.press(town.person, waiting, "🎬 1").answered()
        await uploading.struck()
        second = await town.telegram.press(town.person, waiting, "🎬 1").answered()
        uploading.release()
        await town.until_video()
        await town.until_over(1)
        await told(town, "/jobs")
    assert (first.text, second.text, len(town.videos())) == ("", "It is on its way already.", 1)


async def test_who_refuses_every_video_can_order_no_more_than_they_may(town: Town) -> None:
    async with serving(town):
        for _ in range(ALLOWANCE):
            await refused_by(town, town.chat)
            town.telegram.unblock(town.person)
        refused = await told(town, "/video a cat")
    assert refused.words.startswith("You have used your 3 credits for today.")
    assert len(town.video_api.orders) == ALLOWANCE


async def test_a_video_that_neither_its_group_nor_its_person_lets_in_waits_for_the_person(town: Town) -> None:
    group = town.telegram.add_group("Friends", [town.person])
    town.telegram.promote(group)
    async with serving(town):
        kept = await refused_by(town, group, town.chat, asked_in=group)
        town.telegram.unblock(town.person)
        waiting = await told(town, "/history")
        await town.telegram.press(town.person, waiting, "🎬 1").answered()
        await town.until_video()
    assert (kept.is_kept, await town.left(town.chat)) == (True, ALLOWANCE - 1)
    assert waiting.words.endswith("waits for you")


async def test_a_group_that_takes_words_alone_hears_that_the_video_waits(town: Town) -> None:
    group = town.telegram.add_group("Friends", [town.person])
    town.telegram.promote(group)
    async with serving(town):
        town.video_api.hold = True
        status = await next_answer(town, town.ask(group, "/video a cat"))
        await town.telegram.until(lambda: "being made" in status.words)
        town.telegram.faults.add(
            Fault(method="sendVideo", kind=TelegramFault.REFUSED, status=403, chat=group, times=99)
        )
        town.telegram.block(town.person)
        town.video_api.finish(town.video_api.orders[0].video_id)
        [job] = await town.until_over(1)
    assert job.is_kept
    assert status.words == (
        "📦 The video is made, but I may send it neither here nor in private. It waits in /history."
    )


async def test_a_kept_video_that_the_api_has_thrown_away_counts_all_the_same(town: Town) -> None:
    async with serving(town):
        await refused_by(town, town.chat)
        await query(town, "UPDATE jobs SET rendered_at = rendered_at - 3600000000")
        town.video_api.faults.add(VideoFault(kind=FaultKind.EXPIRED, on=Route.RETRIEVE, times=None))
        town.telegram.unblock(town.person)
        status = await told(town, "/show 1")
        await town.telegram.until(lambda: "No video this time" in status.words)
        [job] = await town.until_over(1)
        listed = await told(town, "/history")
    assert job.state is State.FAILED
    assert status.words.endswith(
        "It counts all the same: the video was made, and your chat did not take it then."
    )
    assert words_on(listed) == [["❌ 1"]]
    assert await town.left(town.chat) == ALLOWANCE - 1


@pytest.mark.parametrize("words", ["/user", "/job 1", "/stats"])
async def test_operators_see_what_is_kept(words: str, town: Town) -> None:
    boss = town.newcomer("Boss")
    async with serving(town, admin_ids=str(boss.members[0].id)):
        await refused_by(town, town.chat)
        asked = f"{words} {town.person.id}" if words == "/user" else words
        answer = await next_answer(town, town.ask(boss, asked))
    assert {
        "/user": "📦 1 of them kept, for I cannot reach the chat",
        "/job 1": "Number 1: made, and kept for its person: the chat refuses me",
        "/stats": "📦 Of these kept for people I cannot reach: 1",
    }[words] in answer.words
