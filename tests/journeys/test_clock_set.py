"""The machine's clock is set while the bot serves: what is under way goes on as if nothing had happened."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.run import serve, utc_now
from bot.settings import read_settings
from domain.catalogue import packaged_catalogue
from tests.journeys.town import UNHURRIED

if TYPE_CHECKING:
    from datetime import datetime

    from tests.journeys.town import Town


@pytest.mark.parametrize("by", [timedelta(hours=-2), timedelta(days=400)], ids=["back", "forward"])
async def test_a_video_comes_although_the_clock_is_set_meanwhile(town: Town, by: timedelta) -> None:
    town.video_api.hold = True
    ahead = timedelta(hours=2)

    def clock() -> datetime:
        return utc_now() + ahead

    settings = read_settings(_env_file=None, **{name.lower(): value for name, value in town.settings.items()})
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(
            serve(settings, packaged_catalogue(), stopping, clock=clock, flood_limits=UNHURRIED)
        )
        town.ask(town.chat, "/video a cat")
        await town.until_said("being made")
        ahead += by
        town.video_api.finish(town.video_api.orders[0].video_id)
        await town.until_video()
        await town.until_over(1)
        stopping.set()

    assert (await town.ending(town.chat, "a cat")).videos == 1
