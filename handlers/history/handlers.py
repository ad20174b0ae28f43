"""A person's history: page by page, and one video of it once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message

from chat import job_keyboards, result_keyboard, result_texts
from chat.callback_data import ButtonKind, button
from chat.send import answer
from domain.job import Job, Place, State
from handlers import texts as handlers_texts
from handlers.button_press import ButtonPress
from handlers.context import Context, Services
from handlers.history import texts as history_texts
from handlers.history.kept import fetch
from handlers.message import command_of, number_in, place_of
from handlers.message_call import MessageCall
from handlers.videos import send_again
from storage.first_prompts import with_first_prompts

_ON_PAGE = 5


async def on_history(call: MessageCall) -> None:
    """`/history`: one's own videos and failures, newest first; in a group the group's."""
    await call.answer(*await _describe(call.services, place_of(call.message)))


async def on_show(call: MessageCall) -> None:
    """`/show ID`: one's own video once more."""
    message = call.message
    if (command := command_of(message, call.context.bot.username)) is None:
        return
    number = number_in(command.words)
    if number is None:
        await call.answer(history_texts.which_one())
        return
    job = await call.services.storage.videos.find_own(place_of(message).requester_id, number)
    if job is None:
        await call.answer(history_texts.not_found())
        return
    await _show(call.context, message, job)


async def on_older(press: ButtonPress) -> None:
    await _turn_page(press, before=press.pressed.row_id)


async def on_newer(press: ButtonPress) -> None:
    await _turn_page(press, after=press.pressed.row_id)


async def on_show_press(press: ButtonPress) -> None:
    """A number below a history: that video once more, or why there is none."""
    job = await press.their_job()
    shown = await press.context.services.storage.videos.find_own(job.place.requester_id, job.id)
    if shown is None or press.message is None:
        is_coming = job.state is State.DELIVERING
        await press.say(history_texts.on_its_way() if is_coming else handlers_texts.no_video_any_more())
        return
    await press.say()
    await _show(press.context, press.message, shown)


async def _show(context: Context, message: Message, job: Job) -> None:
    if job.state is State.FAILED:
        [shown] = await with_first_prompts(context.services.storage.jobs, [job])
        await answer(
            message, history_texts.failed(shown), job_keyboards.retry(job, context.services.catalogue)
        )
        return
    if job.is_kept:
        await fetch(context, message, job)
        return
    offer = result_keyboard.of_video(job, context.services.catalogue, context.bot)
    if not await send_again(context, message, job, offer):
        again = InlineKeyboardMarkup([[button(result_texts.again(), ButtonKind.AGAIN, job.id)]])
        await answer(message, handlers_texts.lost(job), again)


async def _turn_page(press: ButtonPress, *, before: int | None = None, after: int | None = None) -> None:
    # The page is that of whoever asked for the job at its edge.
    edge = await press.their_job()
    if press.query.message is None:
        return
    await press.say()
    asker = replace(edge.place, chat_id=press.query.message.chat.id)
    await press.edit(*await _describe(press.context.services, asker, before=before, after=after))


async def _describe(
    services: Services, asker: Place, *, before: int | None = None, after: int | None = None
) -> tuple[str, InlineKeyboardMarkup | None]:
    """Return a page of the asker's history and its buttons; the newest if there is no other."""
    chat_id = asker.chat_id if asker.is_group else None
    find = partial(services.storage.videos.page, asker.requester_id, chat_id=chat_id)
    jobs = await find(before=before, after=after, limit=_ON_PAGE)
    if not jobs or (after is not None and len(jobs) < _ON_PAGE):
        jobs = await find(limit=_ON_PAGE)
    if not jobs:
        return history_texts.no_history(is_group=asker.is_group), None
    turning = []
    if await find(after=jobs[0].id, limit=1):
        turning.append(button(history_texts.newer(), ButtonKind.NEWER, jobs[0].id))
    if await find(before=jobs[-1].id, limit=1):
        turning.append(button(history_texts.older(), ButtonKind.OLDER, jobs[-1].id))
    shown = await with_first_prompts(services.storage.jobs, jobs)
    return history_texts.history(shown, services.catalogue, services.clock()), _keyboard(jobs, turning)


def _keyboard(jobs: Sequence[Job], turning: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    numbers = [button(history_texts.number_of(job), ButtonKind.SHOW, job.id) for job in jobs]
    return InlineKeyboardMarkup([numbers, turning] if turning else [numbers])
