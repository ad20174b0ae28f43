"""The step of `rendering`: looks at the video, shows its progress, and notices its end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.jobs.status import StatusMessages
from domain.failures import FailureReason
from domain.hold import hold_after, is_for_our_accounts_sake
from domain.job import Job, State
from domain.lifecycle import failed, not_known, polled, priced, rendered, retry_scheduled, returned
from domain.provider import MAIN
from domain.queue import kind_of
from domain.retry import (
    GIVE_UP_LOOKING,
    GIVE_UP_RENDERING,
    LATE_AFTER,
    LATE_PAUSE,
    MAX_FAILED_ORDERS,
    back_off,
    is_believed_gone,
    is_over,
    next_look,
)
from storage.claims import Claim, Claims
from storage.holds import Holds
from upstream.api import Failure, Video, VideoApi, VideoStatus
from upstream.errors import Over, VideoApiError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """Looks at each video until it is finished; being slow is no failure."""

    claims: Claims
    apis: Mapping[str, VideoApi]
    holds: Holds
    status_messages: StatusMessages
    on_trouble: Callable[[], None]
    shortest_pause: timedelta
    clock: Callable[[], datetime]
    late_after: timedelta = LATE_AFTER

    async def take(self, claim: Claim) -> None:
        job, api = claim.job, self.apis.get(claim.job.provider or MAIN)
        if api is None:
            after, pause = self._out_of_reach(job)
        else:
            try:
                video = await api.retrieve(str(job.video_id), prompt=job.request.prompt)
            except VideoApiError as error:
                after, pause = self._not_seen(job, error)
            else:
                if video.failure is not None and is_for_our_accounts_sake(video.failure.reason):
                    await self._hold_back(claim, job, video.failure)
                    return
                after, pause = await self._seen(job, video)
        if after.state is State.RENDERING:
            # An ending tells itself; an edit now would only take the room in the chat that it needs.
            await self.status_messages.show(after)
        now = self.clock()
        await self.claims.finish(claim, after, now, due_at=now + pause)

    async def _seen(self, job: Job, video: Video) -> tuple[Job, timedelta]:
        """Return the job after a look, and the pause before its next step."""
        now = self.clock()
        match video.status:
            case VideoStatus.COMPLETED:
                for hold in await self.holds.close_made(job):
                    log.warning("the API makes videos again", held_for=hold.name)
                    self.on_trouble()
                return priced(rendered(job, now, video_url=video.url), video.cost), timedelta()
            case VideoStatus.FAILED:
                failure = video.failure or Failure(reason=FailureReason.RENDER_FAILED)
                log.info("the API made no video", reason=failure.reason, detail=failure.detail)
                after = failed(job, reason=failure.reason, detail=failure.detail)
                return priced(after, video.cost), timedelta()
            case VideoStatus.QUEUED | VideoStatus.RENDERING:
                return await self._unfinished(job, video, now)

    async def _unfinished(self, job: Job, video: Video, now: datetime) -> tuple[Job, timedelta]:
        if is_over(job, now):
            return failed(job, reason=FailureReason.NEVER_FINISHED), timedelta()
        if now - (job.ordered_at or now) > GIVE_UP_RENDERING:
            # The clock may have been set, or the bot away: what is ready a moment later is not given up.
            return retry_scheduled(job, now), max(self.shortest_pause, LATE_PAUSE)
        typical = await self.claims.find_typical(kind_of(job), now)
        seen = priced(polled(job, now, progress=video.progress), video.cost)
        pause = next_look(
            seen,
            now,
            typical=typical.median if typical else None,
            shortest=self.shortest_pause,
            late_after=self.late_after,
        )
        return seen, max(pause, video.poll_after or timedelta())

    async def _hold_back(self, claim: Claim, job: Job, failure: Failure) -> None:
        """Open the hold that the same answer to an order would have opened, and let the job be ordered anew.

        Not without end: the provider takes such orders, and may do so again.
        """
        now = self.clock()
        hold = hold_after(
            failure.reason,
            job.request.model,
            now,
            why=failure.for_operators or failure.detail,
            provider=job.provider or MAIN,
            until_made=True,
        )
        after = returned(job)
        if after.failed_orders > MAX_FAILED_ORDERS:
            after = failed(job, reason=failure.reason, detail=failure.detail)
        log.error("an order was taken and not made", held_for=hold.name, problem=hold.why)
        if await self.holds.hold_back(claim, after, hold):
            self.on_trouble()
        if after.state is State.QUEUED:
            await self.status_messages.show(claim.saved)

    def _out_of_reach(self, job: Job) -> tuple[Job, timedelta]:
        """The settings do not say any more how to ask its provider: the job waits for that, and not for ever."""
        now = self.clock()
        if now - (job.ordered_at or now) > GIVE_UP_LOOKING and is_over(job, now):
            return failed(job, reason=FailureReason.NEVER_FINISHED), timedelta()
        if not job.attempts:
            log.error("the provider of a video is not in the catalogue any more", provider=job.provider)
        return retry_scheduled(job, now), max(self.shortest_pause, LATE_PAUSE)

    def _not_seen(self, job: Job, error: VideoApiError) -> tuple[Job, timedelta]:
        now = self.clock()
        is_over_there = isinstance(error, Over)
        if is_over_there and is_believed_gone(job, now):
            log.error("the video is lost", reason=error.reason, problem=str(error))
            return failed(job, reason=error.reason, detail=error.detail), timedelta()
        if now - (job.ordered_at or now) > GIVE_UP_LOOKING and is_over(job, now):
            return failed(job, reason=FailureReason.NEVER_FINISHED), timedelta()
        log.warning("the API did not tell about a video; I keep looking", problem=str(error))
        pause = max(
            self.shortest_pause, back_off(job.attempts, asked_for=getattr(error, "retry_after", None))
        )
        return (not_known if is_over_there else retry_scheduled)(job, now), pause
