"""The steps of `queued` and `submitting`: prepares the photos, commits that an order leaves, and orders once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from telegram.error import TelegramError

from bot.jobs.notify import Notifier
from bot.jobs.paid_orders import PaidOrder, PaidOrders, until_written
from bot.jobs.photos import Photos
from bot.jobs.status import StatusMessages
from bot.jobs.still_wanted import StillWanted
from bot.media.errors import MediaError, MediaInterrupted, PictureUnsupported
from bot.offers import Offers
from chat.errors import SendError
from domain.catalogue import Model
from domain.failures import FailureReason
from domain.hold import hold_after
from domain.job import Job, State
from domain.lifecycle import failed, ordered, requeued, requeued_on_hold, retry_scheduled
from domain.queue import Concurrency
from domain.request import Original, VideoRequest
from domain.retry import GIVE_UP_ORDERING, back_off
from storage.claims import Claim, Claims
from storage.holds import Holds
from storage.runtime_settings import RuntimeSettings
from upstream.api import Order, OrderPhoto, Video, VideoApi
from upstream.errors import AccountBroken, Expired, Gone, TryLater, VideoApiError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """Orders each job's video at most once, whatever happens in between."""

    claims: Claims
    api: VideoApi
    photos: Photos
    status_messages: StatusMessages
    offers: Offers
    concurrency: Concurrency
    holds: Holds
    runtime_settings: RuntimeSettings
    asking: StillWanted
    notifier: Notifier
    on_trouble: Callable[[], None]
    first_look_after: timedelta
    clock: Callable[[], datetime]
    paid: PaidOrders

    async def take(self, claim: Claim) -> None:
        job = claim.job
        if job.state is State.SUBMITTING:
            # Whoever was ordering did not live to write down what came of it.
            await self._end(claim, job, FailureReason.UNKNOWN_OUTCOME)
            return
        if await self.asking.is_held_up(claim):
            return
        model = self.offers.known.models.get(job.request.model)
        if model is None:
            await self._end(claim, job, FailureReason.MODEL_GONE)
            return
        if job.request.original is not None:
            await self._order(claim, partial(self._remix, job.request, job.request.original, model))
            return
        try:
            photos = await self.photos.prepared(job)
        except (MediaInterrupted, TelegramError) as error:
            log.warning("the photo does not come through; I try again", problem=str(error))
            reason = error.reason if isinstance(error, MediaError) else FailureReason.PHOTO_GONE
            await self._try_again(claim, job, reason)
        except MediaError as error:
            log.info("the photo cannot be used", problem=str(error))
            name = error.problem if isinstance(error, PictureUnsupported) else ""
            await self._end(claim, job, error.reason, name)
        else:
            await self._order(claim, partial(self.api.create, _order_of(job, model, photos)))

    async def _remix(self, request: VideoRequest, original: Original, model: Model) -> Video:
        return await self.api.remix(
            original.video_id, request.prompt, model=model.api_name, size=request.size
        )

    async def _order(self, claim: Claim, order: Callable[[], Awaitable[Video]]) -> None:
        job = await self._submitted(claim)
        if job is None:
            await self.claims.release(claim, self.clock())
            return
        if job.state is State.QUEUED:
            await self._tell_over_budget(job)
            return
        try:
            video = await order()
        except AccountBroken as error:
            await self._hold_back(claim, job, error)
        except TryLater as error:
            log.warning("the order was not taken; I try again", problem=str(error))
            await self._try_again(claim, job, error.reason, asked_for=error.retry_after)
            await self.holds.learn_nothing(job, self.clock())
        except VideoApiError as error:
            log.error("the order was not taken", reason=error.reason, problem=str(error))
            await self._end(claim, job, _reason(job, error), error.detail)
            await self.holds.learn_nothing(job, self.clock())
        else:
            await self._note(claim, job, video)

    async def _submitted(self, claim: Claim) -> Job | None:
        """Return the job once it is written down that its order leaves; None if it may not now.

        It is still queued if the budget of all is spent.
        """
        if not self.holds.allows(claim.job):
            return None
        return await self.claims.submit(
            claim, self.clock(), concurrency=self.concurrency, runtime_settings=self.runtime_settings
        )

    async def _tell_over_budget(self, job: Job) -> None:
        log.warning("an order waits: the budget of all is spent")
        if job.status_message_id is not None:
            with suppress(SendError):
                await self.notifier.tell_waiting(job, self.clock())
        self.on_trouble()

    async def _note(self, claim: Claim, job: Job, video: Video) -> None:
        now = self.clock()
        after = ordered(job, now, video_id=video.id)
        taken = await self.paid.keep(PaidOrder.of(after), partial(self.claims.save, claim, after, now))
        for hold in await self.holds.close_probed(taken):
            log.warning("the API takes orders again", held_for=hold.name)
            self.on_trouble()
        await self._show_and_finish(claim, taken, due_at=now + self.first_look_after)
        log.info("ordered", video=video.id, model=taken.request.model)

    async def _hold_back(self, claim: Claim, job: Job, error: AccountBroken) -> None:
        """Keep the job in the queue, and all others that the API would refuse for the same reason."""
        now = self.clock()
        refusal = hold_after(error.reason, job.request.model, now, why=error.detail)
        if await until_written(partial(self.holds.hold_back, claim, requeued_on_hold(job), refusal)):
            log.error(
                "the API takes no orders; they wait in the queue", held_for=refusal.name, problem=str(error)
            )
            self.on_trouble()
        await self.status_messages.show(claim.saved)

    async def _try_again(
        self, claim: Claim, job: Job, reason: FailureReason, *, asked_for: timedelta | None = None
    ) -> None:
        now = self.clock()
        if job.troubled_since is not None and now - job.troubled_since > GIVE_UP_ORDERING:
            await self._end(claim, job, reason)
            return
        due_at = now + back_off(job.attempts, asked_for=asked_for)
        event = requeued if job.state is State.SUBMITTING else retry_scheduled
        # Written at once; the next step is planned only when the person was shown.
        waiting = await until_written(partial(self.claims.save, claim, event(job, now), now))
        await self._show_and_finish(claim, waiting, due_at=due_at)

    async def _show_and_finish(self, claim: Claim, job: Job, *, due_at: datetime) -> None:
        await self.status_messages.show(job)
        await self.claims.finish(claim, job, self.clock(), due_at=due_at)

    async def _end(self, claim: Claim, job: Job, reason: FailureReason, detail: str = "") -> None:
        now = self.clock()
        after = failed(job, reason=reason, detail=detail)
        await until_written(partial(self.claims.finish, claim, after, now, due_at=now))
        if reason is FailureReason.UNKNOWN_OUTCOME:
            self.on_trouble()


def _reason(job: Job, error: VideoApiError) -> FailureReason:
    """Return why an order failed; a video that the API does not have before it took the order is the edit's original."""
    is_gone = isinstance(error, Gone | Expired)
    return FailureReason.ORIGINAL_GONE if is_gone and job.request.original is not None else error.reason


def _order_of(job: Job, model: Model, photos: tuple[Path, ...]) -> Order:
    """Return the order; abilities that the model does not have are left out."""
    request = job.request
    return Order(
        model=model.api_name,
        prompt=request.prompt,
        seconds=request.seconds,
        size=request.size,
        photos=tuple(OrderPhoto(path=path) for path in photos),
        private=request.private if model.private else None,
        watermark=request.watermark if model.watermark else None,
        character=request.character if model.characters else None,
    )
