"""Sets the bot's command menus and descriptions in every language, where they differ from what Telegram has."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from types import MappingProxyType

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.background import sleep_unless, surviving
from chat.language import SOURCE, languages_of_menus, speaking, telegram_code
from chat.rate_limit import seconds_asked_for
from handlers.commands import menu, menu_of_administrators, menu_of_admins
from handlers.help import texts as help_texts

log = structlog.get_logger(__name__)

#: Seconds before each language: nobody waits for these, and everybody for answers.
_PAUSE = 1.0


async def bring_up_to_date(
    bot: ExtBot[int],
    stopping: asyncio.Event,
    *,
    admins: Mapping[int, str] = MappingProxyType({}),
    pause: float = _PAUSE,
) -> None:
    """Go through the languages one after the other, or until `stopping`; without them the bot works all the same.

    Before that, each of the `admins`, who are given with their languages, gets a menu of their own.
    """
    for admin_id, language in admins.items():
        await sleep_unless(stopping, pause)  # first: those who wrote while the bot was away wait for answers
        with surviving("the menu of an admin"):
            await _set_in(language, partial(_show_admin, bot, admin_id), stopping)
    for language in languages_of_menus():
        await sleep_unless(stopping, pause)
        # What everybody sees who speaks none of our languages has no language of its own.
        code = None if language == SOURCE else telegram_code(language)
        with surviving("the menu of a language"):
            await _set_in(language, partial(_set_where_different, bot, code), stopping)


async def _set_in(language: str, setting: Callable[[], Awaitable[None]], stopping: asyncio.Event) -> None:
    while not stopping.is_set():
        try:
            with speaking(language):
                await setting()
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


async def _show_admin(bot: ExtBot[int], admin_id: int) -> None:
    """Show an admin in their private chat what only admins can do, besides what everybody can."""
    try:
        await _set_commands(bot, (*menu(), *menu_of_admins()), BotCommandScopeChat(admin_id), None)
    except (BadRequest, Forbidden) as error:
        log.info("an admin has not written to the bot yet", admin=admin_id, answer=error.message)


async def _set_commands(
    bot: ExtBot[int], menu: Sequence[tuple[str, str]], scope: BotCommandScope, code: str | None
) -> None:
    commands = [BotCommand(name, words) for name, words in menu]
    if list(await bot.get_my_commands(scope=scope, language_code=code)) != commands:
        await bot.set_my_commands(commands, scope=scope, language_code=code)


async def _set_where_different(bot: ExtBot[int], code: str | None) -> None:
    """Telegram allows few changes of these, so look before changing."""
    await _set_commands(bot, menu(), BotCommandScopeDefault(), code)
    await _set_commands(bot, menu_of_administrators(), BotCommandScopeAllChatAdministrators(), code)
    description = help_texts.description()
    if (await bot.get_my_description(code)).description != description:
        await bot.set_my_description(description, code)
    short = help_texts.short_description()
    if (await bot.get_my_short_description(code)).short_description != short:
        await bot.set_my_short_description(short, code)
