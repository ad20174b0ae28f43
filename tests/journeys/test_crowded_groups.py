"""Many speak in one group at once: every request is kept, and nobody's look-ups stand in the way of another's video."""

from __future__ import annotations

from chat.rate_windows import Limit, RateLimits
from domain.job import State
from sandbox.telegram.chats import Chat, User
from tests.journeys.sandbox import UNHURRIED, Sandbox
from tests.journeys.talk import next_answer, said_in

FRIENDS = 40
WIDE = Limit(calls=1000, seconds=1.0, for_progress=500)


async def test_every_request_of_a_crowd_is_kept_when_the_bot_dies_and_when_it_is_stopped(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.hold = True
    friends = [sandbox.telegram.add_user(f"friend {number}") for number in range(2 * FRIENDS)]
    group = sandbox.telegram.add_group("Friends", friends)
    async with sandbox.process() as process:
        await sandbox.until_polled()
        _ask_all(sandbox, group, friends[:FRIENDS])
        await sandbox.telegram.until(lambda: not len(sandbox.telegram.state.updates))
        await sandbox.kill(process)
    async with sandbox.process():
        await sandbox.until_polled()
        _ask_all(sandbox, group, friends[FRIENDS:])
        await sandbox.telegram.until(lambda: not len(sandbox.telegram.state.updates))
    async with sandbox.process():
        await sandbox.until_jobs(2 * FRIENDS)

    wanted = [job.request.prompt for job in await sandbox.jobs()]
    assert sorted(wanted) == sorted(friend.first_name for friend in friends)


async def test_everybody_in_a_group_that_has_to_wait_is_accepted_at_once(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    friends = [sandbox.telegram.add_user(f"friend {number}") for number in range(FRIENDS)]
    group = sandbox.telegram.add_group("Friends", friends)
    answers = Limit(calls=5, seconds=3600, for_progress=1)
    async with sandbox.bot(limits=RateLimits(overall=WIDE, chat=WIDE, group=answers)):
        _ask_all(sandbox, group, friends)
        await sandbox.until_jobs(FRIENDS)

    assert len(said_in(sandbox, group)) <= answers.calls


async def test_a_friends_request_goes_before_the_look_ups_of_one_who_floods_the_group(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.hold = True
    loud, friend = (sandbox.telegram.add_user(name) for name in ("Loud", "Friend"))
    group = sandbox.telegram.add_group("Friends", [loud, friend])
    # The greeting takes its place, too.
    slow = Limit(calls=2, seconds=6.0, for_progress=1)
    async with sandbox.bot(limits=RateLimits(overall=WIDE, chat=WIDE, group=slow)):
        await sandbox.until_polled()
        for _ in range(60):
            sandbox.telegram.say(group, loud, "/help@reelbot_bot")
        await sandbox.telegram.until(lambda: len(said_in(sandbox, group)) == 1)
        asked = sandbox.telegram.say(group, friend, "/video@reelbot_bot a cat")
        await next_answer(sandbox, asked)
        await sandbox.telegram.until(lambda: len(said_in(sandbox, group)) == 3)

    answered = [message.reply_to.sender.first_name for message in said_in(sandbox, group) if message.reply_to]
    assert sorted(answered) == ["Friend", "Loud", "Loud"]
    assert answered[-1] == "Loud"


async def test_what_changes_something_is_done_each_time_however_long_its_answers_wait(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.hold = True
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    shut = Limit(calls=1, seconds=3600, for_progress=1)
    async with sandbox.bot(limits=RateLimits(overall=WIDE, chat=WIDE, group=shut), max_rendering=1):
        for words in ("one", "two", "three"):
            sandbox.telegram.say(group, sandbox.person, f"/video@reelbot_bot {words}")
        await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) == 1)
        for _ in range(2):
            sandbox.telegram.say(group, sandbox.person, "/cancel@reelbot_bot")
        await sandbox.until_jobs(2, State.CANCELLED)


async def test_what_waited_for_its_answer_is_answered_after_a_restart(sandbox: Sandbox) -> None:
    group = sandbox.telegram.add_group("Friends", [sandbox.person])
    shut = Limit(calls=2, seconds=3600, for_progress=1)
    async with sandbox.bot(limits=RateLimits(overall=WIDE, chat=WIDE, group=shut)):
        asked = [
            sandbox.telegram.say(group, sandbox.person, f"/{name}@reelbot_bot")
            for name in ("help", "quota", "jobs")
        ]
        await next_answer(sandbox, asked[0])
        await sandbox.telegram.until(lambda: not len(sandbox.telegram.state.updates))
    async with sandbox.bot(limits=UNHURRIED):
        await next_answer(sandbox, asked[-1])

    assert [message.reply_to for message in said_in(sandbox, group)] == asked


def _ask_all(sandbox: Sandbox, group: Chat, friends: list[User]) -> None:
    for friend in friends:
        sandbox.telegram.say(group, friend, f"/video@reelbot_bot {friend.first_name}")
