"""The steps of `queued` and `submitting`: prepares the photos, chooses the provider, commits that an order leaves, and orders once."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from telegram.error import TelegramError

from bot.jobs.lost_orders import Fate, LostOrders
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
from domain.lifecycle import (
    failed,
    found_untaken,
    ordered,
    requeued,
    requeued_on_hold,
    retry_scheduled,
)
from domain.money import Money
from domain.offer import Route
from domain.provider import MAIN
from domain.queue import Concurrency
from domain.retry import GIVE_UP_ON_MODEL, GIVE_UP_ORDERING, HELD_PAUSE, NOT_FOUND_AFTER, back_off
from domain.routing import choose_route, next_try, routes_for
from storage.claims import Claim, Claims
from storage.holds import Holds
from storage.runtime_settings import RuntimeSettings
from upstream.api import Order, OrderPhoto, Video, VideoApi
from upstream.errors import AccountBroken, Expired, Gone, TryLater, UnknownOutcome, VideoApiError

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """Orders each job's video at most once, whatever happens in between."""

    claims: Claims
    apis: Mapping[str, VideoApi]
    lost_orders: LostOrders
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
            await self._find_out(claim, job)
            return
        if await self.asking.is_held_up(claim):
            return
        model = self.offers.known.models.get(job.request.model)
        if model is None:
            await self._end(claim, job, FailureReason.MODEL_GONE)
            return
        routes = self._routes_of(job, model)
        if not routes and not job.bound_to and not self.offers.is_sure_of(model):
            await self._try_again(claim, job, FailureReason.MODEL_GONE)
            return
        if not routes:
            is_bound = job.bound_to is not None
            await self._end(claim, job, FailureReason.ORIGINAL_GONE if is_bound else FailureReason.MODEL_GONE)
            return
        photos = await self._prepared(claim, job)
        if photos is not None:
            await self._order(claim, model, routes, photos)

    def _routes_of(self, job: Job, model: Model) -> Sequence[Route]:
        routes = routes_for(job, model, self.offers.able_routes_of(job.request))
        return [route for route in routes if route.provider in self.apis]

    async def _prepared(self, claim: Claim, job: Job) -> tuple[Path, ...] | None:
        """Return the job's photos as they are sent; None if the step is over without them."""
        try:
            return await self.photos.prepared(job)
        except (MediaInterrupted, TelegramError) as error:
            log.warning("the photo does not come through; I try again", problem=str(error))
            reason = error.reason if isinstance(error, MediaError) else FailureReason.PHOTO_GONE
            await self._try_again(claim, job, reason)
        except MediaError as error:
            log.info("the photo cannot be used", problem=str(error))
            name = error.problem if isinstance(error, PictureUnsupported) else ""
            await self._end(claim, job, error.reason, name)
        return None

    async def _order(
        self, claim: Claim, model: Model, routes: Sequence[Route], photos: Sequence[Path]
    ) -> None:
        route = self._choose(claim.job, routes)
        if route is None:
            await self._wait_for_provider(claim)
            return
        job = await self._submitted(claim, model, route)
        if job is None:
            await self.claims.release(claim, self.clock())
            return
        if job.state is State.QUEUED:
            await self._tell_over_budget(job)
            return
        try:
            video = await self._sent(job, model, route, photos)
        except AccountBroken as error:
            await self._hold_back(claim, job, error)
        except TryLater as error:
            log.warning("the order was not taken; I try again", provider=route.provider, problem=str(error))
            others = [other for other in routes if other.provider != route.provider]
            await self._try_again(claim, job, error.reason, asked_for=error.retry_after, others=others)
            await self.holds.learn_nothing(job, self.clock())
        except UnknownOutcome as error:
            log.error("nobody knows whether the order was taken", provider=route.provider, problem=str(error))
            await self._find_out(claim, job, error.detail)
            await self.holds.learn_nothing(job, self.clock())
        except VideoApiError as error:
            log.error("the order was not taken", reason=error.reason, problem=str(error))
            await self._end(claim, job, _reason(job, error), error.detail)
            await self.holds.learn_nothing(job, self.clock())
        else:
            await self._note(claim, job, video)

    def _choose(self, job: Job, routes: Sequence[Route]) -> Route | None:
        """Return the route by which the order leaves: the one that it is the probe of, or the best that is open."""
        probed = next((route for route in routes if self.holds.is_probe(job, route.provider)), None)
        return probed or choose_route(
            job, routes, self.clock(), is_open=lambda provider: self.holds.allows(job, provider)
        )

    async def _wait_for_provider(self, claim: Claim) -> None:
        """Leave the job in the queue until one of its providers is open."""
        job, now = claim.job, self.clock()
        if job.bound_to is None:
            await self.claims.release(claim, now)
            return
        # Others of its model may pass, so that the gate does not hold it.
        await self._show_and_finish(claim, job, due_at=now + HELD_PAUSE)

    async def _submitted(self, claim: Claim, model: Model, route: Route) -> Job | None:
        """Return the job once it is written down that its order leaves; None if it may not now.

        It is still queued if the budget of all is spent.
        """
        job = claim.job
        key = job.order_key if job.provider == route.provider else None
        if key is None and self.apis[route.provider].finds_orders:
            key = secrets.token_hex(16)
        return await self.claims.submit(
            claim,
            self.clock(),
            concurrency=self.concurrency,
            runtime_settings=self.runtime_settings,
            provider=route.provider,
            order_key=key,
            cost=self._estimate(job, model),
        )

    def _estimate(self, job: Job, model: Model) -> Money | None:
        known, request = self.offers.known, job.request
        amount = known.cost_of(model.name, request.seconds, request.size)
        return None if amount is None else Money(amount, known.currency)

    async def _sent(self, job: Job, model: Model, route: Route, photos: Sequence[Path]) -> Video:
        api, request = self.apis[route.provider], job.request
        if request.original is None:
            return await api.create(_order_of(job, model, route, photos))
        return await api.remix(
            request.original.video_id,
            request.prompt,
            model=route.name,
            size=request.size,
            form=model.form,
            key=job.order_key,
        )

    async def _find_out(self, claim: Claim, job: Job, detail: str = "") -> None:
        """Ask what became of an order whose answer nobody has; where nobody can tell, it is never sent again by itself."""
        found = await self.lost_orders.find(job)
        now = self.clock()
        match found:
            case Fate.UNKNOWN:
                await self._end(claim, job, FailureReason.UNKNOWN_OUTCOME, detail)
            case Fate.ASK_LATER:
                await self._ask_later(claim, job, now)
            case Fate.NOT_TAKEN:
                log.warning("the API knows no such order; it is sent once more", provider=job.provider)
                await self._send_once_more(claim, job, now)
            case _:
                await self._note(claim, job, found)

    async def _ask_later(self, claim: Claim, job: Job, now: datetime) -> None:
        settled_at = (job.submitted_at or now) + NOT_FOUND_AFTER
        if now < settled_at:  # too early for a no: nothing has failed yet
            asking, due_at = job, settled_at
        else:
            asking, due_at = retry_scheduled(job, now), now + back_off(job.attempts)
        await until_written(partial(self.claims.finish, claim, asking, now, due_at=due_at))

    async def _send_once_more(self, claim: Claim, job: Job, now: datetime) -> None:
        if job.troubled_since is not None and now - job.troubled_since > GIVE_UP_ORDERING:
            await self._end(claim, job, FailureReason.UNREACHABLE)
            return
        await until_written(partial(self.claims.finish, claim, found_untaken(job, now), now, due_at=now))

    async def _tell_over_budget(self, job: Job) -> None:
        log.warning("an order waits: the budget of all is spent")
        if job.status_message_id is not None:
            with suppress(SendError):
                await self.notifier.tell_waiting(job, self.clock())
        self.on_trouble()

    async def _note(self, claim: Claim, job: Job, video: Video) -> None:
        now = self.clock()
        after = ordered(job, now, video_id=video.id, cost=video.cost)
        taken = await self.paid.keep(PaidOrder.of(after), partial(self.claims.save, claim, after, now))
        for hold in await self.holds.close_probed(taken):
            log.warning("the API takes orders again", held_for=hold.name)
            self.on_trouble()
        await self._show_and_finish(claim, taken, due_at=now + self.first_look_after)
        log.info("ordered", video=video.id, model=taken.request.model, provider=taken.provider)
        await self.lost_orders.prove(taken)

    async def _hold_back(self, claim: Claim, job: Job, error: AccountBroken) -> None:
        """Keep the job in the queue, and all others that the API would refuse for the same reason."""
        now = self.clock()
        if self._has_waited_too_long(job, error, now):
            await self._end(claim, job, error.reason)
            await self.holds.learn_nothing(job, now)
            return
        refusal = hold_after(
            error.reason, job.request.model, now, why=error.detail, provider=job.provider or MAIN
        )
        if await until_written(partial(self.holds.hold_back, claim, requeued_on_hold(job), refusal)):
            log.error(
                "the API takes no orders; they wait in the queue", held_for=refusal.name, problem=str(error)
            )
            self.on_trouble()
        await self.status_messages.show(claim.saved)

    def _has_waited_too_long(self, job: Job, error: AccountBroken, now: datetime) -> bool:
        """Tell whether a request has waited in vain for a model that no provider has: its person may choose another one."""
        is_old = now - job.created_at > GIVE_UP_ON_MODEL
        return is_old and error.reason is FailureReason.MODEL_GONE and self.holds.find_for(job) is not None

    async def _try_again(
        self,
        claim: Claim,
        job: Job,
        reason: FailureReason,
        *,
        asked_for: timedelta | None = None,
        others: Sequence[Route] = (),
    ) -> None:
        now = self.clock()
        if job.troubled_since is not None and now - job.troubled_since > GIVE_UP_ORDERING:
            await self._end(claim, job, reason)
            return
        has_other = any(self.holds.allows(job, route.provider) for route in others)
        due_at = next_try(job, now, back_off(job.attempts, asked_for=asked_for), has_other=has_other)
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


def _order_of(job: Job, model: Model, route: Route, photos: Sequence[Path]) -> Order:
    """Return the order; abilities that the model does not have are left out."""
    request = job.request
    return Order(
        model=route.name,
        prompt=request.prompt,
        seconds=request.seconds,
        size=request.size,
        form=model.form,
        photos=tuple(
            OrderPhoto(path=path, role=role)
            for path, role in zip(photos, model.roles_of(len(photos)), strict=True)
        ),
        key=job.order_key,
        private=request.private if model.private else None,
        watermark=request.watermark if model.watermark else None,
        character=request.character if model.characters else None,
    )
