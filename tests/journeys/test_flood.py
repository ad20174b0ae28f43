"""Telegram enforces its rate limits: everybody gets the video once, and progress gives way.

So that a minute need not take one, chats and groups have a tenth of Telegram's time on both sides; the limit over
all chats is the real one.
"""

from __future__ import annotations

from pathlib import Path

from bot.media.processes import MediaProcesses
from chat.rate_windows import Limit, RateLimits
from sandbox.telegram.rate_limits import RateLimits as EnforcedLimits
from tests.journeys.sandbox import Sandbox, sandbox
from tests.journeys.talk import said_in

FASTER = 10
ENFORCED = EnforcedLimits(chat_per_second=FASTER, minute=60 / FASTER)
KEPT = RateLimits(
    chat=Limit(calls=1, seconds=1.05 / FASTER, for_progress=1),
    group=Limit(calls=19, seconds=61 / FASTER, for_progress=8),
)
PEOPLE = 40
FRIENDS = 12


async def test_forty_people_and_a_group_of_twelve_requests_at_once_each_get_their_video(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaProcesses
) -> None:
    async with sandbox(
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


async def test_a_group_that_has_to_wait_holds_up_nobody_else(sandbox: Sandbox) -> None:
    friends = [sandbox.telegram.add_user(f"friend {number}") for number in range(8)]
    group = sandbox.telegram.add_group("Friends", friends)
    unhurried = Limit(calls=1000, seconds=1.0, for_progress=500)
    # Accepting uses the group's room up, so that its videos have to wait.
    limits = RateLimits(
        overall=unhurried, chat=unhurried, group=Limit(calls=len(friends), seconds=15.0, for_progress=1)
    )

    async with sandbox.bot(limits=limits):
        for friend in friends:
            sandbox.telegram.say(group, friend, f"/video@reelbot_bot {friend.first_name}")
        await sandbox.video_api.until(lambda: len(sandbox.video_api.downloads) == len(friends))
        sandbox.ask(sandbox.chat, "/video not in a group")
        await sandbox.until_video()
        delivered_in_group = len(sandbox.videos(group))
        await sandbox.until_over(len(friends) + 1)

    assert delivered_in_group == 0
    assert len(sandbox.videos(group)) == len(friends)


def _flooded(sandbox: Sandbox) -> list[str]:
    return [call.method for call in sandbox.telegram.calls if call.status == 429]
