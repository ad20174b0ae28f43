"""A group becomes a supergroup: jobs under way arrive there, once, and all that was the group's is the supergroup's."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from domain.job import State
from sandbox.telegram.chats import Chat, Standing, User
from sandbox.telegram.faults import Fault, FaultKind
from tests.journeys.rows import let_pay, query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import loud, next_answer, said_in, serving


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


@pytest.fixture
def group(sandbox: Sandbox, friend: User) -> Chat:
    """Return a basic group, whose owner speaks in its name."""
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend], kind="group")
    sandbox.telegram.appoint(group, sandbox.person, is_anonymous=True)
    sandbox.video_api.hold = True
    return group


async def test_what_is_under_way_arrives_in_the_supergroup_and_the_group_keeps_what_it_had(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    people = sandbox.telegram
    await let_pay(sandbox, group.id, 1)
    with capture_logs() as notes:
        async with serving(sandbox, max_rendering=2):
            await _ask(sandbox, group, sandbox.person, "a dog")
            await _ask(sandbox, group, friend, "a cat")
            await next_answer(sandbox, people.say(group, friend, "/video@reelbot_bot later"))
            new = people.migrate(group)
            # It looks as if the bot had been thrown out of the one and let into the other.
            people.kick(group)
            people.state.change_standing(new, Standing.MEMBER, by=sandbox.person, before=Standing.LEFT)
            sandbox.video_api.hold = False
            for order in list(sandbox.video_api.orders):
                sandbox.video_api.finish(order.video_id)
            await sandbox.until_video(new, number=3)
            await sandbox.until_over(3)
            quota = await next_answer(sandbox, people.say(new, sandbox.person, "/quota@reelbot_bot"))
            people.say(new, friend, "/video@reelbot_bot a bird")
            await sandbox.until_video(new, number=4)
            jobs = await sandbox.until_over(4)
    shown = sorted(video.words.partition("\n")[0] for video in sandbox.videos(new))
    assert shown == ["a bird", "a cat", "a dog", "later"]
    assert {video.words.splitlines()[-1] for video in sandbox.videos(new)} == {"for Bo", "for Friends"}
    assert quota.words.startswith("This group has 0 of 1 credit left today.")
    assert [(job.state, job.place.chat_id, job.place.account_id) for job in jobs] == [
        (State.DONE, new.id, new.id),
        (State.DONE, new.id, friend.id),
        (State.DONE, new.id, friend.id),
        (State.DONE, new.id, friend.id),
    ]
    assert len(sandbox.video_api.orders) == 4
    assert await query(sandbox, "SELECT chat_id FROM groups") == [(new.id,)]
    greetings = [message for message in sandbox.bot_messages(new) if message.words.startswith("👋")]
    assert (greetings, loud(notes), sandbox.videos(group)) == ([], [], [])


@pytest.mark.parametrize("first_try", [None, FaultKind.LOST_BEFORE], ids=["the video", "its second try"])
async def test_a_bot_that_nobody_told_learns_it_when_it_sends(
    sandbox: Sandbox, group: Chat, friend: User, first_try: FaultKind | None
) -> None:
    async with serving(sandbox):
        await _ask(sandbox, group, friend, "a cat")
    new = sandbox.telegram.migrate(group)
    sandbox.telegram.state.updates.forget()
    if first_try is not None:
        sandbox.telegram.faults.add(Fault(method="sendVideo", kind=first_try))
    sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
    async with serving(sandbox):
        video = await sandbox.until_video(new)
        [job] = await sandbox.until_over(1)
    assert (video.words, video.reply_to) == ("a cat\n\nSora 2 · 10 s · Portrait\nfor Bo", None)
    assert (job.state, job.place.chat_id, job.result_message_id) == (State.DONE, new.id, video.id)
    assert said_in(sandbox, new) == [video]
    assert len(sandbox.video_api.orders) == 1


async def test_the_reason_for_no_video_is_told_in_the_supergroup(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    async with serving(sandbox):
        await _ask(sandbox, group, friend, "a cat")
    new = sandbox.telegram.migrate(group)
    sandbox.telegram.state.updates.forget()
    sandbox.video_api.fail(sandbox.video_api.orders[0].video_id, "no")
    async with serving(sandbox):
        reason = await sandbox.until_said("No video this time", new)
        await sandbox.until_over(1)
        sandbox.video_api.hold = False
        sandbox.telegram.press(friend, reason, "Try again")
        video = await sandbox.until_video(new)
    assert video.words.endswith("for Bo")


async def _ask(sandbox: Sandbox, group: Chat, asker: User, words: str) -> None:
    """Ask for a video, and wait until it is being made."""
    status = await next_answer(sandbox, sandbox.telegram.say(group, asker, f"/video@reelbot_bot {words}"))
    await sandbox.telegram.until(lambda: "being made" in status.words)
