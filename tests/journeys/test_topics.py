"""Topics: everything stays where it was asked for, and what a topic or a group does not take goes on to who asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from domain.job import State
from sandbox.telegram.faults import Fault, FaultKind
from tests.journeys.talk import loud, next_answer, said_in, serving
from tests.journeys.town import ALLOWANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.telegram.chats import Chat, Message, User
    from tests.journeys.town import Town


@pytest.fixture
def friend(town: Town) -> User:
    return town.telegram.add_user("Bo")


@pytest.fixture
def forum(town: Town, friend: User) -> Chat:
    return town.telegram.add_group("Forum", [town.person, friend], forum=True)


@pytest.fixture
def topic(town: Town, forum: Chat) -> int:
    return town.telegram.add_topic(forum, "Films")


async def rendering(town: Town, chat: Chat, user: User, topic: int | None = None) -> Message:
    """Ask for a video that is not finished yet, and return its status message."""
    town.video_api.hold = True
    status = await next_answer(
        town, town.telegram.say(chat, user, "/video@reelbot_bot a cat", thread_id=topic)
    )
    await town.telegram.until(lambda: "being made" in status.words)
    return status


def finish(town: Town) -> None:
    town.video_api.finish(town.video_api.orders[-1].video_id)


def fail(town: Town) -> None:
    town.video_api.fail(town.video_api.orders[-1].video_id, "no")


async def test_everything_stays_in_its_topic(town: Town, forum: Chat, topic: int, friend: User) -> None:
    async with serving(town):
        asked = town.telegram.say(forum, friend, "/video a cat", thread_id=topic)
        status = await next_answer(town, asked)
        video = await town.until_video(forum)
        general = await next_answer(town, town.telegram.say(forum, friend, "/quota"))
        there = await next_answer(town, town.telegram.say(forum, friend, "/jobs", thread_id=topic))
    assert (status.thread_id, video.thread_id, there.thread_id) == (topic, topic, topic)
    assert general.thread_id is None
    assert video.reply_to is asked


def delete(town: Town, forum: Chat, topic: int) -> None:
    town.telegram.delete_topic(forum, topic)


def close(town: Town, forum: Chat, topic: int) -> None:
    town.telegram.close_topic(forum, topic)


@pytest.mark.parametrize("lose", [delete, close])
async def test_a_video_whose_topic_is_gone_comes_into_the_group(
    town: Town, forum: Chat, topic: int, friend: User, lose: Callable[[Town, Chat, int], None]
) -> None:
    async with serving(town):
        await rendering(town, forum, friend, topic)
        lose(town, forum, topic)
        finish(town)
        video = await town.until_video(forum)
        await town.until_over(1)
    assert (video.thread_id, video.reply_to, video.words.splitlines()[-1]) == (None, None, "for Bo")
    assert said_in(town, forum) == [video]


async def test_the_reason_for_no_video_is_told_although_its_topic_is_gone(
    town: Town, forum: Chat, topic: int, friend: User
) -> None:
    async with serving(town):
        await rendering(town, forum, friend, topic)
        delete(town, forum, topic)
        fail(town)
        reason = await town.until_said("No video this time", forum)
    assert (reason.thread_id, said_in(town, forum)) == (None, [reason])


async def test_a_question_from_a_closed_topic_is_answered_in_the_group(
    town: Town, forum: Chat, topic: int
) -> None:
    async with serving(town):
        close(town, forum, topic)
        town.telegram.say(forum, town.person, "/quota@reelbot_bot", thread_id=topic)
        told = await town.until_said("Left today", forum)
    assert (told.thread_id, told.reply_to) == (None, None)


async def test_what_a_group_does_not_take_comes_to_who_asked_in_private(
    town: Town, forum: Chat, topic: int
) -> None:
    with capture_logs() as notes:
        async with serving(town):
            status = await rendering(town, forum, town.person, topic)
            town.telegram.restrict(forum)
            finish(town)
            video = await town.until_video()
            await town.until_over(1)
    [job] = await town.jobs()
    assert video.words == "a cat\n\nSora 2 · 10 s · 720×1280"
    assert (job.state, job.place.chat_id, job.result_message_id) == (State.DONE, town.chat.id, video.id)
    assert (len(town.video_api.orders), await town.left(town.chat)) == (1, ALLOWANCE - 1)
    assert status.words.startswith("🎬"), "it may not even be edited"
    assert loud(notes) == []


async def test_a_group_that_takes_words_but_no_videos_is_told_where_the_video_is(
    town: Town, forum: Chat
) -> None:
    town.telegram.faults.add(Fault(method="sendVideo", kind=FaultKind.REFUSED, status=403, chat=forum))
    async with serving(town):
        status = await rendering(town, forum, town.person)
        finish(town)
        video = await town.until_video()
        await town.until_over(1)
        town.telegram.press(town.person, video, "Again")
        await town.until_said("being made")
    assert status.words == "📬 I may not send the video here, so I bring it in private to who asked."
    assert said_in(town, forum) == [status]
    assert [job.place.chat_id for job in await town.jobs()] == [town.chat.id, town.chat.id]


@pytest.mark.parametrize(("end", "state"), [(finish, State.DONE), (fail, State.FAILED)])
async def test_what_neither_group_nor_person_take_ends_quietly_and_only_a_video_is_kept(
    town: Town, forum: Chat, friend: User, end: Callable[[Town], None], state: State
) -> None:
    with capture_logs() as notes:
        async with serving(town):
            await rendering(town, forum, friend)  # who never opened a private chat
            town.telegram.restrict(forum)
            end(town)
            [job] = await town.until_over(1)
    assert (job.state, job.is_kept) == (state, state is State.DONE)
    assert loud(notes) == []
    assert len(town.video_api.orders) == 1


async def test_a_reason_that_a_group_does_not_take_comes_to_who_asked_in_private(
    town: Town, forum: Chat, topic: int
) -> None:
    async with serving(town):
        await rendering(town, forum, town.person, topic)
        town.telegram.restrict(forum)
        fail(town)
        reason = await town.until_said("No video this time")
        await town.until_over(1)
        town.telegram.press(town.person, reason, "Try again")
        await town.telegram.until(lambda: "being made" in reason.words)
    assert len(town.bot_messages()) == 1
    assert await town.left(town.chat) == ALLOWANCE - 1


async def test_a_video_of_which_nobody_knows_whether_it_arrived_comes_to_who_asked_at_most_once_more(
    town: Town, forum: Chat
) -> None:
    lost = town.telegram.faults.add(Fault(method="sendVideo", kind=FaultKind.LOST_AFTER, chat=forum))
    async with serving(town):
        await rendering(town, forum, town.person)
        finish(town)
        await lost.struck()
        town.telegram.kick(forum)
        await town.until_video()
        await town.until_over(1)
    assert (len(town.videos()), len(town.videos(forum)), len(town.video_api.orders)) == (1, 1, 1)
