"""Sets the bot's command menu and descriptions at start, where they differ from what Telegram has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import BotCommand
from telegram.error import TelegramError

from handlers import help_texts

if TYPE_CHECKING:
    from telegram.ext import ExtBot


log = structlog.get_logger(__name__)


async def bring_up_to_date(bot: ExtBot[int]) -> None:
    """Telegram allows few changes of these, so look before changing; without them the bot works all the same."""
    try:
        commands = [BotCommand(name, words) for name, words in help_texts.menu()]
        if list(await bot.get_my_commands()) != commands:
            await bot.set_my_commands(commands)
        if (await bot.get_my_description()).description != help_texts.description():
            await bot.set_my_description(help_texts.description())
        if (await bot.get_my_short_description()).short_description != help_texts.short_description():
            await bot.set_my_short_description(help_texts.short_description())
    except TelegramError as error:
        log.warning("the command menu could not be set; I go on without", problem=error.message)
