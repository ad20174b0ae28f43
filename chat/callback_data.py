"""Buttons: what stands on them, and the few bytes they carry; they work after a restart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from chat import button_texts
from domain.failures import FailureReason
from domain.job import Job, State
from handlers import texts

_VERSION = "1"
#: What the number of a row looks like; whatever is longer fits into no database, and is made up.
_ROW_ID = re.compile(r"\d{1,18}", re.ASCII)
#: What the id of an account looks like; groups' are negative.
_ACCOUNT_ID = re.compile(r"-?\d{1,18}", re.ASCII)
_HOPELESS = frozenset(
    {
        FailureReason.PHOTO_BROKEN,
        FailureReason.PHOTO_TOO_LARGE,
        FailureReason.PHOTO_GONE,
        FailureReason.CLIP_REFUSED,
    }
)
#: An API that cannot change a video may be able to make it.
_BETTER_ANEW = frozenset({FailureReason.ORIGINAL_GONE, FailureReason.REFUSED, FailureReason.RENDER_FAILED})


class ButtonKind(StrEnum):
    """What a press asks for."""

    #: Make the video on the card.
    MAKE = "make"
    #: Change what the card would make, or open a page of its choices.
    PICK = "pick"
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
    #: Call a queued job off.
    CANCEL = "cancel"
    #: Say that a queued job, which was asked about, is still wanted.
    WANTED = "wanted"
    #: Hear no more of a job that renders for very long.
    STOP_WAITING = "stopwait"
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
    REMOVE_CHARACTER = "uncast"
    #: Make a finished video's request once more.
    AGAIN = "again"
    #: Ask what should change in a finished video.
    CHANGE = "change"
    #: Show what a finished video could be made as instead.
    VARIANTS = "variants"
    #: Make the variant that the value names: as short as can be, for that may be a model's name.
    VARY = "v"
    #: Show a finished video's own buttons again.
    RESULT = "result"
    #: Delete a finished video, once it was asked whether that is meant.
    DELETE = "delete"
    #: Make the edit on the card.
    EDIT = "edit"
    #: Make an edit that failed as a new video.
    ANEW = "anew"
    #: Make a change that was refused as a new video.
    ANEW_OF_DRAFT = "new"
    #: Open what an admin's command shows; the value is its name.
    ADMIN = "admin"
    #: Let the account in that the value is, if nobody has decided yet.
    LET_IN = "in"
    #: Do not let the account in that the value is, if nobody has decided yet.
    TURN_AWAY = "away"
    #: Change who may use the bot.
    ACCESS = "access"
    #: Let everybody in who has ever made a video.
    ALLOW_KNOWN = "known"
    #: Show who waits to be let in.
    WAITING = "waiting"
    #: Show the account that the value is.
    ACCOUNT = "who"
    #: Turn a page of the accounts by their use.
    ACCOUNTS = "users"
    #: Let the account in that the value is.
    ALLOW = "allow"
    #: Shut the account out that the value is.
    BAN = "ban"
    #: Let the account that the value is be shut out no more.
    UNBAN = "unban"
    #: Give some credits; the value is the account, and how often it has been given any.
    GIVE = "give"
    #: Turn the audit to the page behind the entry.
    AUDIT_OLDER = "auditold"
    #: Turn the audit to the page before the entry.
    AUDIT_NEWER = "auditnew"
    #: Try now whether the video API takes orders again.
    TRY_NOW = "trynow"
    #: Make somebody's failed video again.
    RETRY_FOR = "retryfor"
    #: Send a broadcast.
    BROADCAST = "cast"
    #: Do not send a broadcast.
    BROADCAST_CANCEL = "castnot"
    #: Stop a broadcast that goes out.
    BROADCAST_STOP = "caststop"


@dataclass(frozen=True, slots=True)
class CallbackData:
    """A press, the row of the database that it is about, and what else was chosen with it."""

    press: ButtonKind
    row_id: int
    value: str = ""


def read(data: str | None) -> CallbackData | None:
    """Read what a button carries; None if it is of another version or nothing we know."""
    match (data or "").split(":"):
        case [version, press, row_id, *value] if (
            version == _VERSION and press in set(ButtonKind) and _ROW_ID.fullmatch(row_id) and len(value) <= 1
        ):
            return CallbackData(ButtonKind(press), int(row_id), *value)
        case _:
            return None


def account_id_in(value: str) -> int | None:
    """Return the account that a button's value names; None if it is made up."""
    return int(value) if _ACCOUNT_ID.fullmatch(value) else None


def retry(job: Job) -> InlineKeyboardMarkup | None:
    """Offer to try again, or what has a better chance; None where the same again can only fail."""
    if job.failure in _HOPELESS:
        return None
    offered = []
    if job.failure is not FailureReason.ORIGINAL_GONE:
        offered.append(button(button_texts.retry(), ButtonKind.RETRY, job.id))
    if job.failure in _BETTER_ANEW and job.request.original is not None:
        offered.append(button(button_texts.anew(), ButtonKind.ANEW, job.id))
    return InlineKeyboardMarkup([offered]) if offered else None


def after_all(job: Job) -> InlineKeyboardMarkup:
    """Offer to make what was called off."""
    return InlineKeyboardMarkup([[button(button_texts.make(), ButtonKind.RETRY, job.id)]])


def here_instead(job: Job) -> InlineKeyboardMarkup:
    """Offer, in a private chat, to make what was called off in a group."""
    return InlineKeyboardMarkup([[button(button_texts.make_here(), ButtonKind.RETRY, job.id)]])


def of_status(job: Job, *, is_late: bool = False) -> InlineKeyboardMarkup | None:
    """Return the buttons of a job's status message.

    While it is queued it can be called off, or is still wanted; once it `is_late` its person need not wait for it.
    """
    if job.state is State.RENDERING and is_late:
        return InlineKeyboardMarkup([[button(button_texts.stop_waiting(), ButtonKind.STOP_WAITING, job.id)]])
    if job.state is not State.QUEUED:
        return None
    offered = [button(button_texts.cancel(), ButtonKind.CANCEL, job.id)]
    if job.is_asked_about:
        offered.insert(0, button(button_texts.make_it(), ButtonKind.WANTED, job.id))
    return InlineKeyboardMarkup([offered])


def cancel_each(jobs: Iterable[Job]) -> InlineKeyboardMarkup | None:
    """Offer to call off each of these that is still queued, in their order, or to say that it is still wanted."""
    rows = []
    for job in jobs:
        if job.is_asked_about:
            rows.append(
                [button(f"{button_texts.make_it()} “{texts.in_short(job)}”", ButtonKind.WANTED, job.id)]
            )
        if job.state is State.QUEUED:
            rows.append(
                [button(f"{button_texts.cancel()} “{texts.in_short(job)}”", ButtonKind.CANCEL, job.id)]
            )
    return InlineKeyboardMarkup(rows) if rows else None


def button(words: str, press: ButtonKind, row_id: int, value: str = "") -> InlineKeyboardButton:
    """Return a button; what it carries has at most 64 bytes (Bot API: InlineKeyboardButton), and no colon in `value`."""
    chosen = f":{value}" if value else ""
    return InlineKeyboardButton(words, callback_data=f"{_VERSION}:{press}:{row_id}{chosen}")
