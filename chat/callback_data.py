"""The few bytes that a button carries; they are read after a restart, and by later versions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardButton

_VERSION = "1"
#: What the number of a row looks like; whatever is longer fits into no database, and is made up.
_ROW_ID = re.compile(r"\d{1,18}", re.ASCII)
_PRICE = re.compile(r"\d{1,9}", re.ASCII)
#: With the longest kind before it, and the number of the row, a button carries 64 bytes.
_LONGEST_PRICED = 36
#: What the id of an account looks like; groups' are negative.
_ACCOUNT_ID = re.compile(r"-?\d{1,18}", re.ASCII)


class ButtonKind(StrEnum):
    """What a press asks for."""

    #: Make the video on the card; the value is the price that the button says.
    MAKE = "make"
    #: Make an example; the value is its name, and the price that the button says.
    EXAMPLE = "example"
    #: Show a surprising idea on a card.
    SURPRISE = "surprise"
    #: Explain how to send a photo.
    PHOTO = "photo"
    #: Change what the card would make, or open a page of its choices.
    PICK = "pick"
    #: Make a video of the picture that a sticker, a GIF or a clip shows, once its words are known.
    PICTURE = "picture"
    #: Change what a person prefers, or open a page of the settings.
    SET = "set"
    #: Change what holds in the group that the button stands in, or open a page of its settings.
    GROUP = "group"
    #: Turn a page of the models.
    MODELS = "models"
    #: Prefer a model.
    USE = "use"
    #: Make a failed video again, or one that was called off.
    RETRY = "retry"
    #: Make by another model what one that is not to be had was to make; the value is the other's name and the price.
    INSTEAD = "instead"
    #: Make what is possible instead of a request that was refused; the value is its number among what is offered.
    ALTERNATIVE = "alternative"
    #: Show the presser's characters.
    CHARACTERS = "characters"
    #: Ask for other words for a video that failed.
    REPHRASE = "rephrase"
    #: Call a queued job off.
    CANCEL = "cancel"
    #: Say that a queued job, which was asked about, is still wanted.
    WANTED = "wanted"
    #: Hear no more of a job that renders for very long.
    STOP_WAITING = "stop_waiting"
    #: Show a video of a history once more, or why there is none.
    SHOW = "show"
    #: Turn a history to the page behind the job.
    OLDER = "older"
    #: Turn a history to the page before the job.
    NEWER = "newer"
    #: Make one's own like a shared video; the value is the signature of its link.
    LIKE = "like"
    #: Delete everything of the person.
    FORGET = "forget"
    #: Delete nothing of the person after all.
    KEEP = "keep"
    #: Remove a saved character; the value says whether the question about it was answered.
    REMOVE_CHARACTER = "remove_character"
    #: Ask for the name of a character from a finished video.
    SAVE_CHARACTER = "character"
    #: Save the character of a draft from the span of its video that the value is.
    CHARACTER_SPAN = "span"
    #: Make a finished video's request once more.
    AGAIN = "again"
    #: Ask what should change in a finished video.
    CHANGE = "change"
    #: Show what a finished video could be made as instead.
    VARIANTS = "variants"
    #: Make the variant that the value names: as short as can be, for that may be a model's name.
    VARY = "v"
    #: Say why a private video is neither changed nor shared, and offer a public one.
    PRIVATE = "private"
    #: Make a private video's request once more, for all to see; the value is the price that the button says.
    PUBLIC = "public"
    #: Show a finished video's own buttons again.
    RESULT = "result"
    #: Delete a finished video, once it was asked whether that is meant.
    DELETE = "delete"
    #: Make the edit on the card.
    EDIT = "edit"
    #: Make an edit that failed as a new video.
    ANEW = "anew"
    #: Make a change that was refused as a new video.
    ANEW_OF_DRAFT = "anew_of_draft"
    #: Open what an admin's command shows; the value is its name.
    ADMIN = "admin"
    #: Let the account in that the value is, if nobody has decided yet.
    LET_IN = "let_in"
    #: Do not let the account in that the value is, if nobody has decided yet.
    TURN_AWAY = "turn_away"
    #: Change who may use the bot.
    ACCESS = "access"
    #: Let everybody in who has ever made a video.
    ALLOW_KNOWN = "allow_known"
    #: Show who waits to be let in.
    WAITING = "waiting"
    #: Show the account that the value is.
    ACCOUNT = "account"
    #: Turn a page of the accounts by their use.
    ACCOUNTS = "accounts"
    #: Let the account in that the value is.
    ALLOW = "allow"
    #: Shut the account out that the value is.
    BAN = "ban"
    #: Let the account that the value is be shut out no more.
    UNBAN = "unban"
    #: Give some credits; the value is the account, and how often it has been given any.
    GIVE = "give"
    #: Turn the audit to the page behind the entry.
    AUDIT_OLDER = "audit_older"
    #: Turn the audit to the page before the entry.
    AUDIT_NEWER = "audit_newer"
    #: Show an admin a model, or change it; the value is its name, and what to do.
    MODEL = "model"
    #: Try now whether the video API takes orders again.
    TRY_NOW = "try_now"
    #: Make somebody's failed video again.
    RETRY_FOR = "retry_for"
    #: Send a broadcast.
    BROADCAST = "broadcast"
    #: Do not send a broadcast.
    BROADCAST_CANCEL = "broadcast_cancel"
    #: Stop a broadcast that goes out.
    BROADCAST_STOP = "broadcast_stop"


#: What earlier versions wrote for these; buttons in people's chats carry it still.
_EARLIER: Mapping[str, ButtonKind] = {
    "stopwait": ButtonKind.STOP_WAITING,
    "uncast": ButtonKind.REMOVE_CHARACTER,
    "new": ButtonKind.ANEW_OF_DRAFT,
    "in": ButtonKind.LET_IN,
    "away": ButtonKind.TURN_AWAY,
    "known": ButtonKind.ALLOW_KNOWN,
    "who": ButtonKind.ACCOUNT,
    "users": ButtonKind.ACCOUNTS,
    "auditold": ButtonKind.AUDIT_OLDER,
    "auditnew": ButtonKind.AUDIT_NEWER,
    "trynow": ButtonKind.TRY_NOW,
    "retryfor": ButtonKind.RETRY_FOR,
    "cast": ButtonKind.BROADCAST,
    "castnot": ButtonKind.BROADCAST_CANCEL,
    "caststop": ButtonKind.BROADCAST_STOP,
}


@dataclass(frozen=True, slots=True)
class CallbackData:
    """A press, the row of the database that it is about, and what else was chosen with it."""

    kind: ButtonKind
    row_id: int
    value: str = ""


def read(data: str | None) -> CallbackData | None:
    """Read what a button carries; None if it is of another version or nothing we know."""
    match (data or "").split(":"):
        case [version, written, row_id, *value] if (
            version == _VERSION and _ROW_ID.fullmatch(row_id) and len(value) <= 1
        ):
            kind = _kind_of(written)
            return None if kind is None else CallbackData(kind, int(row_id), *value)
        case _:
            return None


def _kind_of(written: str) -> ButtonKind | None:
    try:
        return ButtonKind(written)
    except ValueError:
        return _EARLIER.get(written)


def priced(name: str, price: int) -> str:
    """Return the value that names a model and the price that the button says; without that where it has no room."""
    value = f"{name}={price}"
    return value if len(value) <= _LONGEST_PRICED else name


def read_priced(value: str) -> tuple[str, int | None]:
    """Return the name and the price that a value says; earlier versions' buttons carry no price."""
    name, _, price = value.partition("=")
    return name, int(price) if _PRICE.fullmatch(price) else None


def account_id_in(value: str) -> int | None:
    """Return the account that a button's value names; None if it is made up."""
    return int(value) if _ACCOUNT_ID.fullmatch(value) else None


def number_in(value: str) -> int | None:
    """Return the number that a button's value is, such as the price that it says; None if it is none."""
    return int(value) if _ROW_ID.fullmatch(value) else None


def in_rows(buttons: Sequence[InlineKeyboardButton], number: int) -> list[list[InlineKeyboardButton]]:
    """Return the buttons in rows of so many."""
    return [list(buttons[start : start + number]) for start in range(0, len(buttons), number)]


def button(words: str, press: ButtonKind, row_id: int, value: str = "") -> InlineKeyboardButton:
    """Return a button; what it carries has at most 64 bytes (Bot API: InlineKeyboardButton), and no colon in `value`."""
    chosen = f":{value}" if value else ""
    return InlineKeyboardButton(words, callback_data=f"{_VERSION}:{press}:{row_id}{chosen}")
