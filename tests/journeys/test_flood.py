"""Telegram's flood limits, enforced: everybody gets the video, once, and progress is what gives way.

So that a minute need not take one, chats and groups have a tenth of Telegram's time on both sides; the limit over
all chats is the real one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chat.rate_limit import FloodLimits, Limit
from sandbox.telegram.rate_limits import FloodLimits as EnforcedLimits
from tests.journeys.talk import said_in
from tests.journeys.town import Town, town

if TYPE_CHECKING:
    from pathlib import Path

    from bot.media.processes import MediaRoom


FASTER = 10
ENFORCED = EnforcedLimits(chat_per_second=FASTER, minute=60 / FASTER)
KEPT = FloodLimits(
    chat=Limit(calls=1, seconds=1.05 / FASTER, for_progress=1),
    group=Limit(calls=19, seconds=61 / FASTER, for_progress=8),
)
PEOPLE = 40
FRIENDS = 12


async def test_forty_people_and_a_group_of_twelve_requests_at_once_each_get_their_video(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaRoom
) -> None:
    async with town(
        tmp_path, clips=clips, database=fresh_database, media=media, flood=ENFORCED, seconds_to_render=2
    ) as opened:
        chats = [opened.newcomer(f"person {number}") for number in range(PEOPLE)]
        friends = [opened.telegram.add_user(f"friend {number}") for number in range(FRIENDS)]
        group = opened.telegram.add_group("Friends", friends)
        async with opened.bot(limits=KEPT, max_rendering=PEOPLE + FRIENDS):
            for chat in chats:
                opened.ask(chat, f"/video {chat.name}")
            requests = [
                opened.telegram.say(group, friend, f"/video@reelbot_bot {friend.first_name}")
                for friend in friends
            ]
            await opened.until_over(PEOPLE + FRIENDS)

        assert [len(opened.videos(chat)) for chat in chats] == [1] * PEOPLE
        assert {
            video.reply_to_message_id: video.words.partition("\n")[0] for video in opened.videos(group)
        } == {request.id: f"{request.sender.first_name}" for request in requests}
        assert [len(said_in(opened, chat)) for chat in (*chats, group)] == [1] * PEOPLE + [FRIENDS]
        assert len(opened.video_api.orders) == PEOPLE + FRIENDS
        # Telegram says no to the crowd's first burst, and from then on to hardly anybody.
        assert len(_flooded(opened)) <= PEOPLE + FRIENDS - 30 + 5


async def test_a_group_that_has_to_wait_holds_up_nobody_else(town: Town) -> None:
    friends = [town.telegram.add_user(f"friend {number}") for number in range(8)]
    group = town.telegram.add_group("Friends", friends)
    unhurried = Limit(calls=1000, seconds=1.0, for_progress=500)
    # Accepting uses the group's room up, so that its videos have to wait.
    limits = FloodLimits(
        overall=unhurried, chat=unhurried, group=Limit(calls=len(friends), seconds=15.0, for_progress=1)
    )

    async with town.bot(limits=limits):
        for friend in friends:
            town.telegram.say(group, friend, f"/video@reelbot_bot {friend.first_name}")
        await town.video_api.until(lambda: len(town.video_api.downloads) == len(friends))
        town.ask(town.chat, "/video not in a group")
        await town.until_video()
        delivered_in_group = len(town.videos(group))
        await town.until_over(len(friends) + 1)

    assert delivered_in_group == 0
    assert len(town.videos(group)) == len(friends)


def _flooded(town: Town) -> list[str]:
    return [call.method for call in town.telegram.calls if call.status == 429]
