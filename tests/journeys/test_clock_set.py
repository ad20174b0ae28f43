"""The machine's clock is set while the bot serves: what is under way goes on as if nothing had happened."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from bot.run import serve, utc_now
from bot.settings import read_settings
from tests.journeys.sandbox import UNHURRIED, Sandbox
from tests.sora_catalogue import sora_catalogue


@pytest.mark.parametrize("by", [timedelta(hours=-2), timedelta(days=400)], ids=["back", "forward"])
async def test_a_video_comes_although_the_clock_is_set_meanwhile(sandbox: Sandbox, by: timedelta) -> None:
    sandbox.video_api.hold = True
    ahead = timedelta(hours=2)

    def clock() -> datetime:
        return utc_now() + ahead

    settings = read_settings(
        _env_file=None, **{name.lower(): value for name, value in sandbox.settings.items()}
    )
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(serve(settings, sora_catalogue(), stopping, clock=clock, rate_limits=UNHURRIED))
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_said("being made")
        ahead += by
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.until_video()
        await sandbox.until_over(1)
        stopping.set()

    assert (await sandbox.ending(sandbox.chat, "a cat")).videos == 1
