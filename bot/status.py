"""Shows where jobs are in their status messages: seldom, only when there is something to say, never in the way."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.flood import Urgency
from domain.job import ACTIVE, State
from handlers import buttons, texts
from handlers.language import speaking

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from telegram.ext import ExtBot

    from domain.fairness import Room
    from domain.job import Job
    from storage.claims import Claims
    from storage.jobs import Jobs

log = structlog.get_logger(__name__)

_PAUSE = timedelta(seconds=5)
#: In a group twenty messages a minute are all there is, edits counted.
_PAUSE_IN_GROUP = timedelta(seconds=15)
#: So often the time that has passed is worth an edit of its own.
_PAUSE_WITHOUT_NEWS = timedelta(seconds=30)
_REMEMBERED = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """What is worth an edit when it changes."""

    state: State
    place: int | None
    progress: int | None
    is_late: bool
    is_troubled: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a status message says, and since when."""

    news: _News
    at: datetime


class StatusBoard:
    """Edits status messages; an edit that cannot be made at once is dropped."""

    def __init__(
        self,
        bot: ExtBot[int],
        claims: Claims,
        jobs: Jobs,
        room: Room,
        clock: Callable[[], datetime],
    ) -> None:
        self._bot = bot
        self._claims = claims
        self._jobs = jobs
        self._room = room
        self._clock = clock
        self._shown = OrderedDict[int, _Shown]()

    async def show(self, job: Job, *, place: int | None = None) -> None:
        """Bring the job's status message up to date, if it is worth an edit now."""
        if job.status_message_id is None or job.state not in ACTIVE or job.failure is not None:
            return
        now = self._clock()
        news = _News(
            state=job.state,
            place=place,
            progress=job.progress,
            is_late=job.told_late,
            is_troubled=bool(job.attempts),
        )
        if not self._is_worth_it(job, news, now):
            return
        typical = None
        if job.state is State.RENDERING:
            typical = await self._claims.find_typical(job.request.model, job.request.seconds)
        with speaking(job.place.language):
            text, offer = texts.status(job, now, place=place, typical=typical), buttons.of_status(job)
        try:
            await self._bot.edit_message_text(
                text,
                chat_id=job.place.chat_id,
                message_id=job.status_message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=offer,
                rate_limit_args=Urgency.PROGRESS,
            )
        except (BadRequest, Forbidden) as error:
            # It says so already, or there is nothing to edit: the same once more would only use up room.
            log.debug("a status cannot be shown", problem=str(error))
        except TelegramError as error:
            log.debug("a status was not shown", problem=str(error))
            return
        self._remember(job.id, _Shown(news, now))

    async def show_queue(self) -> None:
        """Show each waiting job its place, where that has changed."""
        places = await self._jobs.find_places(self._room)
        for job_id, place in places.items():
            shown = self._shown.get(job_id)
            if shown is not None and shown.news.place == place:
                continue
            job = await self._jobs.find(job_id)
            if job is not None:
                await self.show(job, place=place)

    def forget(self, job_id: int) -> None:
        self._shown.pop(job_id, None)

    def _is_worth_it(self, job: Job, news: _News, now: datetime) -> bool:
        shown = self._shown.get(job.id)
        if shown is None:
            return True
        age = now - shown.at
        if job.place.is_group:
            return news != shown.news and age >= _PAUSE_IN_GROUP
        return age >= (_PAUSE if news != shown.news else _PAUSE_WITHOUT_NEWS)

    def _remember(self, job_id: int, shown: _Shown) -> None:
        self._shown[job_id] = shown
        self._shown.move_to_end(job_id)
        if len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)
