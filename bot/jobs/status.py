"""Keeps the status messages of jobs up to date with as few edits as possible."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import islice

import structlog
from cachetools import LRUCache
from telegram import InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.jobs.status_memory import StatusMemory
from bot.offers import Offers
from chat import failure_texts, job_keyboards, job_texts, status_texts
from chat.errors import SendError, Undeliverable
from chat.language import speaking
from chat.send import edit_status
from chat.urgency import Urgency
from domain.cache_sizes import STATUS_MESSAGES
from domain.catalogue import Catalogue
from domain.hold import Hold, HoldCause
from domain.job import ACTIVE, Job, State
from domain.outlook import Outlook, outlook_of
from domain.queue import COUNTED_POSITIONS, Concurrency, kind_of
from storage.claims import Claims
from storage.expected_starts import find_expected_starts
from storage.holds import Holds
from storage.jobs import Jobs

log = structlog.get_logger(__name__)

_PAUSE = timedelta(seconds=5)
#: In a group twenty messages a minute are all there is, edits counted.
_PAUSE_IN_GROUP = timedelta(seconds=15)
#: Per cents that are news there.
_STEP_IN_GROUP = 10
#: A start that moves by less than this, or by a quarter of the wait, was foreseen well enough.
_GOOD_ENOUGH = timedelta(minutes=1)
#: So often, at most, the time that has passed is worth an edit of its own.
_PAUSE_WITHOUT_NEWS = timedelta(seconds=30)
#: In a group it is worth one once so much of the time is over that was told to be left.
_SHARE_IN_GROUP = 0.5
#: So many chats in a row that take no edit show that Telegram has no room for any.
_FULL_CHATS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """The facts of a status message; a change of any is worth an edit."""

    state: State
    position: int | None
    progress: int | None
    takes_longer: bool
    is_late: bool
    is_troubled: bool
    held_for: tuple[HoldCause, str] | None
    over_budget_until: datetime | None


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a status message says, and since when."""

    news: _News
    starts_at: datetime | None
    at: datetime
    #: How long the video should still take, by what the message says.
    left: timedelta | None = None
    #: The least that was ever told of that.
    least: timedelta | None = None

    @property
    def wait(self) -> timedelta | None:
        """How long it should be until the next thing happens, by what the message says."""
        return self.left if self.starts_at is None else self.starts_at - self.at

    def still_holds(self, starts_at: datetime | None) -> bool:
        """Tell whether the start that was promised is still the one to be expected, or as good as."""
        if self.starts_at is None or starts_at is None:
            return self.starts_at == starts_at
        return abs(starts_at - self.starts_at) <= max(_GOOD_ENOUGH, (self.starts_at - self.at) / 4)


