"""The step of `rendering`: looks at the video, shows its progress, and notices its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.jobs.status import StatusMessages
from domain.failures import FailureReason
from domain.job import Job, State
from domain.lifecycle import failed, not_known, polled, rendered, retry_scheduled
from domain.queue import kind_of
from domain.retry import (
    GIVE_UP_LOOKING,
    GIVE_UP_RENDERING,
    LATE_AFTER,
    LATE_PAUSE,
    back_off,
    is_believed_gone,
    is_over,
    next_look,
)
from storage.claims import Claim, Claims
from upstream.api import Failure, Video, VideoApi, VideoStatus
from upstream.errors import Over, VideoApiError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """Looks at each video until it is finished; being slow is no failure."""

    claims: Claims
    api: VideoApi
    status_messages: StatusMessages
    shortest_pause: timedelta
    clock: Callable[[], datetime]
    late_after: timedelta = LATE_AFTER

    async def take(self, claim: Claim) -> None:
        job = claim.job
        try:
            video = await self.api.retrieve(str(job.video_id), prompt=job.request.prompt)
        except VideoApiError as error:
            after, pause = self._not_seen(job, error)
        else:
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
                return rendered(job, now, video_url=video.url), timedelta()
            case VideoStatus.FAILED:
                failure = video.failure or Failure(reason=FailureReason.RENDER_FAILED)
                log.info("the API made no video", reason=failure.reason, detail=failure.detail)
                return failed(job, reason=failure.reason, detail=failure.detail), timedelta()
            case VideoStatus.QUEUED | VideoStatus.RENDERING:
                return await self._unfinished(job, video, now)

    async def _unfinished(self, job: Job, video: Video, now: datetime) -> tuple[Job, timedelta]:
        if is_over(job, now):
            return failed(job, reason=FailureReason.NEVER_FINISHED), timedelta()
        if now - (job.ordered_at or now) > GIVE_UP_RENDERING:
            # The clock may have been set, or the bot away: what is ready a moment later is not given up.
            return retry_scheduled(job, now), max(self.shortest_pause, LATE_PAUSE)
        typical = await self.claims.find_typical(kind_of(job), now)
        seen = polled(job, now, progress=video.progress)
        pause = next_look(
            seen,
            now,
            typical=typical.median if typical else None,
            shortest=self.shortest_pause,
            late_after=self.late_after,
        )
        return seen, max(pause, video.poll_after or timedelta())

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
