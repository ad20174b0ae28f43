"""Whatever a server sends in Telegram's name is answered or passed over: nothing breaks, and everybody is served."""

from __future__ import annotations

from random import Random

from structlog.testing import capture_logs

from tests.journeys.hostile_updates import HostileUpdates
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import loud, next_answer, serving

SEED = 20261127
SOUND, BROKEN = 600, 2400
PASSED_OVER = "an update cannot be read and is passed over"
#: Telegram has no such file.
NO_PHOTO = "the photo does not come through; I try again"


async def test_three_thousand_sound_and_broken_updates_break_nothing(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    people = [
        (user, sandbox.telegram.private_chat(user)) for user in map(sandbox.telegram.add_user, "ABCDEFGH")
    ]
    group = sandbox.telegram.add_group("Friends", [user for user, _ in people])
    updates = HostileUpdates(Random(SEED), people, group)  # noqa: S311 - the same dice each time is what is wanted

    with capture_logs() as logs:
        async with serving(sandbox, poll_interval_seconds=300, admin_ids=str(people[0][0].id)):
            for number in range(SOUND + BROKEN):
                sandbox.telegram.inject_update(updates.sound() if number % 5 == 0 else updates.broken())
            await sandbox.telegram.until(lambda: not len(sandbox.telegram.state.updates))
            for person, chat in people:
                await next_answer(sandbox, sandbox.telegram.say(chat, person, "/help"))
            await next_answer(sandbox, sandbox.telegram.say(group, sandbox.person, "/help@reelbot_bot"))

    noted = [note["event"] for note in loud(logs)]
    assert set(noted) <= {PASSED_OVER, NO_PHOTO}
    assert noted.count(PASSED_OVER) > BROKEN // 4