@dataclass(slots=True)
class StatusMessages:
    """Edits status messages; an edit that cannot be made at once is dropped."""

    bot: ExtBot[int]
    claims: Claims
    jobs: Jobs
    concurrency: Concurrency
    clock: Callable[[], datetime]
    holds: Holds
    offers: Offers
    memory: StatusMemory = field(default_factory=StatusMemory)
    _shown: LRUCache[int, _Shown] = field(init=False, default_factory=lambda: LRUCache(STATUS_MESSAGES))

    async def show(self, job: Job, *, position: int | None = None, starts_at: datetime | None = None) -> bool:
        """Bring the job's status message up to date, if it is worth an edit now; False if it could not be shown."""
        if job.status_message_id is None or job.state not in ACTIVE or job.failure is not None:
            return True
        now = self.clock()
        if self._is_too_soon(job, now):
            return True
        outlook = await self._outlook(job, now)
        hold = self.holds.find_for(job) if job.state is State.QUEUED else None
        news = _News(
            state=job.state,
            position=position,
            progress=_news_of_progress(job),
            takes_longer=outlook.takes_longer,
            is_late=outlook.is_late,
            is_troubled=bool(job.attempts),
            held_for=_news_of(hold),
            over_budget_until=job.over_budget_until,
        )
        if not self._is_worth_it(job, news, starts_at, now):
            return True
        with speaking(job.place.language):
            text = status_texts.status(
                job, now, position=position, starts_at=starts_at, hold=hold, outlook=outlook
            )
            offer = job_keyboards.of_status(
                job, is_late=news.is_late, without_model=self._offer_instead(hold)
            )
        is_shown = self._is_known(job, text) or await self._edited(job, text, offer)
        if is_shown:
            self._note(job, news, starts_at, outlook, now)
            self.memory.note(job.id, text)
        return is_shown

    async def _outlook(self, job: Job, now: datetime) -> Outlook:
        """Return what may be told of a job, by what its person was told before."""
        if job.state is not State.RENDERING:
            return Outlook()
        shown = self._shown.get(job.id)
        return outlook_of(
            job,
            now,
            typical=await self.claims.find_typical(kind_of(job), now),
            told=None if shown is None else shown.least,
            late_after=self.concurrency.late_after,
        )

    def _is_known(self, job: Job, text: str) -> bool:
        """Tell whether the message says this already; while the job waits, its buttons may be others all the same."""
        is_settled = job.id not in self._shown or job.state is State.RENDERING
        return is_settled and self.memory.says(job.id, text)

    def _note(
        self, job: Job, news: _News, starts_at: datetime | None, outlook: Outlook, now: datetime
    ) -> None:
        before = self._shown.get(job.id)
        ever = (outlook.left, before.least if before and news.state is before.news.state else None)
        least = min((left for left in ever if left is not None), default=None)
        self._shown[job.id] = _Shown(news, starts_at, now, outlook.left, least)

    async def show_queue(self) -> None:
        """Show each job that is among the first to wait why it is held, or its position and when it should begin.

        Only where that has changed.
        """
        await self.save()
        held = await self._find_held()
        now = self.clock()
        positions = await self.jobs.find_positions(self.concurrency, now, self.holds.models)
        starts = {}
        if positions.keys() - held.keys():
            starts = await find_expected_starts(self.claims, self.holds, self.concurrency, now)
        moved = {
            job_id
            for job_id, position in positions.items()
            if job_id not in held and not self._says_so_already(job_id, position, starts.get(job_id))
        }
        let_go = self._let_go(held.keys() | positions.keys())
        changed = moved | self._newly_held(held) | let_go
        if not changed:
            return
        found = {job.id: job for job in await self.jobs.find_all(changed)}
        for job_id in let_go:
            if job_id not in found or found[job_id].state is not State.QUEUED:
                self.forget(job_id)
        # Those who wait longest for their turn hear of it last.
        in_turn = sorted(found.values(), key=lambda job: (positions.get(job.id, 0), job.id))
        await self._show_waiting(in_turn, {job_id: positions[job_id] for job_id in moved}, starts)
        await self._show_ended([job for job in in_turn if job.state is State.QUEUED])

    async def _show_waiting(
        self, waiting: Sequence[Job], positions: Mapping[int, int], starts: Mapping[int, datetime]
    ) -> None:
        """Show them in turn, until Telegram takes no more of it for now: what is next to change is shown then."""
        full = set[int]()
        for job in waiting:
            if job.state is not State.QUEUED or job.place.chat_id in full:
                continue
            if not await self.show(job, position=positions.get(job.id), starts_at=starts.get(job.id)):
                full.add(job.place.chat_id)
            if len(full) >= _FULL_CHATS:
                return

    async def _show_ended(self, waited: Sequence[Job]) -> None:
        """Edit the messages of jobs that ended meanwhile once more: their endings may just have been overwritten."""
        for job in await self.jobs.find_all([job.id for job in waited]):
            with speaking(job.place.language):
                if job.state is State.CANCELLED:
                    await self._edited(
                        job, job_texts.cancelled(job), job_keyboards.after_all(job), Urgency.ANSWER
                    )
                elif job.failure is not None:
                    await self._edited(
                        job,
                        failure_texts.failure(job),
                        job_keyboards.retry(job, self.offers.now().catalogue),
                        Urgency.ANSWER,
                    )

    def _offer_instead(self, hold: Hold | None) -> Catalogue | None:
        """Return what is on offer for who waits for a model that is not to be had."""
        is_of_model = hold is not None and hold.cause is HoldCause.MODEL
        return self.offers.now().catalogue if is_of_model else None

    def forget(self, job_id: int) -> None:
        self._shown.pop(job_id, None)
        self.memory.forget(job_id)

    async def save(self) -> None:
        """Write down what the messages say, for the next start."""
        await self.memory.save()

    def shift(self, by: timedelta) -> None:
        """The clock was set by so much: nobody waits longer or shorter for the next edit."""
        for job_id, shown in self._shown.items():
            starts_at = None if shown.starts_at is None else shown.starts_at + by
            self._shown[job_id] = replace(shown, at=shown.at + by, starts_at=starts_at)

    async def _find_held(self) -> Mapping[int, Hold]:
        """Return the first jobs that wait and are held, and by what."""
        if not self.holds.find_all():
            return {}
        return {
            job.job_id: hold
            for job in await self.claims.find_pending(self.concurrency, self.clock(), limit=COUNTED_POSITIONS)
            if not job.is_open and (hold := self.holds.find(job.kind[0])) is not None
        }

    def _newly_held(self, held: Mapping[int, Hold]) -> AbstractSet[int]:
        """Return those whose message does not say yet by what they are held."""
        return {
            job_id
            for job_id, hold in held.items()
            if (shown := self._shown.get(job_id)) is None or shown.news.held_for != _news_of(hold)
        }

    def _let_go(self, told: AbstractSet[int]) -> AbstractSet[int]:
        """Return those that were held, and are neither that any more nor told otherwise."""
        were_held = (job_id for job_id, shown in self._shown.items() if shown.news.held_for)
        return set(islice((job_id for job_id in were_held if job_id not in told), COUNTED_POSITIONS))

    def _says_so_already(self, job_id: int, position: int, starts_at: datetime | None) -> bool:
        """Tell whether a waiting job's message is right; how long the wait still is, it need not say at once."""
        shown = self._shown.get(job_id)
        if shown is None or shown.news.position != position or not shown.still_holds(starts_at):
            return False
        return starts_at is None or self.clock() - shown.at < _PAUSE_WITHOUT_NEWS

    def _is_too_soon(self, job: Job, now: datetime) -> bool:
        shown = self._shown.get(job.id)
        pause = _PAUSE_IN_GROUP if job.place.is_group else _PAUSE
        return shown is not None and now - shown.at < pause

    def _is_worth_it(self, job: Job, news: _News, starts_at: datetime | None, now: datetime) -> bool:
        shown = self._shown.get(job.id)
        if shown is None or news != shown.news or not shown.still_holds(starts_at):
            return True
        passed = now - shown.at
        if not job.place.is_group:
            return passed >= _PAUSE_WITHOUT_NEWS
        return shown.wait is not None and passed >= max(_PAUSE_WITHOUT_NEWS, shown.wait * _SHARE_IN_GROUP)

    async def _edited(
        self, job: Job, text: str, offer: InlineKeyboardMarkup | None, urgency: Urgency = Urgency.PROGRESS
    ) -> bool:
        """Edit the status message; return False if the edit has to be tried again."""
        try:
            await edit_status(self.bot, job, text, offer, urgency=urgency)
        except Undeliverable as error:
            # There is nothing to edit: the same once more would only use up room.
            log.debug("a status cannot be shown", problem=str(error))
        except SendError as error:
            log.debug("a status was not shown", problem=str(error))
            return False
        return True


def _news_of_progress(job: Job) -> int | None:
    return (job.progress or 0) // _STEP_IN_GROUP if job.place.is_group else job.progress


def _news_of(hold: Hold | None) -> tuple[HoldCause, str] | None:
    """Return what of a hold people are told; the API's own words are not for them."""
    return None if hold is None else (hold.cause, hold.why if hold.is_pause else "")
