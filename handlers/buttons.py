"""Buttons: what stands on them, and the few bytes they carry; they work after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.failures import FailureReason
from domain.job import Job, State
from handlers import button_texts, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

_VERSION = "1"
_HOPELESS = frozenset(
    {
        FailureReason.PHOTO_BROKEN,
        FailureReason.PHOTO_TOO_LARGE,
        FailureReason.PHOTO_GONE,
        FailureReason.CLIP_REFUSED,
    }
)


class Press(StrEnum):
    """What a press asks for."""

    #: Make the video on the card.
    MAKE = "make"
    #: Make a failed video again.
    RETRY = "retry"
    #: Call a queued job off.
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press, the row of the database that it is about, and what else was chosen with it."""

    press: Press
    row_id: int
    value: str = ""


def read(data: str | None) -> Pressed | None:
    """Read what a button carries; None if it is of another version or nothing we know."""
    match (data or "").split(":"):
        case [version, press, row_id, *value] if (
            version == _VERSION and press in set(Press) and row_id.isdecimal() and len(value) <= 1
        ):
            return Pressed(Press(press), int(row_id), *value)
        case _:
            return None


def make(draft_id: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button(button_texts.make(), Press.MAKE, draft_id)]])


def retry(job: Job) -> InlineKeyboardMarkup | None:
    """Offer to try again; None where the same again can only fail."""
    if job.failure in _HOPELESS:
        return None
    return InlineKeyboardMarkup([[button(button_texts.retry(), Press.RETRY, job.id)]])


def of_status(job: Job) -> InlineKeyboardMarkup | None:
    """Return the buttons of a job's status message: it can be called off while it is queued."""
    if job.state is not State.QUEUED:
        return None
    return InlineKeyboardMarkup([[button(button_texts.cancel(), Press.CANCEL, job.id)]])


def cancel_each(jobs: Iterable[Job]) -> InlineKeyboardMarkup | None:
    """Offer to call off each of these that is still queued, in their order."""
    rows = [
        [button(f"{button_texts.cancel()} “{texts.in_short(job)}”", Press.CANCEL, job.id)]
        for job in jobs
        if job.state is State.QUEUED
    ]
    return InlineKeyboardMarkup(rows) if rows else None


def button(words: str, press: Press, row_id: int, value: str = "") -> InlineKeyboardButton:
    """Return a button; what it carries has at most 64 bytes (Bot API: InlineKeyboardButton), and no colon in `value`."""
    chosen = f":{value}" if value else ""
    return InlineKeyboardButton(words, callback_data=f"{_VERSION}:{press}:{row_id}{chosen}")
