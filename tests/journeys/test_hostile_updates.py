"""Whatever a server sends in Telegram's name is answered or passed over: nothing breaks, and everybody is served."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from tests.journeys.hostile_updates import HostileUpdates
from tests.journeys.talk import loud, next_answer, serving

if TYPE_CHECKING:
    from tests.journeys.town import Town

SEED = 20261127
SOUND, BROKEN = 600, 2400
PASSED_OVER = "an update cannot be read and is passed over"
#: Telegram has no such file.
NO_PHOTO = "the photo does not come through; I try again"


async def test_three_thousand_sound_and_broken_updates_break_nothing(town: Town) -> None:
    town.video_api.hold = True
    people = [(user, town.telegram.private_chat(user)) for user in map(town.telegram.add_user, "ABCDEFGH")]
    group = town.telegram.add_group("Friends", [user for user, _ in people])
    updates = HostileUpdates(Random(SEED), people, group)  # noqa: S311 - the same dice each time is what is wanted

    with capture_logs() as logs:
        async with serving(town, poll_interval_seconds=300, admin_ids=str(people[0][0].id)):
            for number in range(SOUND + BROKEN):
                town.telegram.inject_update(updates.sound() if number % 5 == 0 else updates.broken())
            await town.telegram.until(lambda: not len(town.telegram.state.updates))
            for person, chat in people:
                await next_answer(town, town.telegram.say(chat, person, "/help"))
            await next_answer(town, town.telegram.say(group, town.person, "/help@reelbot_bot"))

    noted = [note["event"] for note in loud(logs)]
    assert set(noted) <= {PASSED_OVER, NO_PHOTO}
    assert noted.count(PASSED_OVER) > BROKEN // 4
