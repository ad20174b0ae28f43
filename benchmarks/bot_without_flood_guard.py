"""`bot run` as it would be if Telegram bore any number of messages: shows the bot's own speed."""

from __future__ import annotations

import asyncio
import signal

from bot.cli import read_catalogue, secrets_of
from bot.flood import FloodLimits, Limit
from bot.logs import set_up_logs
from bot.run import serve
from bot.settings import read_settings

_ANY_NUMBER = Limit(calls=1_000_000, seconds=1.0, for_progress=1_000_000)


async def main() -> None:
    settings = read_settings()
    set_up_logs(settings.log_level, secrets_of(settings))
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    limits = FloodLimits(overall=_ANY_NUMBER, chat=_ANY_NUMBER, group=_ANY_NUMBER)
    await serve(settings, read_catalogue(settings), stopping, flood_limits=limits)


if __name__ == "__main__":
    asyncio.run(main())
