"""Changing a finished video by words: a reply to it, `/edit`, or the answer to [Change]."""

from __future__ import annotations

from dataclasses import replace

from telegram import ForceReply, Message
from telegram.constants import ChatType

from chat.language import spoken
from chat.send import Destination, answer, send
from domain.edits import is_finished, make_edit
from domain.job import Job, Place
from domain.options import NOTHING_SAID
from domain.refusals import EditRefusal, PromptMissing, Refusal
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.edits import texts as edits_texts
from handlers.edits.offers import accept_edit, offer_anew, offer_edit, offer_near
from handlers.message import command_of, idempotency_key_of, is_passed_on, place_of
from handlers.message_call import MessageCall
from handlers.request.find_character import cast
from handlers.request.make import options_in
from handlers.request.questions import find_asked, find_last_asked, is_answered_by_another, note_if_cut
from handlers.videos import find_shown
from storage.drafts import Draft, DraftKind


async def on_edit(call: MessageCall) -> None:
    """`/edit CHANGE` as a reply to a finished video, or `/edit` alone, and we ask."""
    message, context = call.message, call.context
    if (command := command_of(message, context.bot.username)) is None:
        return
    asked = await _find_asked(context, message)
    source = await _find_source(context, message, asked)
    if source is None:
        await answer(message, edits_texts.how_to_edit())
    elif command.words:
        await _edit(context, message, source, command.words, asked=asked)
    else:
        await _ask_about(context, message, source)


async def take_reply(context: Context, message: Message, words: str) -> bool:
    """Words that reply to our question what should change, or to a finished video; False if they reply to neither.

    In a group people talk about a video by replying to it: there they see the price first.
    """
    asked = await _find_asked(context, message)
    source = await _find_source(context, message, asked)
    if source is None:
        return False
    is_meant = asked is not None or message.chat.type == ChatType.PRIVATE
    await _edit(context, message, source, words, asked=asked, ask_first=not is_meant)
    return True


async def take_words(context: Context, message: Message, words: str) -> bool:
    """Words that reply to nothing, right after our question what should change: they see the price first; else False."""
    asked = await find_last_asked(context, message, kind=DraftKind.CHANGE)
    source = None if asked is None else await _find_source(context, message, asked)
    if source is None:
        return False
    await _edit(context, message, source, words, asked=asked, ask_first=True)
    return True


async def on_change_wanted(context: Context, message: Message, words: str) -> bool:
    """Words to us that reply to our question what should change, or to a finished video; False if they do not."""
    asked = await _find_asked(context, message)
    source = await _find_source(context, message, asked)
    if source is None:
        return False
    if words:
        await _edit(context, message, source, words, asked=asked)
    else:
        await _ask_about(context, message, source)
    return True


async def on_change(press: ButtonPress) -> None:
    """[Change]: ask what should change."""
    job, shown = await press.their_job(), press.query.message
    if shown is None:
        return
    await press.say()
    place = replace(press.place_for(job), language=spoken())
    draft = await _keep_question(press.context, f"press:{press.query.id}", place, job)
    if draft.message_id is not None:
        return
    person = press.query.from_user
    question = await send(
        press.context.bot,
        Destination(place.chat_id, place.thread_id, shown.message_id),
        edits_texts.what_should_change_for(person.first_name, person.id)
        if place.is_group
        else edits_texts.what_should_change(),
        _words_wanted(),
    )
    await press.context.services.storage.drafts.show(draft.id, message_id=question.message_id)


async def _find_asked(context: Context, message: Message) -> Draft | None:
    """Return our question what should change, if this is the reply of the person whom we asked."""
    asked = await find_asked(context, message)
    return asked if asked is not None and asked.kind is DraftKind.CHANGE else None


async def _find_source(context: Context, message: Message, asked: Draft | None) -> Job | None:
    """Return the finished video that a message is about; None if it is about none, or that is deleted."""
    if asked is not None and asked.job_id is not None:
        job = await context.services.storage.jobs.find(asked.job_id)
    else:
        job = await find_shown(context, message.reply_to_message)
    return job if job is not None and is_finished(job) and job.removed_at is None else None


async def _edit(
    context: Context,
    message: Message,
    source: Job,
    words: str,
    *,
    asked: Draft | None,
    ask_first: bool = False,
) -> None:
    """Make the change; whoever answers our question a second time, or passes words on, sees the price first."""
    is_again = asked is not None and is_answered_by_another(asked, message)
    ask_first = ask_first or is_again or context.preferences.ask_first or is_passed_on(message)
    services, place = context.services, place_of(message)
    said = NOTHING_SAID
    try:
        said = options_in(services.catalogue, words)
        options, character = await cast(services.storage.characters, place.requester_id, said)
        edit = make_edit(source, options, services.catalogue, character=character)
        if ask_first:
            await offer_edit(context, message, source, said, edit)
            return
        if await accept_edit(context, message, edit) and asked is not None:
            await services.storage.drafts.answer(asked.id, message.message_id)
    except PromptMissing:
        await answer(message, edits_texts.how_to_edit())
    except EditRefusal as refused:
        await offer_anew(context, message, source, said, refused)
    except Refusal as refused:
        note_if_cut(context, message, refused)
        await offer_near(context, message, source, said, refused)


async def _ask_about(context: Context, message: Message, source: Job) -> None:
    draft = await _keep_question(context, idempotency_key_of(message), place_of(message), source)
    if draft.message_id is None:
        question = await answer(message, edits_texts.what_should_change(), _words_wanted())
        await context.services.storage.drafts.show(draft.id, message_id=question.message_id)


async def _keep_question(context: Context, idempotency_key: str, place: Place, source: Job) -> Draft:
    services = context.services
    return await services.storage.drafts.add(
        idempotency_key=idempotency_key,
        kind=DraftKind.CHANGE,
        place=place,
        job_id=source.id,
        now=services.clock(),
    )


def _words_wanted() -> ForceReply:
    return ForceReply(selective=True, input_field_placeholder=edits_texts.change_wanted())
