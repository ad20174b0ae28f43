"""Tells who administers a group; Telegram is asked once in a few minutes about each person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import LRUCache
from telegram import Bot, Message
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden, TelegramError

from domain.cache_sizes import ADMINISTRATORS

#: So long it may take until somebody is no administrator any more for us, or is one.
_BELIEVED = {True: timedelta(minutes=5), False: timedelta(minutes=1)}
_MAY_CHANGE = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class _Known:
    """What Telegram said about somebody, and until when that is believed."""

    is_one: bool
    until: datetime


class Administrators:
    """Knows administrators for a few minutes."""

    def __init__(self) -> None:
        self._known = LRUCache[tuple[int, int], _Known](ADMINISTRATORS)

    async def wrote(self, bot: Bot, message: Message, now: datetime) -> bool:
        """Tell whether one of the group's administrators wrote a message, be it as the group (Bot API: sender_chat)."""
        if message.sender_chat is not None:
            return message.sender_chat.id == message.chat_id
        person = message.from_user
        return person is not None and await self.has(bot, message.chat_id, person.id, now)

    async def has(self, bot: Bot, chat_id: int, account_id: int, now: datetime) -> bool:
        """Tell whether an account administers a group: the group itself does, other chats never do.

        Where Telegram does not say, nobody does (Bot API: getChatMember).
        """
        if account_id < 0:
            return account_id == chat_id
        known = self._known.get((chat_id, account_id))
        if known is not None and now < known.until:
            return known.is_one
        try:
            member = await bot.get_chat_member(chat_id, account_id)
        except (BadRequest, Forbidden):
            is_one = False
        except TelegramError:
            # It could not be asked this time, and will be the next.
            return False
        else:
            is_one = member.status in _MAY_CHANGE
        self._known[chat_id, account_id] = _Known(is_one, now + _BELIEVED[is_one])
        return is_one
