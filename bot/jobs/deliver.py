"""The step of `delivering`: fetches the clip and sends it, or tells why there is none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from bot.jobs.download import ClipLost, Fetcher, NotFetched
from bot.jobs.files import Files
from bot.jobs.notify import Notifier
from bot.jobs.send_video import ClipSender, Sent
from bot.jobs.status import StatusMessages
from bot.media.clip import Clip
from chat.errors import (
    ChatBusy,
    ChatClosed,
    FileRefused,
    OutcomeUnknown,
    SendError,
    SendLater,
    SendRefused,
    StatusGone,
    TooLargeToSend,
)
from chat.urgency import Urgency
from domain.failures import FailureReason
from domain.job import Job
from domain.lifecycle import (
    delivered,
    failed,
    failure_told,
    kept,
    not_known,
    redirected,
    retry_scheduled,
    sent,
)
from domain.retry import GIVE_UP_DELIVERING, MAX_COURTESIES, PATIENCE_WITH_CROWDS, back_off
from storage.claims import Claim, Claims

#: A shorter wait for a chat's turn than this is waited out in its line.
_WORTH_COMING_BACK = timedelta(seconds=5)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """Brings every job to its end: the video once, or the reason."""

    claims: Claims
    fetcher: Fetcher
    sender: ClipSender
    notifier: Notifier
    status_messages: StatusMessages
    files: Files
    clock: Callable[[], datetime]
    #: Returns the seconds until a call to a chat would have room there.
    delay_of: Callable[[int, Urgency], float]

    async def take(self, claim: Claim) -> None:
        job = claim.job
        if job.failure is not None:
            await self._tell(claim, job)
        elif job.result_message_id is not None or job.removed_at is not None:
            await self._conclude(claim, job)
        else:
            await self._deliver(claim, job)

    async def _deliver(self, claim: Claim, job: Job) -> None:
        try:
            result = await self._sent(claim, job)
        except ChatBusy as busy:
            now = self.clock()
            await self.claims.finish(claim, claim.saved, now, due_at=now + busy.pause)
        except (NotFetched, SendLater) as error:
            await self._later(claim, error)
        except OutcomeUnknown as error:
            log.warning(
                "nobody knows whether the clip was sent; it goes into the status message", problem=str(error)
            )
            now, job = self.clock(), claim.saved
            await self.claims.finish(
                claim, retry_scheduled(job, now), now, due_at=now + back_off(job.attempts)
            )
        except ClipLost as error:
            log.error("the clip is lost", reason=error.reason, problem=str(error))
            await self._end(claim, error.reason)
        except ChatClosed as error:
            log.info("the chat does not take the clip", problem=str(error))
            await self._deliver_in_private(claim)
        except SendRefused as error:
            log.warning("the clip cannot be sent", problem=str(error))
            if claim.saved.place.has_private and not isinstance(error, FileRefused):
                # In words we do not know: most likely it is the group that does not take it.
                await self._deliver_in_private(claim)
                return
            too_large = isinstance(error, TooLargeToSend)
            await self._end(claim, FailureReason.CLIP_TOO_LARGE if too_large else FailureReason.CLIP_REFUSED)
        else:
            after = sent(claim.saved, message_id=result.message_id, file_id=result.file_id)
            await self._conclude(claim, await self._save(claim, after))

    async def _sent(self, claim: Claim, job: Job) -> Sent:
        """Send the clip; if an earlier try may have arrived, only in a way that can be repeated without harm."""
        if self.files.clip(job.id).exists():
            self._expect_room(job)
        clip, thumbnail = await self.fetcher.fetched(job)
        if not job.sending:
            self._expect_room(job)
            return await self._sent_first(claim, job, clip, thumbnail)
        try:
            return await self.sender.put_into_status(job, clip, thumbnail)
        except StatusGone:
            message_id = await self.notifier.send_status(job, self.clock())
            job = await self._save(claim, replace(job, status_message_id=message_id))
        return await self.sender.put_into_status(job, clip, thumbnail)

    def _expect_room(self, job: Job) -> None:
        """Raise ChatBusy if the chat has no room for a clip; whoever has waited for long gets into its line instead."""
        if job.rendered_at is None or self.clock() - job.rendered_at > PATIENCE_WITH_CROWDS:
            return
        delay = timedelta(seconds=self.delay_of(job.place.chat_id, Urgency.CLIP))
        if delay > _WORTH_COMING_BACK:
            raise ChatBusy(delay)

    async def _sent_first(self, claim: Claim, job: Job, clip: Clip, thumbnail: Path | None) -> Sent:
        job = await self._save(claim, replace(job, sending=True))
        try:
            return await self.sender.send(job, clip, thumbnail)
        except SendLater:
            # Only of the first try it is known that none before it may have arrived.
            await self._save(claim, replace(job, sending=False))
            raise

    async def _deliver_in_private(self, claim: Claim) -> None:
        """Bring the clip to who asked; if that cannot be either, keep it, and say so where it was asked for, or nowhere."""
        there = claim.saved
        if not there.place.has_private:
            await self._keep(claim)
            return
        await self.notifier.tell_redirected(there)
        await self._deliver(claim, await self._save(claim, redirected(there)))
        if claim.saved.is_kept:
            await self.notifier.tell_kept(there)
        elif claim.saved.failure is not None:
            with suppress(SendError):
                await self.notifier.tell_failure(replace(there, failure=claim.saved.failure))

    async def _keep(self, claim: Claim) -> None:
        """Keep the video until its person asks for it; it was made, so it is charged."""
        now = self.clock()
        over = await self.claims.finish(claim, kept(claim.saved, now), now, due_at=now)
        log.info("kept: no chat takes the clip")
        await self._clean_up(over, known_status=over.status_message_id)

    async def _conclude(self, claim: Claim, job: Job) -> None:
        """Take the status message away, and be done; what the person has deleted meanwhile does not come back."""
        if job.removed_at is not None:
            await self.notifier.take_back(job)
        try:
            await self.notifier.clear_status(job)
        except (SendLater, OutcomeUnknown) as error:
            if job.attempts < MAX_COURTESIES:
                await self._postpone(claim, job, error)
                return
        except SendError as error:
            log.info("the status message stays", problem=str(error))
        now = self.clock()
        over = await self.claims.finish(claim, delivered(job, now), now, due_at=now)
        log.info("delivered", seconds=round((now - job.created_at).total_seconds(), 1))
        await self._clean_up(over, known_status=job.status_message_id)

    async def _tell(self, claim: Claim, job: Job) -> None:
        now = self.clock()
        try:
            await self._tell_where_possible(claim, job)
        except (SendLater, OutcomeUnknown) as error:
            if job.troubled_since is None or now - job.troubled_since < GIVE_UP_DELIVERING:
                await self._postpone(claim, claim.saved, error)
                return
            log.error("the reason could not be told for a day", problem=str(error))
        except ChatClosed as error:
            log.info("nobody lets us tell the reason", problem=str(error))
        except SendError as error:
            log.warning("the reason cannot be told", problem=str(error))
        over = await self.claims.finish(claim, failure_told(claim.saved, now), now, due_at=now)
        log.info("failed", reason=job.failure)
        await self._clean_up(over, known_status=job.status_message_id)

    async def _tell_where_possible(self, claim: Claim, job: Job) -> None:
        """Tell the reason in its chat, or if that takes nothing, to who asked."""
        try:
            await self.notifier.tell_failure(job)
        except (ChatClosed, SendRefused):
            if not job.place.has_private:
                raise
            await self.notifier.tell_failure(await self._save(claim, redirected(job)))

    async def _later(self, claim: Claim, error: NotFetched | SendLater) -> None:
        job, now = claim.saved, self.clock()
        if job.troubled_since is not None and now - job.troubled_since > GIVE_UP_DELIVERING:
            reason = error.reason if isinstance(error, NotFetched) else FailureReason.CLIP_REFUSED
            await self._end(claim, reason)
            return
        await self._postpone(claim, job, error)

    async def _postpone(self, claim: Claim, job: Job, error: Exception) -> None:
        log.warning("an ending does not come through; I try again", problem=str(error))
        now, pause = self.clock(), getattr(error, "pause", None)
        after = (not_known if isinstance(error, NotFetched) and error.is_gone else retry_scheduled)(job, now)
        await self.status_messages.show(after)
        await self.claims.finish(claim, after, now, due_at=now + back_off(job.attempts, asked_for=pause))

    async def _end(self, claim: Claim, reason: FailureReason) -> None:
        now = self.clock()
        await self.claims.finish(claim, failed(claim.saved, reason=reason), now, due_at=now)

    async def _save(self, claim: Claim, after: Job) -> Job:
        return await self.claims.save(claim, after, self.clock())

    async def _clean_up(self, job: Job, *, known_status: int | None) -> None:
        """Forget a job that is over, and take away a status message that appeared while it came to its end."""
        if job.status_message_id != known_status:
            with suppress(SendError):
                await self.notifier.clear_status(job)
        self.status_messages.forget(job.id)
        self.files.forget(job.id)
