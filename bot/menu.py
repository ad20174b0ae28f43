"""Sets the bot's command menu and descriptions in every language, where they differ from what Telegram has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from telegram import BotCommand
from telegram.error import RetryAfter, TelegramError

from bot.flood import seconds_asked_for
from bot.polling import sleep_unless
from handlers import help_texts
from handlers.language import LANGUAGES, SOURCE, speaking, telegram_code

if TYPE_CHECKING:
    import asyncio

    from telegram.ext import ExtBot


log = structlog.get_logger(__name__)

#: Seconds before each language: nobody waits for these, and everybody for answers.
_PAUSE = 1.0


async def bring_up_to_date(bot: ExtBot[int], stopping: asyncio.Event, *, pause: float = _PAUSE) -> None:
    """Go through the languages one after the other, or until `stopping`; without them the bot works all the same."""
    for language in LANGUAGES:
        await sleep_unless(stopping, pause)  # first: those who wrote while the bot was away wait for answers
        await _set_in(bot, language, stopping)


async def _set_in(bot: ExtBot[int], language: str, stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            with speaking(language):
                # What everybody sees who speaks none of our languages has no language of its own.
                await _set_where_different(bot, None if language == SOURCE else telegram_code(language))
        except RetryAfter as flooded:
            log.info("Telegram lets the command menu wait", language=language, problem=flooded.message)
            await sleep_unless(stopping, seconds_asked_for(flooded))
        except TelegramError as error:
            log.warning(
                "the command menu could not be set; I go on without", language=language, problem=error.message
            )
            return
        else:
            return


async def _set_where_different(bot: ExtBot[int], code: str | None) -> None:
    """Telegram allows few changes of these, so look before changing."""
    commands = [BotCommand(name, words) for name, words in help_texts.menu()]
    if list(await bot.get_my_commands(language_code=code)) != commands:
        await bot.set_my_commands(commands, language_code=code)
    description = help_texts.description()
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
    short = help_texts.short_description()
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
