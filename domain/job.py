"""A job: our row about a request, from accepted to told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.failures import FailureReason
from domain.money import Money
from domain.provider import MAIN
from domain.request import VideoRequest


class State(StrEnum):
    """Where a job is; `domain.lifecycle` says how it moves."""

    #: Accepted, counted against the quota, not yet ordered.
    QUEUED = "queued"
    #: An order may be on the wire.
    SUBMITTING = "submitting"
    #: The API has the order, and we have its id.
    RENDERING = "rendering"
    #: An ending is owed to the chat: the video, or the reason why there is none.
    DELIVERING = "delivering"
    #: Over: the video was delivered.
    DONE = "done"
    #: Over: the reason was told.
    FAILED = "failed"
    #: Over: called off while it was still queued.
    CANCELLED = "cancelled"


ACTIVE = frozenset({State.QUEUED, State.SUBMITTING, State.RENDERING, State.DELIVERING})
OPEN_UPSTREAM = frozenset({State.SUBMITTING, State.RENDERING})
OVER = frozenset({State.DONE, State.FAILED, State.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in Telegram a job belongs: who asked, where, with which message, and who pays."""

    account_id: int
    requester_id: int
    chat_id: int
    thread_id: int | None = None
    request_message_id: int | None = None
    #: What is spoken here, one of `chat.language.LANGUAGES`.
    language: str = "en"

    @property
    def is_group(self) -> bool:
        """Telegram gives groups and channels negative ids."""
        return self.chat_id < 0

    @property
    def own_account_id(self) -> int:
        """The account that asks, and pays if no other does: a person's own, or the group's for who speaks as a chat."""
        return self.chat_id if self.asked_as_chat else self.requester_id

    @property
    def has_private(self) -> bool:
        """Whether who asked has a private chat besides this one, be it open or not."""
        return self.is_group and not self.asked_as_chat

    @property
    def asked_as_chat(self) -> bool:
        """Anonymous administrators and channels ask in the name of a chat."""
        return self.requester_id < 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One row. `due_at` is its only clock: schedule, back-off, lease and fencing token in one."""

    id: int
    #: What made it, unique: an update or a press that is delivered twice makes one job.
    idempotency_key: str
    place: Place
    request: VideoRequest
    state: State
    created_at: datetime
    due_at: datetime
    #: How often in a row the present step did not come through.
    attempts: int = 0
    #: Since when the present step has not come through.
    troubled_since: datetime | None = None
    status_message_id: int | None = None
    #: When its order left, or was about to; None again once it was provably not taken.
    submitted_at: datetime | None = None
    #: When the API took its order.
    ordered_at: datetime | None = None
    video_id: str | None = None
    #: Per cent, as the API last told it.
    progress: int | None = None
    #: When the progress was last seen to change, and by how many per cent a second it moved.
    progress_at: datetime | None = None
    pace: float | None = None
    #: Since when the API says that it knows no such video.
    gone_since: datetime | None = None
    rendered_at: datetime | None = None
    video_url: str | None = None
    failure: FailureReason | None = None
    #: The API's own words about the failure; of a photo in a format that is not opened, the format's name.
    failure_detail: str = ""
    #: A send was begun and its outcome is not known.
    sending: bool = False
    result_message_id: int | None = None
    file_id: str | None = None
    finished_at: datetime | None = None
    #: When its video was made and first could not be delivered because the chat refuses us.
    kept_at: datetime | None = None
    #: When the person was asked whether it is still wanted, for it had waited so long.
    asked_at: datetime | None = None
    #: When the person said that it is.
    wanted_at: datetime | None = None
    #: Until when its order has to wait, for the budget of all was spent when it was to leave.
    over_budget_until: datetime | None = None
    #: The provider that has its video, or may have it; of a job in the queue the one that did not take its order last,
    #: or that has the video to be changed. None before it was ever ordered.
    provider: str | None = None
    #: Since when its order has been tried at this provider, without any other in between.
    provider_since: datetime | None = None
    #: What we call its order towards the provider, where that takes keys of ours; no two orders have the same.
    order_key: str | None = None
    #: What the order costs the operator: by the catalogue, until the API says more; None of one that is known to cost
    #: nothing, or of which nobody knows.
    cost: Money | None = None
    #: How many of its orders were taken and then not made for our account's sake.
    failed_orders: int = 0
    #: When the person took the video out of their history.
    removed_at: datetime | None = None

    @property
    def bound_to(self) -> str | None:
        """The only provider that can make it, which has the video that it changes; None if others can."""
        return None if self.request.original is None else self.provider or MAIN

    @property
    def is_kept(self) -> bool:
        """Whether its video waits for the person, whose chat refused it."""
        return self.state is State.DONE and self.kept_at is not None

    @property
    def is_asked_about(self) -> bool:
        """Whether the person was asked if it is still wanted, and has not answered."""
        if self.state is not State.QUEUED or self.asked_at is None:
            return False
        return self.wanted_at is None or self.wanted_at < self.asked_at
