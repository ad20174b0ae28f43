"""Many speak in one group at once: every request is kept, and nobody's look-ups stand in the way of another's video."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chat.rate_limit import FloodLimits, Limit
from domain.job import State
from tests.journeys.talk import next_answer, said_in
from tests.journeys.town import UNHURRIED, Town

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat, User

FRIENDS = 40
WIDE = Limit(calls=1000, seconds=1.0, for_progress=500)


async def test_every_request_of_a_crowd_is_kept_when_the_bot_dies_and_when_it_is_stopped(town: Town) -> None:
    town.video_api.hold = True
    friends = [town.telegram.add_user(f"friend {number}") for number in range(2 * FRIENDS)]
    group = town.telegram.add_group("Friends", friends)
    async with town.process() as process:
        await town.until_polled()
        _ask_all(town, group, friends[:FRIENDS])
        await town.telegram.until(lambda: not len(town.telegram.state.updates))
        await town.kill(process)
    async with town.process():
        await town.until_polled()
        _ask_all(town, group, friends[FRIENDS:])
        await town.telegram.until(lambda: not len(town.telegram.state.updates))
    async with town.process():
        await town.until_jobs(2 * FRIENDS)

    wanted = [job.request.prompt for job in await town.jobs()]
    assert sorted(wanted) == sorted(friend.first_name for friend in friends)


async def test_everybody_in_a_group_that_has_to_wait_is_accepted_at_once(town: Town) -> None:
    town.video_api.hold = True
    friends = [town.telegram.add_user(f"friend {number}") for number in range(FRIENDS)]
    group = town.telegram.add_group("Friends", friends)
    answers = Limit(calls=5, seconds=3600, for_progress=1)
    async with town.bot(limits=FloodLimits(overall=WIDE, chat=WIDE, group=answers)):
        _ask_all(town, group, friends)
        await town.until_jobs(FRIENDS)

    assert len(said_in(town, group)) <= answers.calls


async def test_a_friends_request_goes_before_the_look_ups_of_one_who_floods_the_group(town: Town) -> None:
    town.video_api.hold = True
    loud, friend = (town.telegram.add_user(name) for name in ("Loud", "Friend"))
    group = town.telegram.add_group("Friends", [loud, friend])
    # The greeting takes its place, too.
    slow = Limit(calls=2, seconds=6.0, for_progress=1)
    async with town.bot(limits=FloodLimits(overall=WIDE, chat=WIDE, group=slow)):
        await town.until_polled()
        for _ in range(60):
            town.telegram.say(group, loud, "/help@reelbot_bot")
        await town.telegram.until(lambda: len(said_in(town, group)) == 1)
        asked = town.telegram.say(group, friend, "/video@reelbot_bot a cat")
        await next_answer(town, asked)
        await town.telegram.until(lambda: len(said_in(town, group)) == 3)

    answered = [message.reply_to.sender.first_name for message in said_in(town, group) if message.reply_to]
    assert sorted(answered) == ["Friend", "Loud", "Loud"]
    assert answered[-1] == "Loud"


async def test_what_changes_something_is_done_each_time_however_long_its_answers_wait(town: Town) -> None:
    town.video_api.hold = True
    group = town.telegram.add_group("Friends", [town.person])
    shut = Limit(calls=1, seconds=3600, for_progress=1)
    async with town.bot(limits=FloodLimits(overall=WIDE, chat=WIDE, group=shut), max_rendering=1):
        for words in ("one", "two", "three"):
            town.telegram.say(group, town.person, f"/video@reelbot_bot {words}")
        await town.video_api.until(lambda: len(town.video_api.orders) == 1)
        for _ in range(2):
            town.telegram.say(group, town.person, "/cancel@reelbot_bot")
        await town.until_jobs(2, State.CANCELLED)


async def test_what_waited_for_its_answer_is_answered_after_a_restart(town: Town) -> None:
    group = town.telegram.add_group("Friends", [town.person])
    shut = Limit(calls=2, seconds=3600, for_progress=1)
    async with town.bot(limits=FloodLimits(overall=WIDE, chat=WIDE, group=shut)):
        asked = [
            town.telegram.say(group, town.person, f"/{name}@reelbot_bot")
            for name in ("help", "quota", "jobs")
        ]
        await next_answer(town, asked[0])
        await town.telegram.until(lambda: not len(town.telegram.state.updates))
    async with town.bot(limits=UNHURRIED):
        await next_answer(town, asked[-1])

    assert [message.reply_to for message in said_in(town, group)] == asked


def _ask_all(town: Town, group: Chat, friends: list[User]) -> None:
    for friend in friends:
        town.telegram.say(group, friend, f"/video@reelbot_bot {friend.first_name}")
