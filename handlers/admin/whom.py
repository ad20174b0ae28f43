"""Finds out whom an admin means: an id, a @name, `here` for the group, or who wrote the message replied to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.account import Account
from handlers.incoming import place_of

if TYPE_CHECKING:
    from telegram import Message

    from handlers.context import Context

HERE = "here"
_LONGEST_ID = 15


class UnknownAccount(Exception):  # noqa: N818 - says what it is
    """Nobody is known by what the admin wrote."""

    def __init__(self, written: str) -> None:
        super().__init__(f"nobody is known as {written!r}")
        self.written = written


class NobodyNamed(Exception):  # noqa: N818 - says what it is
    """The command does not say whom it is about."""


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a command is about, and its words behind that."""

    account: Account
    words: str


async def named_in(context: Context, message: Message, words: str) -> Named:
    """Return whom the first word means; without such a word, who wrote the message that this one replies to.

    Raises:
        UnknownAccount: The first word is a name or an id, and nobody is known by it.
        NobodyNamed: There is no such word, and no message replied to.
    """
    first, _, rest = words.strip().partition(" ")
    if first.casefold() == HERE and message.chat_id < 0:
        return Named(await _account(context, message.chat_id), rest.strip())
    if first.startswith("@"):
        account = await context.services.accounts.find_by_username(first.removeprefix("@"))
        if account is None:
            raise UnknownAccount(first)
        return Named(account, rest.strip())
    replied_to = _replied_to(message)
    if replied_to is not None:
        return Named(await _account(context, place_of(replied_to).own_account_id), words.strip())
    if _is_id(first):
        return Named(await _account(context, int(first)), rest.strip())
    if not first:
        raise NobodyNamed
    raise UnknownAccount(first)


def _replied_to(message: Message) -> Message | None:
    """Return the message of somebody else that this one replies to; a topic's opening is none (Bot API: Message)."""
    replied_to = message.reply_to_message
    if replied_to is None or replied_to.forum_topic_created is not None:
        return None
    if replied_to.from_user is not None and replied_to.from_user.is_bot and replied_to.sender_chat is None:
        return None
    return replied_to


async def _account(context: Context, account_id: int) -> Account:
    """Return an account; whoever runs the bot may speak of one that it has never met."""
    return await context.services.accounts.find(account_id) or Account(id=account_id)


def _is_id(word: str) -> bool:
    digits = word.removeprefix("-")
    return digits.isascii() and digits.isdigit() and 0 < len(digits) <= _LONGEST_ID and int(digits) != 0
