"""A video that was made and that the chat refuses: it counts, waits for its person, and comes when they ask for it."""

from __future__ import annotations

import pytest

from domain.job import Job, State
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.faults import Fault
from sandbox.telegram.faults import FaultKind as TelegramFault
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.results import words_on
from tests.journeys.rows import query
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import next_answer, serving, until_gone

HEAD = "🎞 Your videos. Tap a number to get that video again, for free."
ENTRY = "🎬 1  a cat\n1 minute ago · Sora 2 · 10 s"
WAITS = "📦 1 video of yours could not be delivered and waits for you: /history"


async def refused_by(sandbox: Sandbox, *chats: Chat, asked_in: Chat | None = None) -> Job:
    """Ask for a video that these chats let nobody deliver, and return its job once that is over."""
    sandbox.video_api.hold = True
    orders = len(sandbox.video_api.orders)
    sandbox.ask(asked_in or sandbox.chat, "/video a cat")
    await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) > orders)
    for chat in chats:
        if chat.id < 0:
            sandbox.telegram.restrict(chat)
        else:
            sandbox.telegram.block(chat.members[0])
    sandbox.video_api.finish(sandbox.video_api.orders[-1].video_id)
    sandbox.video_api.hold = False
    return (await sandbox.until_over(orders + 1))[-1]


async def told(sandbox: Sandbox, words: str) -> Message:
    return await next_answer(sandbox, sandbox.ask(sandbox.chat, words))


async def test_a_video_that_its_person_does_not_let_in_counts_and_comes_when_they_ask_for_it(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        kept = await refused_by(sandbox, sandbox.chat)
        left = await sandbox.left(sandbox.chat)
        sandbox.telegram.unblock(sandbox.person)
        welcome, waiting = await told(sandbox, "/start"), await told(sandbox, "/history")
        await sandbox.telegram.press(sandbox.person, waiting, "🎬 1").answered()
        video = await sandbox.until_video()
        [job] = await sandbox.until_over(1)
        brought, listed = await told(sandbox, "/start"), await told(sandbox, "/history")
        await sandbox.telegram.press(sandbox.person, listed, "🎬 1").answered()
        await sandbox.until_video(number=2)

    assert (kept.state, kept.failure, kept.is_kept) == (State.DONE, None, True)
    assert (left, await sandbox.left(sandbox.chat)) == (ALLOWANCE - 1, ALLOWANCE - 1)
    assert welcome.words.startswith(WAITS)
    assert waiting.words == f"{HEAD}\n\n{ENTRY} · waits for you"
    assert (video.reply_to, video.words) == (waiting, "a cat\n\nSora 2 · 10 s · Portrait")
    assert (job.state, job.is_kept) == (State.DONE, False)
    assert (brought.words.startswith("🎬"), listed.words) == (True, f"{HEAD}\n\n{ENTRY}")
    assert len(sandbox.video_api.orders) == 1


async def test_nothing_is_left_beside_a_video_that_was_fetched(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await refused_by(sandbox, sandbox.chat)
        sandbox.telegram.unblock(sandbox.person)
        asked = sandbox.ask(sandbox.chat, "/show 1")
        status = await next_answer(sandbox, asked)
        video = await sandbox.until_video()
        await until_gone(sandbox, status)
    assert (status.words, video.reply_to) == ("📤 Getting your video…", asked)


async def test_a_kept_video_that_is_asked_for_twice_comes_once(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await refused_by(sandbox, sandbox.chat)
        sandbox.telegram.unblock(sandbox.person)
        waiting = await told(sandbox, "/history")
        uploading = sandbox.telegram.faults.add(Fault(method="sendVideo", kind=TelegramFault.HOLD_BEFORE))
        first = await sandbox.telegram.press(sandbox.person, waiting, "🎬 1").answered()
        await uploading.struck()
        second = await sandbox.telegram.press(sandbox.person, waiting, "🎬 1").answered()
        uploading.release()
        await sandbox.until_video()
        await sandbox.until_over(1)
        await told(sandbox, "/jobs")
    assert (first.text, second.text, len(sandbox.videos())) == ("", "Your video is already on its way.", 1)


async def test_who_refuses_every_video_can_order_no_more_than_they_may(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        for _ in range(ALLOWANCE):
            await refused_by(sandbox, sandbox.chat)
            sandbox.telegram.unblock(sandbox.person)
        refused = await told(sandbox, "/video a cat")
    assert refused.words.startswith("You have used your 3 credits for today.")
    assert len(sandbox.video_api.orders) == ALLOWANCE


async def test_a_video_that_neither_its_group_nor_its_person_lets_in_waits_for_the_person(
    sandbox: Sandbox,
) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    sandbox.telegram.promote(group)
    async with serving(sandbox):
        kept = await refused_by(sandbox, group, sandbox.chat, asked_in=group)
        sandbox.telegram.unblock(sandbox.person)
        waiting = await told(sandbox, "/history")
        await sandbox.telegram.press(sandbox.person, waiting, "🎬 1").answered()
        await sandbox.until_video()
    assert (kept.is_kept, await sandbox.left(sandbox.chat)) == (True, ALLOWANCE - 1)
    assert waiting.words.endswith("waits for you")


async def test_a_group_that_takes_words_alone_hears_that_the_video_waits(sandbox: Sandbox) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    sandbox.telegram.promote(group)
    async with serving(sandbox):
        sandbox.video_api.hold = True
        status = await next_answer(sandbox, sandbox.ask(group, "/video a cat"))
        await sandbox.telegram.until(lambda: "being made" in status.words)
        sandbox.telegram.faults.add(
            Fault(method="sendVideo", kind=TelegramFault.REFUSED, status=403, chat=group, times=99)
        )
        sandbox.telegram.block(sandbox.person)
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        [job] = await sandbox.until_over(1)
    assert job.is_kept
    assert status.words == (
        "📦 Your video is ready, but I cannot send it here or in your private chat. Get it from /history."
    )


async def test_a_kept_video_that_the_api_has_thrown_away_counts_all_the_same(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await refused_by(sandbox, sandbox.chat)
        await query(sandbox, "UPDATE jobs SET rendered_at = rendered_at - 3600000000")
        sandbox.video_api.faults.add(VideoFault(kind=FaultKind.EXPIRED, on=Route.RETRIEVE, times=None))
        sandbox.telegram.unblock(sandbox.person)
        status = await told(sandbox, "/show 1")
        await sandbox.telegram.until(lambda: "No video this time" in status.words)
        [job] = await sandbox.until_over(1)
        listed = await told(sandbox, "/history")
    assert job.state is State.FAILED
    assert status.words.endswith(
        "It is charged all the same: the video was made, but your chat did not accept it."
    )
    assert words_on(listed) == [["❌ 1"]]
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 1


@pytest.mark.parametrize("words", ["/user", "/job 1", "/stats"])
async def test_operators_see_what_is_kept(words: str, sandbox: Sandbox) -> None:
    boss = sandbox.newcomer("Boss")
    async with serving(sandbox, admin_ids=str(boss.members[0].id)):
        await refused_by(sandbox, sandbox.chat)
        asked = f"{words} {sandbox.person.id}" if words == "/user" else words
        answer = await next_answer(sandbox, sandbox.ask(boss, asked))
    assert {
        "/user": "📦 1 of them kept: the chat can't be reached",
        "/job 1": "Number 1: made and kept: the chat can't be reached",
        "/stats": "📦 Of these kept for people I can't reach: 1",
    }[words] in answer.words
