"""Inline mode: one's own finished videos, looked up from any chat and sent there by file_id."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultCachedVideo,
    InlineQueryResultsButton,
    Update,
)
from telegram.error import BadRequest
from telegram.ext import ExtBot

from chat import job_texts
from chat.share_links import link_to, read_words
from domain.catalogue import Catalogue
from domain.job import Job, State
from handlers.context import Context
from handlers.message import number_in
from handlers.sharing import texts as sharing_texts
from handlers.sharing.handlers import find_linked
from storage.first_prompts import with_first_prompts
from storage.videos import Videos

_ON_PAGE = 20
#: Seconds; a video that is finished or deleted a moment later is soon in the list, or out of it.
_CACHE_TIME = 5
#: Opens the bot as any `/start` does.
_FROM_INLINE = "inline"


async def on_inline(update: Update, context: Context) -> None:
    """`@bot words` in any chat: the asker's own videos with these words in their prompt, or the one that is named.

    `#12` names one's own; what [Share] writes names anybody's whose video one could see.
    """
    query = update.inline_query
    if query is None:
        return
    services = context.services
    found = await _find(services.storage.videos, query, context.bot.token)
    jobs = await with_first_prompts(services.storage.jobs, found)
    results = [_result(job, job.file_id, services.catalogue, context.bot) for job in jobs if job.file_id]
    try:
        await query.answer(
            results,
            cache_time=_CACHE_TIME,
            is_personal=True,
            next_offset=str(jobs[-1].id) if len(jobs) == _ON_PAGE else None,
            button=None if results or query.offset else _way_in(query),
        )
    except BadRequest as error:
        # The person has typed on, and this answer is not waited for any more.
        if "query is too old" not in error.message.lower():
            raise


async def _find(videos: Videos, query: InlineQuery, token: str) -> Sequence[Job]:
    asker_id = query.from_user.id
    if (link := read_words(query.query, token)) is not None:
        job = await find_linked(videos, link, asker_id)
        return [job] if job is not None and not query.offset else []
    return await videos.page(
        asker_id,
        words=query.query,
        states={State.DONE},
        before=number_in(query.offset),
        limit=_ON_PAGE,
    )


def _result(job: Job, file_id: str, catalogue: Catalogue, bot: ExtBot[int]) -> InlineQueryResultCachedVideo:
    return InlineQueryResultCachedVideo(
        id=str(job.id),
        video_file_id=file_id,
        title=sharing_texts.title(job),
        description=sharing_texts.description(job, catalogue),
        caption=job_texts.caption(job.request, catalogue.models.get(job.request.model)),
        reply_markup=None if job.request.private else _make_alike(job, bot),
    )


def _make_alike(job: Job, bot: ExtBot[int]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(sharing_texts.make_alike(), url=link_to(job.id, bot))]]
    )


def _way_in(query: InlineQuery) -> InlineQueryResultsButton:
    words = sharing_texts.none_of_these_words() if query.query.strip() else sharing_texts.make_first()
    return InlineQueryResultsButton(words, start_parameter=_FROM_INLINE)
