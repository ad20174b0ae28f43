"""A character from a finished video by buttons: its name is asked for, and the seconds are chosen."""

from __future__ import annotations

from dataclasses import replace

from telegram import ForceReply, InlineKeyboardMarkup, Message, User

from chat.callback_data import ButtonKind, button, in_rows
from chat.language import spoken
from chat.send import Destination, answer, send
from domain.character import LONGEST_NAME, Character, character_name, spans_of, spelled_alike
from domain.clip_address import check_unexpired, public_address
from domain.edits import is_finished
from domain.job import Job
from domain.options import PromptOptions
from domain.refusals import CharacterNameUnusable, ClipAddressUnusable
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.characters import texts as character_texts
from handlers.context import Context
from handlers.message import place_of
from handlers.request import refusal_texts
from handlers.request.questions import find_asked, find_last_asked
from storage.drafts import Draft, DraftKind

_IN_ROW = 3
#: Of a longer clip only the beginning can be chosen from: more buttons would be nobody's help.
_MOST_SPANS = 24


async def on_save(press: ButtonPress) -> None:
    """[Save a character] under a finished video: ask for its name."""
    job, shown, context = await press.their_job(), press.query.message, press.context
    if shown is None:
        raise PressRefused(texts.too_old())
    if not any(model.characters for model in context.services.catalogue.models.values()):
        raise PressRefused(character_texts.no_model())
    if (reason := why_not(job)) is not None:
        raise PressRefused(reason)
    check_unexpired(job.video_url or "", context.services.clock())
    await press.say()
    place, drafts = replace(press.place_for(job), language=spoken()), context.services.storage.drafts
    draft = await drafts.add(
        idempotency_key=f"press:{press.query.id}",
        kind=DraftKind.CHARACTER,
        place=place,
        job_id=job.id,
        now=context.services.clock(),
    )
    if draft.message_id is not None:
        return
    question = await send(
        context.bot,
        Destination(place.chat_id, place.thread_id, shown.message_id),
        _question(press.query.from_user, is_group=place.is_group),
        _name_wanted(),
    )
    await drafts.show(draft.id, message_id=question.message_id)


async def take_name(context: Context, message: Message, words: str) -> bool:
    """Take words for the name that we asked for; False if they answer no such question.

    Words that reply to nothing are one only if they can be: else they are for somebody else to read.
    """
    asked = await _find_asked(context, message)
    if asked is None:
        return False
    job = await context.services.storage.jobs.find(asked.job_id) if asked.job_id is not None else None
    if job is None or why_not(job) is not None:
        await answer(message, texts.no_video_any_more())
        return True
    try:
        name = usable_name(words, context.bot.username)
    except CharacterNameUnusable as refused:
        if message.reply_to_message is None:
            return False
        question = await answer(message, refusal_texts.refusal(refused), _name_wanted())
        await context.services.storage.drafts.show(asked.id, message_id=question.message_id)
        return True
    await _ask_for_span(context, message, asked, job, name)
    return True


async def on_span(press: ButtonPress) -> None:
    """[0–3 s]: save the character; once more changes only the seconds."""
    draft, storage = await press.their_draft(), press.context.services.storage
    job = await storage.jobs.find(draft.job_id) if draft.job_id is not None else None
    name = draft.options.character
    span = None if job is None else _span_in(press.pressed.value, job.request.seconds)
    if job is None or name is None or span is None:
        raise PressRefused(texts.too_old())
    if (reason := why_not(job)) is not None:
        raise PressRefused(reason)
    now, address = press.context.services.clock(), public_address(job.video_url or "")
    check_unexpired(address, now)
    start, end = span
    character = Character(url=address, start=float(start), end=float(end))
    saved = await storage.characters.add(draft.place.requester_id, name, character, now=now)
    await press.say()
    await press.edit(character_texts.added(saved))


def why_not(job: Job) -> str | None:
    """Say why no character can be saved from a job's video; None if one can, as far as its address has not expired."""
    if not is_finished(job) or job.removed_at is not None:
        return texts.no_video_any_more()
    if job.request.private:
        return character_texts.private_video()
    try:
        public_address(job.video_url or "")
    except ClipAddressUnusable:
        return character_texts.no_public_address()
    return None


def usable_name(written: str, bot_username: str) -> str:
    """Return a name in its one spelling; raises CharacterNameUnusable, also for the bot's own: that calls it."""
    name = character_name(written)
    if name == spelled_alike(bot_username):
        raise CharacterNameUnusable(written, LONGEST_NAME)
    return name


async def _find_asked(context: Context, message: Message) -> Draft | None:
    """Return our question for a name, if the message replies to it or comes right after it in a private chat."""
    if message.reply_to_message is not None:
        asked = await find_asked(context, message)
        return asked if asked is not None and asked.kind is DraftKind.CHARACTER else None
    if message.chat_id < 0:
        return None
    asked = await find_last_asked(context, message, kind=DraftKind.CHARACTER)
    return asked if asked is not None and asked.options.character is None else None


async def _ask_for_span(context: Context, message: Message, asked: Draft, job: Job, name: str) -> None:
    """Keep the name, and let the seconds be chosen; who replies to that gives another name."""
    storage = context.services.storage
    await storage.drafts.choose(asked.id, PromptOptions(prompt="", character=name), chosen=())
    owned = await storage.characters.list_of(place_of(message).requester_id)
    spans = [
        button(character_texts.span(start, end), ButtonKind.CHARACTER_SPAN, asked.id, f"{start}-{end}")
        for start, end in spans_of(job.request.seconds)[:_MOST_SPANS]
    ]
    shown = await answer(
        message,
        character_texts.which_seconds(name, is_taken=any(one.name == name for one in owned)),
        InlineKeyboardMarkup(in_rows(spans, _IN_ROW)),
    )
    await storage.drafts.show(asked.id, message_id=shown.message_id)


def _span_in(value: str, seconds: int) -> tuple[int, int] | None:
    """Return the span that a button names; None if the video has no such one."""
    spans = {f"{start}-{end}": (start, end) for start, end in spans_of(seconds)}
    return spans.get(value)


def _question(person: User, *, is_group: bool) -> str:
    if is_group:
        return character_texts.which_name_for(person.first_name, person.id)
    return character_texts.which_name()


def _name_wanted() -> ForceReply:
    return ForceReply(selective=True, input_field_placeholder=character_texts.name_wanted())
