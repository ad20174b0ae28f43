"""Questions for the words of a video: asked as a forced reply, and found again by what answers them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from telegram import Message

from domain.options import PromptOptions
from domain.refusals import PromptTooLong, Refusal
from domain.request import Photo
from handlers.context import Context
from handlers.message import idempotency_key_of, place_of
from handlers.request.make import spec_of
from handlers.request.refusal_card import show_refusal
from storage.drafts import KEPT, OPEN, Draft, DraftKind

#: So long after a question in a private chat, words that reply to nothing are taken for its answer.
_STILL_ON_THE_MIND = timedelta(minutes=10)


async def find_asked(context: Context, message: Message) -> Draft | None:
    """Return the question to which the message replies, if it is open and its sender is whom we asked."""
    asked = await find_question(context, message, within=OPEN)
    return asked if asked is not None and is_whom_we_asked(message, asked) else None


async def find_question(context: Context, message: Message, *, within: timedelta = KEPT) -> Draft | None:
    """Return the question to which the message replies, whomever we asked, unless it is older than that."""
    if message.reply_to_message is None:
        return None
    return await context.services.storage.drafts.find_asked(
        message.chat_id, message.reply_to_message.message_id, now=context.services.clock(), within=within
    )


async def find_last_asked(
    context: Context, message: Message, *, kind: DraftKind = DraftKind.WORDS
) -> Draft | None:
    """Return the question that a message may mean although it replies to nothing: asked just now, nothing since."""
    place = place_of(message)
    return await context.services.storage.drafts.find_last_asked(
        place.chat_id,
        place.requester_id,
        since=context.services.clock() - _STILL_ON_THE_MIND,
        kind=kind,
    )


async def ask(
    context: Context, message: Message, options: PromptOptions, photos: Sequence[Photo], refused: Refusal
) -> None:
    """Say why there is no video of this message yet, and keep what was said and sent for a tap, or for other words.

    An album is asked about once.
    """
    note_if_cut(context, message, refused)
    services, idempotency_key = context.services, idempotency_key_of(message)
    if await services.storage.jobs.find_by_idempotency_key(idempotency_key) is not None:
        return
    place = place_of(message)
    spec = await spec_of(context, place, options, photos)
    await show_refusal(
        context, message, idempotency_key=idempotency_key, place=place, spec=spec, refused=refused
    )


def is_answered_by_another(asked: Draft, message: Message) -> bool:
    """Tell whether a question led to a video already, by another message than this."""
    return asked.answered_by not in {None, message.message_id}


def note_if_cut(context: Context, message: Message, refused: Refusal) -> None:
    """Note words that were refused as too long: apps cut them in two, and send the rest as a message of its own."""
    if isinstance(refused, PromptTooLong):
        context.services.cut_off.note(_who_writes_where(message), message.date)


def is_tail(context: Context, message: Message) -> bool:
    """Tell whether words are the rest of those that were refused as too long a moment ago."""
    return context.services.cut_off.holds(_who_writes_where(message), message.date)


def _who_writes_where(message: Message) -> tuple[int, int]:
    return message.chat_id, place_of(message).requester_id


def is_whom_we_asked(message: Message, asked: Draft) -> bool:
    return asked.place.requester_id == place_of(message).requester_id
