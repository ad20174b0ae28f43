"""Finds the account that an admin means: `here`, an id, a @username, a display name, or who wrote what is replied to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from telegram import Message

from domain.account import Account
from handlers.context import Context
from handlers.message import place_of
from handlers.message_call import MessageCall
from storage.profiles import name_key

HERE = "here"
_AMOUNT = re.compile(r"[+-]?\d+|unlimited|off", re.IGNORECASE | re.ASCII)
_LONGEST_ID = 15
_QUOTED = re.compile(r"""["“„«](?P<name>[^"”“»]+)["”“»]\s*(?P<rest>.*)""", re.DOTALL)
#: So many words, and no more, may be a display name.
_WORDS_IN_NAME = 8
#: So many accounts of one name are shown.
MOST_ALIKE = 8


class WhomUnclear(Exception):
    """It is unclear which account the admin means."""


class UnknownAccount(WhomUnclear):
    """Nobody is known by what the admin wrote."""

    def __init__(self, written: str) -> None:
        super().__init__(f"nobody is known as {written!r}")
        self.written = written


class NobodyNamed(WhomUnclear):
    """The command names no account, and replies to nobody's message."""


class TwoMeant(WhomUnclear):
    """The command names one account, and replies to another's message."""

    def __init__(self, written: Account, replied_to: Account) -> None:
        super().__init__(f"{written.id} is named, and {replied_to.id} replied to")
        self.written = written
        self.replied_to = replied_to


@dataclass(frozen=True, slots=True)
class Named:
    """The account that a command is about, and the words behind it."""

    account: Account
    words: str


class SeveralMeant(WhomUnclear):
    """Several accounts have the display name that the command begins with: whoever likes may be called that."""

    def __init__(self, alike: Sequence[Named]) -> None:
        super().__init__(f"{len(alike)} accounts may be meant")
        self.alike = alike


async def named_in(call: MessageCall, *, has_amount: bool = False) -> Named:
    """Return whom the command's first word means; without such a word, who wrote the message that this one replies to.

    A command that `has_amount` has a number behind whom it is about: in a reply, one number alone is that.

    Raises:
        UnknownAccount: The words begin with no name or id by which anybody is known.
        SeveralMeant: They begin with a display name, or with several, that more than one account has.
        NobodyNamed: There is no such word, and no message replied to.
        TwoMeant: The first word means another than who wrote the message replied to.
    """
    context, message, words = call.context, call.message, call.words
    first, _, rest = words.partition(" ")
    if is_about_group(message, words):
        return Named(await _account(context, message.chat_id), rest.strip())
    replied_to = message_replied_to(message)
    author = None if replied_to is None else await _author(context, replied_to)
    is_amount = author is not None and has_amount and not _AMOUNT.fullmatch(rest.strip().partition(" ")[0])
    written = await _written(context, first, is_amount=is_amount)
    if written is None and author is not None:
        return Named(author, words)
    if written is None:
        return await _by_display_name(context, words)
    if author is not None and author.id != written.id:
        raise TwoMeant(written, author)
    return Named(written, rest.strip())


def is_about_group(message: Message, words: str) -> bool:
    """Tell whether a command is about the group that it stands in."""
    return message.chat_id < 0 and words.strip().partition(" ")[0].casefold() == HERE


async def _written(context: Context, word: str, *, is_amount: bool) -> Account | None:
    """Return the account that a word names; None if the word is neither a name nor an id."""
    if word.startswith("@"):
        account = await context.services.storage.accounts.find_by_username(word.removeprefix("@"))
        if account is None:
            raise UnknownAccount(word)
        return account
    return await _account(context, int(word)) if _is_id(word) and not is_amount else None


async def _by_display_name(context: Context, words: str) -> Named:
    """Return the one account whose display name the words begin with."""
    if not words:
        raise NobodyNamed
    rests = _names_in(words)
    known = await context.services.storage.accounts.find_by_names(rests, limit=MOST_ALIKE + 1)
    alike = [Named(account, rests[name_key(account.name)]) for account in known]
    match alike:
        case []:
            is_here = words.partition(" ")[0].casefold() == HERE
            raise UnknownAccount(HERE if is_here else words)
        case [named]:
            return named
        case _:
            raise SeveralMeant(alike)


def _names_in(words: str) -> Mapping[str, str]:
    """Return each display name that may open the words, as it is looked up, with the words behind it."""
    quoted = _QUOTED.fullmatch(words)
    if quoted is not None:
        return {name_key(quoted["name"]): quoted["rest"]}
    ends = [word.end() for word in islice(re.finditer(r"\S+", words), _WORDS_IN_NAME)]
    return {name_key(words[:end]): words[end:].strip() for end in ends}


def message_replied_to(message: Message) -> Message | None:
    """Return the message of a group that this one replies to; a topic's opening is none (Bot API: Message).

    In a private chat there is nobody but the admin who could have written it.
    """
    replied_to = message.reply_to_message
    if message.chat_id > 0 or replied_to is None or replied_to.forum_topic_created is not None:
        return None
    if replied_to.from_user is not None and replied_to.from_user.is_bot and replied_to.sender_chat is None:
        return None
    return replied_to


async def _author(context: Context, message: Message) -> Account:
    """Return the author of a message, with the name that the message tells if nothing else is known."""
    account_id, sender = place_of(message).own_account_id, message.from_user
    known = await context.services.storage.accounts.find(account_id)
    if known is not None or sender is None or sender.id != account_id:
        return known or Account(id=account_id)
    return Account(id=account_id, name=sender.full_name, username=sender.username)


async def _account(context: Context, account_id: int) -> Account:
    """Return an account, also one of which nothing is known."""
    return await context.services.storage.accounts.find(account_id) or Account(id=account_id)


def _is_id(word: str) -> bool:
    digits = word.removeprefix("-")
    return digits.isascii() and digits.isdigit() and 0 < len(digits) <= _LONGEST_ID and int(digits) != 0
