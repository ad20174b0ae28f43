"""Topics: everything stays where it was asked for, and what a topic or a group does not take goes on to who asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

from domain.job import State
from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.faults import Fault, FaultKind
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import loud, next_answer, said_in, serving


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


@pytest.fixture
def forum(sandbox: Sandbox, friend: User) -> Chat:
    return sandbox.telegram.add_group("Forum", [sandbox.person, friend], forum=True)


@pytest.fixture
def topic(sandbox: Sandbox, forum: Chat) -> int:
    return sandbox.telegram.add_topic(forum, "Films")


async def rendering(sandbox: Sandbox, chat: Chat, user: User, topic: int | None = None) -> Message:
    """Ask for a video that is not finished yet, and return its status message."""
    sandbox.video_api.hold = True
    status = await next_answer(
        sandbox, sandbox.telegram.say(chat, user, "/video@reelbot_bot a cat", thread_id=topic)
    )
    await sandbox.telegram.until(lambda: "being made" in status.words)
    return status


def finish(sandbox: Sandbox) -> None:
    sandbox.video_api.finish(sandbox.video_api.orders[-1].video_id)


def fail(sandbox: Sandbox) -> None:
    sandbox.video_api.fail(sandbox.video_api.orders[-1].video_id, "no")


async def test_everything_stays_in_its_topic(sandbox: Sandbox, forum: Chat, topic: int, friend: User) -> None:
    async with serving(sandbox):
        asked = sandbox.telegram.say(forum, friend, "/video a cat", thread_id=topic)
        status = await next_answer(sandbox, asked)
        video = await sandbox.until_video(forum)
        general = await next_answer(sandbox, sandbox.telegram.say(forum, friend, "/quota"))
        there = await next_answer(sandbox, sandbox.telegram.say(forum, friend, "/jobs", thread_id=topic))
    assert (status.thread_id, video.thread_id, there.thread_id) == (topic, topic, topic)
    assert general.thread_id is None
    assert video.reply_to is asked


def delete(sandbox: Sandbox, forum: Chat, topic: int) -> None:
    sandbox.telegram.delete_topic(forum, topic)


def close(sandbox: Sandbox, forum: Chat, topic: int) -> None:
    sandbox.telegram.close_topic(forum, topic)


@pytest.mark.parametrize("lose", [delete, close])
async def test_a_video_whose_topic_is_gone_comes_into_the_group(
    sandbox: Sandbox, forum: Chat, topic: int, friend: User, lose: Callable[[Sandbox, Chat, int], None]
) -> None:
    async with serving(sandbox):
        await rendering(sandbox, forum, friend, topic)
        lose(sandbox, forum, topic)
        finish(sandbox)
        video = await sandbox.until_video(forum)
        await sandbox.until_over(1)
    assert (video.thread_id, video.reply_to, video.words.splitlines()[-1]) == (None, None, "for Bo")
    assert said_in(sandbox, forum) == [video]


async def test_the_reason_for_no_video_is_told_although_its_topic_is_gone(
    sandbox: Sandbox, forum: Chat, topic: int, friend: User
) -> None:
    async with serving(sandbox):
        await rendering(sandbox, forum, friend, topic)
        delete(sandbox, forum, topic)
        fail(sandbox)
        reason = await sandbox.until_said("No video this time", forum)
    assert (reason.thread_id, said_in(sandbox, forum)) == (None, [reason])


async def test_a_question_from_a_closed_topic_is_answered_in_the_group(
    sandbox: Sandbox, forum: Chat, topic: int
) -> None:
    async with serving(sandbox):
        close(sandbox, forum, topic)
        sandbox.telegram.say(forum, sandbox.person, "/quota@reelbot_bot", thread_id=topic)
        told = await sandbox.until_said("Left today", forum)
    assert (told.thread_id, told.reply_to) == (None, None)


async def test_a_video_looked_up_from_a_closed_topic_comes_into_the_group(
    sandbox: Sandbox, forum: Chat, topic: int, friend: User
) -> None:
    async with serving(sandbox):
        sandbox.telegram.say(forum, friend, "/video@reelbot_bot a cat", thread_id=topic)
        await sandbox.until_over(1)
        close(sandbox, forum, topic)
        sandbox.telegram.say(forum, friend, "/show@reelbot_bot 1", thread_id=topic)
        await sandbox.telegram.until(lambda: len(sandbox.videos(forum)) == 2)
    first, again = sandbox.videos(forum)
    assert (first.thread_id, again.thread_id, again.reply_to) == (topic, None, None)


async def test_a_request_from_a_closed_topic_shows_its_progress_in_the_group(
    sandbox: Sandbox, forum: Chat, topic: int, friend: User
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        close(sandbox, forum, topic)
        sandbox.telegram.say(forum, friend, "/video@reelbot_bot a cat", thread_id=topic)
        status = await sandbox.until_said("being made", forum)
        finish(sandbox)
        video = await sandbox.until_video(forum)
        await sandbox.until_over(1)
    assert (status.thread_id, status.reply_to, status.is_deleted) == (None, None, True)
    assert (video.thread_id, said_in(sandbox, forum)) == (None, [video])


async def test_what_a_group_does_not_take_comes_to_who_asked_in_private(
    sandbox: Sandbox, forum: Chat, topic: int
) -> None:
    with capture_logs() as notes:
        async with serving(sandbox):
            status = await rendering(sandbox, forum, sandbox.person, topic)
            sandbox.telegram.restrict(forum)
            finish(sandbox)
            video = await sandbox.until_video()
            await sandbox.until_over(1)
    [job] = await sandbox.jobs()
    assert video.words == "a cat\n\nSora 2 · 10 s · Portrait"
    assert (job.state, job.place.chat_id, job.result_message_id) == (State.DONE, sandbox.chat.id, video.id)
    assert (len(sandbox.video_api.orders), await sandbox.left(sandbox.chat)) == (1, ALLOWANCE - 1)
    assert status.words.startswith("🎬"), "it may not even be edited"
    assert loud(notes) == []


async def test_a_group_that_takes_words_but_no_videos_is_told_where_the_video_is(
    sandbox: Sandbox, forum: Chat
) -> None:
    sandbox.telegram.faults.add(Fault(method="sendVideo", kind=FaultKind.REFUSED, status=403, chat=forum))
    async with serving(sandbox):
        status = await rendering(sandbox, forum, sandbox.person)
        finish(sandbox)
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        sandbox.telegram.press(sandbox.person, video, "Again")
        await sandbox.until_said("being made")
    assert status.words == "📬 I cannot send the video here, so it goes to your private chat."
    assert said_in(sandbox, forum) == [status]
    assert [job.place.chat_id for job in await sandbox.jobs()] == [sandbox.chat.id, sandbox.chat.id]


@pytest.mark.parametrize(("end", "state"), [(finish, State.DONE), (fail, State.FAILED)])
async def test_what_neither_group_nor_person_take_ends_quietly_and_only_a_video_is_kept(
    sandbox: Sandbox, forum: Chat, friend: User, end: Callable[[Sandbox], None], state: State
) -> None:
    with capture_logs() as notes:
        async with serving(sandbox):
            await rendering(sandbox, forum, friend)  # who never opened a private chat
            sandbox.telegram.restrict(forum)
            end(sandbox)
            [job] = await sandbox.until_over(1)
    assert (job.state, job.is_kept) == (state, state is State.DONE)
    assert loud(notes) == []
    assert len(sandbox.video_api.orders) == 1


async def test_a_reason_that_a_group_does_not_take_comes_to_who_asked_in_private(
    sandbox: Sandbox, forum: Chat, topic: int
) -> None:
    async with serving(sandbox):
        await rendering(sandbox, forum, sandbox.person, topic)
        sandbox.telegram.restrict(forum)
        fail(sandbox)
        reason = await sandbox.until_said("No video this time")
        await sandbox.until_over(1)
        sandbox.telegram.press(sandbox.person, reason, "Try again")
        await sandbox.telegram.until(lambda: "being made" in reason.words)
    assert len(sandbox.bot_messages()) == 1
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 1


async def test_a_video_of_which_nobody_knows_whether_it_arrived_comes_to_who_asked_at_most_once_more(
    sandbox: Sandbox, forum: Chat
) -> None:
    lost = sandbox.telegram.faults.add(Fault(method="sendVideo", kind=FaultKind.LOST_AFTER, chat=forum))
    async with serving(sandbox):
        await rendering(sandbox, forum, sandbox.person)
        finish(sandbox)
        await lost.struck()
        sandbox.telegram.kick(forum)
        await sandbox.until_video()
        await sandbox.until_over(1)
    assert (len(sandbox.videos()), len(sandbox.videos(forum)), len(sandbox.video_api.orders)) == (1, 1, 1)
