"""One press of a button, and what its handler may do with it: answer, check the owner, accept, edit."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from telegram import CallbackQuery, InlineKeyboardMarkup, Message
from telegram.error import NetworkError

from chat import job_keyboards
from chat.callback_data import ButtonKind, CallbackData
from chat.errors import Undeliverable
from chat.language import spoken
from chat.result_keyboard import job_id_under
from chat.send import answer, edit, edit_keyboard, thread_of
from domain.job import Job, Place
from domain.refusals import EditsNotOffered, ModelNotOnOffer, Refusal
from domain.request import VideoRequest
from handlers import texts
from handlers.context import Context
from handlers.request.accept import accept, refuse
from handlers.request.make import spec_of
from handlers.request.refusal_card import show_refusal, show_refused_order
from storage.drafts import Draft


class PressRefused(Exception):
    """A press leads to nothing; the message says why, in answer to it."""


#: What asks for a job's video once more.
_ABOUT_JOBS = frozenset({ButtonKind.AGAIN, ButtonKind.RETRY, ButtonKind.VARY})


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """A press under way. Its handler answers it with `say`, or raises PressRefused or a Refusal before it has."""

    query: CallbackQuery
    context: Context
    pressed: CallbackData

    @property
    def presser_id(self) -> int:
        return self.query.from_user.id

    @property
    def message(self) -> Message | None:
        """The message with the button; None if Telegram does not show it to us any more."""
        return self.query.message if isinstance(self.query.message, Message) else None

    @property
    def is_in_group(self) -> bool:
        return self.query.message is not None and self.query.message.chat.id < 0

    async def say(self, text: str | None = None, *, is_alert: bool = False) -> None:
        """Answer the press; what it is for is done although the answer gets lost, or Telegram no longer waits for it."""
        with suppress(NetworkError):
            await self.query.answer(text, show_alert=is_alert)

    async def answer(self, text: str, offer: InlineKeyboardMarkup | None = None) -> None:
        """Answer the message with the button, if Telegram still shows it to us."""
        if self.message is not None:
            await answer(self.message, text, offer)

    async def refuse(self, refused: Refusal) -> None:
        """Say why what a press asks for is not started; what can be made instead is one tap away."""
        message = self.message
        if message is None:
            return
        draft = await self._card()
        if draft is None:
            await refuse(message, refused, await self._instead_of(refused))
            return
        await show_refusal(
            self.context,
            message,
            idempotency_key=f"press:{self.query.id}",
            place=draft.place,
            spec=await spec_of(self.context, draft.place, draft.options, draft.photos),
            refused=refused,
        )

    async def _instead_of(self, refused: Refusal) -> InlineKeyboardMarkup | None:
        is_of_model = isinstance(refused, ModelNotOnOffer | EditsNotOffered)
        if not is_of_model or self.pressed.kind not in _ABOUT_JOBS:
            return None
        job = await self._job()
        rows = job_keyboards.instead(job, self.context.services.catalogue)
        return InlineKeyboardMarkup(rows) if rows else None

    async def _card(self) -> Draft | None:
        """Return the draft of the card with the button; None if it stands under anything else."""
        if self.pressed.kind is not ButtonKind.MAKE:
            return None
        return await self.context.services.storage.drafts.find(self.pressed.row_id)

    async def their_job(self) -> Job:
        """Return the job that the button is about; raises PressRefused unless the presser asked for it."""
        job = await self._job()
        if not await self.is_theirs(job.place):
            raise PressRefused(texts.not_yours())
        return job

    async def shown_job(self) -> Job:
        """Return the job whose video the button stands under, for whoever sees it; raises PressRefused if it does not.

        What a button carries can be made up (Bot API: CallbackQuery, data): who did not ask has to be shown the video.
        """
        job = await self._job()
        if not self._is_shown(job) and not await self.is_theirs(job.place):
            raise PressRefused(texts.not_yours())
        return job

    async def their_draft(self) -> Draft:
        """Return the draft that the button is about; raises PressRefused unless it is the presser's."""
        draft = await self.context.services.storage.drafts.find(self.pressed.row_id)
        if draft is None:
            raise PressRefused(texts.too_old())
        if not await self.is_theirs(draft.place):
            raise PressRefused(texts.not_yours())
        return draft

    async def _job(self) -> Job:
        job = await self.context.services.storage.jobs.find(self.pressed.row_id)
        if job is None:
            raise PressRefused(texts.too_old())
        return job

    async def is_theirs(self, place: Place) -> bool:
        """Tell whether the person who pressed is the one who asked.

        Anonymous administrators and channels ask in the name of a chat, but press in their own (Bot API:
        CallbackQuery): what was asked so belongs to the administrators of the group.
        """
        if not place.asked_as_chat:
            return self.presser_id == place.requester_id
        services = self.context.services
        return await services.administrators.has(
            self.context.bot, place.chat_id, self.presser_id, services.clock()
        )

    def place_for(self, job: Job) -> Place:
        """Return the place for the outcome of a press: the job's own, or the chat with a copy of its video."""
        shown = self.query.message
        is_at_home = shown is None or shown.chat.id == job.place.chat_id
        return job.place if is_at_home else self.place_here(job.place.requester_id)

    def place_of_presser(self, job: Job) -> Place:
        """Return the place for what the presser asks for in their own name."""
        is_theirs = self.presser_id == job.place.requester_id
        return self.place_for(job) if is_theirs else self.place_here(self.presser_id)

    def place_here(self, person_id: int) -> Place:
        """Return the place for what a person asks for in their own name where the button stands."""
        shown = self.query.message
        return Place(
            account_id=person_id,
            requester_id=person_id,
            chat_id=shown.chat.id if shown is not None else person_id,
            thread_id=thread_of(self.message) if self.message is not None else None,
            request_message_id=shown.message_id if shown is not None else None,
        )

    def _is_shown(self, job: Job) -> bool:
        if job.removed_at is not None:
            return False
        if self.message is not None:
            return job_id_under(self.message) == job.id
        # Too old to be shown to us, it can only be in a group where both are.
        shown = self.query.message
        return shown is not None and job.place.is_group and shown.chat.id == job.place.chat_id

    async def accept(
        self,
        *,
        idempotency_key: str,
        place: Place,
        request: VideoRequest,
        in_new_message: bool = False,
        button: str | None = None,
    ) -> Job | None:
        """Accept the request; None, and say why, if it is refused.

        The message with the button becomes its status message, unless that has to stay as it is. `button` is as in
        `handlers.request.accept.accept`.
        """
        shown = self.query.message.message_id if self.query.message and not in_new_message else None
        try:
            return await accept(
                self.context,
                idempotency_key=idempotency_key,
                place=replace(place, language=spoken()),
                request=request,
                status_message_id=shown,
                button=button,
            )
        except Refusal as refused:
            if self.message is not None:
                await show_refused_order(
                    self.context,
                    self.message,
                    idempotency_key=f"press:{self.query.id}",
                    place=place,
                    request=request,
                    refused=refused,
                )
            return None

    async def accept_once_more(self, *, place: Place, request: VideoRequest) -> None:
        """Accept, answered in a new message, what this button may ask for any number of times.

        A press within seconds of the one before is the same press, and is told so.
        """
        pressed = self.pressed
        button = f"press:{pressed.kind}:{pressed.row_id}:{pressed.value}:"
        idempotency_key = f"{button}{self.query.id}"
        job = await self.accept(
            idempotency_key=idempotency_key, place=place, request=request, in_new_message=True, button=button
        )
        await self.say(
            texts.pressed_already() if job is not None and job.idempotency_key != idempotency_key else None
        )

    async def offer(self, buttons: InlineKeyboardMarkup | None) -> None:
        """Replace the buttons of the pressed message; a message that is gone is no error."""
        if (shown := self.query.message) is not None:
            with suppress(Undeliverable):
                await edit_keyboard(self.context.bot, shown.chat.id, shown.message_id, buttons)

    async def edit(self, text: str, offer: InlineKeyboardMarkup | None = None) -> None:
        """Edit the pressed message; a message that is gone is no error."""
        if (shown := self.query.message) is not None:
            with suppress(Undeliverable):
                await edit(self.context.bot, shown.chat.id, shown.message_id, text, offer)
