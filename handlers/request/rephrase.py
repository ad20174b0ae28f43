"""[✏️ Rephrase] under a video that was refused for its words: all but the words is kept for new ones."""

from __future__ import annotations

from dataclasses import replace

from telegram import ForceReply, Message

from chat.language import spoken
from chat.send import Destination, send
from domain.job import Job
from domain.options import NOTHING_SAID
from domain.request_spec import RequestSpec
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.request import question_texts
from handlers.request.find_character import find_all_saved
from storage.drafts import Draft, DraftKind

#: Two presses within such a span are mostly one that was doubled.
_SECONDS_OF_ONE_PRESS = 60


async def on_rephrase(press: ButtonPress) -> None:
    """Ask for them as a forced reply, which every app shows; the old ones stand in the question, to be copied by a tap."""
    job = await press.their_job()
    if job.failure is None:
        await press.say(texts.too_old())
        return
    await press.say()
    draft = await _keep(press, job)
    if draft.message_id is None:
        question = await _ask(press, draft, job)
        await press.context.services.storage.drafts.show(draft.id, message_id=question.message_id)


async def _keep(press: ButtonPress, job: Job) -> Draft:
    """Keep all but the words, once for presses in one minute; of an edit, the video that it was to change."""
    services = press.context.services
    now = services.clock()
    edit = job.request.original
    saved = await find_all_saved(services.storage.characters, job.place.requester_id)
    options = RequestSpec.of(job.request, saved).saying(prompt="").options
    return await services.storage.drafts.add(
        idempotency_key=f"rephrase:{job.id}:{int(now.timestamp()) // _SECONDS_OF_ONE_PRESS}",
        kind=DraftKind.WORDS if edit is None else DraftKind.CHANGE,
        place=replace(press.place_for(job), language=spoken()),
        options=options if edit is None else NOTHING_SAID,
        photos=job.request.photos,
        job_id=None if edit is None else edit.job_id,
        now=now,
    )


async def _ask(press: ButtonPress, draft: Draft, job: Job) -> Message:
    """Ask who asked for the video: in a group Telegram opens the input field for whom the question names."""
    shown, place, person = press.query.message, draft.place, press.query.from_user
    named = question_texts.rephrase_in_group(person.first_name, person.id, job.request.prompt)
    return await send(
        press.context.bot,
        Destination(place.chat_id, place.thread_id, None if shown is None else shown.message_id),
        named if place.is_group else question_texts.rephrase(job.request.prompt),
        ForceReply(selective=True, input_field_placeholder=question_texts.rephrase_wanted()),
    )
