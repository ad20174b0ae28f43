"""Asks Telegram who a token is of, and waits for its owner to open the link that makes them the admin."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import suppress

from telegram import Message, Update, User
from telegram.constants import ChatType, PollingLimit
from telegram.error import BadRequest, Conflict, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.findings import said_of_conflict, trouble_with_telegram
from bot.settings import Settings
from chat.admin_link import AdminLink
from chat.errors import SendError
from chat.language import load, nearest, speaking
from chat.send import Destination, send
from handlers.admin import become_admin_texts
from handlers.registration import ALLOWED_UPDATES

#: So long Telegram may keep one question waiting; a Ctrl-C does not have to.
_LONG_POLL_SECONDS = 20
#: Between two questions while messages of others wait, which stay there for the bot: nothing is confirmed here.
_PAUSE_SECONDS = 1.0


class TelegramTrouble(Exception):
    """Telegram does not do it; the message is a sentence with what to do."""


async def find_username(settings: Settings) -> str:
    """Return the name of the bot that the token is of; raises TelegramTrouble."""
    try:
        async with build_bot(settings) as bot:
            return bot.username
    except TelegramError as error:
        raise TelegramTrouble(trouble_with_telegram(error, settings)) from error


async def wait_for_owner(settings: Settings, link: AdminLink) -> User:
    """Wait until somebody opens the link, tell them there that it worked, and return who it is.

    Whatever else comes waits for the bot, for Telegram is told of nothing that it has arrived. Raises TelegramTrouble.
    """
    load()
    try:
        async with build_bot(settings) as bot:
            person, message = await _opened(bot, link)
            with speaking(nearest(person.language_code)), suppress(SendError):
                await send(bot, Destination.answering(message), become_admin_texts.go_on_in_terminal())
            return person
    except Conflict as error:
        raise TelegramTrouble(said_of_conflict(error)) from error
    except TelegramError as error:
        raise TelegramTrouble(trouble_with_telegram(error, settings)) from error


async def _opened(bot: ExtBot[int], link: AdminLink) -> tuple[User, Message]:
    while True:
        waiting = await _waiting(bot)
        if opened := _opening(waiting, link):
            return opened
        if len(waiting) >= PollingLimit.MAX_LIMIT:
            raise TelegramTrouble(
                f"{len(waiting)} messages wait for this bot already, and yours cannot be seen behind them; the first "
                "start shows a link of this kind again"
            )
        await asyncio.sleep(_PAUSE_SECONDS if waiting else 0)


async def _waiting(bot: ExtBot[int]) -> Sequence[Update]:
    """Return what waits for the bot; a connection that breaks is nothing yet."""
    try:
        return await bot.get_updates(timeout=_LONG_POLL_SECONDS, allowed_updates=list(ALLOWED_UPDATES))
    except BadRequest:
        raise
    except NetworkError:
        await asyncio.sleep(_PAUSE_SECONDS)
        return ()


def _opening(updates: Iterable[Update], link: AdminLink) -> tuple[User, Message] | None:
    """Return who has opened the link, and their message."""
    for update in updates:
        message = update.message
        if message is None or message.from_user is None or message.chat.type != ChatType.PRIVATE:
            continue
        command, _, payload = (message.text or "").partition(" ")
        if command == "/start" and link.fits(payload.strip()):
            return message.from_user, message
    return None
