"""Asks the person whether a request that waited too long is still wanted, before it is ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.jobs.notify import Notifier
from chat.errors import OutcomeUnknown, SendError, SendLater
from domain.job import Job
from domain.lifecycle import asked, cancelled, retry_scheduled
from domain.retry import GIVE_UP_ASKING, MAX_COURTESIES, back_off, is_stale
from storage.claims import Claim, Claims

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class StillWanted:
    """Asks once each time that a request went stale; what nobody answers in time is called off."""

    claims: Claims
    notifier: Notifier
    stale_after: timedelta
    clock: Callable[[], datetime]

    async def is_held_up(self, claim: Claim) -> bool:
        """Take the step of a queued job that may not go on before its person has answered; False if it may."""
        job, now = claim.job, self.clock()
        if job.is_asked_about:
            await self._wait_or_call_off(claim, job, now)
            return True
        if is_stale(job, now, after=self.stale_after):
            await self._ask(claim, job, now)
            return True
        return False

    async def _ask(self, claim: Claim, job: Job, now: datetime) -> None:
        asking = asked(job, now)
        try:
            message_id: int | None = await self.notifier.tell_waiting(asking, now)
        except (SendLater, OutcomeUnknown) as error:
            await self._try_again(claim, job, error)
            return
        except SendError as error:
            log.info("nobody can be asked whether a request is still wanted", problem=str(error))
            message_id = job.status_message_id
        shown = replace(asking, status_message_id=message_id)
        await self.claims.finish(claim, shown, self.clock(), due_at=now + GIVE_UP_ASKING)

    async def _wait_or_call_off(self, claim: Claim, job: Job, now: datetime) -> None:
        ends_at = (job.asked_at or now) + GIVE_UP_ASKING
        if now < ends_at:
            await self.claims.finish(claim, job, now, due_at=ends_at)
            return
        try:
            await self.notifier.tell_unanswered(job)
        except (SendLater, OutcomeUnknown) as error:
            if job.attempts < MAX_COURTESIES:
                await self._try_again(claim, job, error)
                return
        except SendError as error:
            log.info("nobody can be told that a request is called off", problem=str(error))
        now = self.clock()
        await self.claims.finish(claim, cancelled(job, now), now, due_at=now)
        log.info("called off: nobody said that it is still wanted")

    async def _try_again(self, claim: Claim, job: Job, error: SendError) -> None:
        now, pause = self.clock(), getattr(error, "pause", None)
        log.warning("a question does not come through; I try again", problem=str(error))
        due_at = now + back_off(job.attempts, asked_for=pause)
        await self.claims.finish(claim, retry_scheduled(job, now), now, due_at=due_at)
