"""How a job becomes a row and a row a job."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from domain.character import Character
from domain.failures import FailureReason
from domain.job import Job, Place, State
from domain.money import Money
from domain.request import Original, Photo, VideoRequest
from domain.size import Size
from storage.reading import facts, log_unreadable


def columns_of_place(place: Place) -> dict[str, Any]:
    return {
        "account_id": place.account_id,
        "requester_id": place.requester_id,
        "chat_id": place.chat_id,
        "thread_id": place.thread_id,
        "request_message_id": place.request_message_id,
        "language": place.language,
    }


def place_of(row: RowMapping) -> Place:
    return Place(**facts(row, Place))


def columns_of_photos(photos: Sequence[Photo]) -> dict[str, Any]:
    return {
        "photos": [
            [photo.file_id, photo.size.width, photo.size.height] if photo.size else [photo.file_id]
            for photo in photos
        ]
    }


def photos_of(row: RowMapping) -> tuple[Photo, ...]:
    return tuple(
        Photo(file_id=file_id, size=Size(*sides) if sides else None) for file_id, *sides in row["photos"]
    )


def columns_of_request(request: VideoRequest) -> dict[str, Any]:
    character, original = request.character, request.original
    return {
        "prompt": request.prompt,
        "search_text": searchable(request.prompt),
        "model": request.model,
        "seconds": request.seconds,
        "width": request.size.width,
        "height": request.size.height,
        "price": request.price,
        "private": request.private,
        "watermark": request.watermark,
        "character_url": character.url if character else None,
        "character_start": character.start if character else None,
        "character_end": character.end if character else None,
        "original_job_id": original.job_id if original else None,
        "original_video_id": original.video_id if original else None,
        **columns_of_photos(request.photos),
    }


def searchable(words: str) -> str:
    """Return words as they are compared in a search, alike however they were capitalized."""
    return words.casefold()


def request_of(row: RowMapping) -> VideoRequest:
    made = {
        "size": Size(row["width"], row["height"]),
        "photos": photos_of(row),
        "character": _character_of(row),
        "original": _original_of(row),
    }
    return VideoRequest(**facts(row, VideoRequest) | made)


def _character_of(row: RowMapping) -> Character | None:
    if row["character_url"] is None:
        return None
    return Character(url=row["character_url"], start=row["character_start"], end=row["character_end"])


def _original_of(row: RowMapping) -> Original | None:
    if row["original_video_id"] is None:
        return None
    return Original(job_id=row["original_job_id"], video_id=row["original_video_id"])


#: What moves: the columns that an event of a job's life may change, named alike in `Job` and in the table.
MOVING = (
    "state",
    "attempts",
    "troubled_since",
    "status_message_id",
    "submitted_at",
    "ordered_at",
    "video_id",
    "progress",
    "progress_at",
    "pace",
    "gone_since",
    "rendered_at",
    "video_url",
    "failure",
    "failure_detail",
    "sending",
    "result_message_id",
    "file_id",
    "finished_at",
    "kept_at",
    "asked_at",
    "wanted_at",
    "over_budget_until",
    "removed_at",
    "provider",
    "provider_since",
    "order_key",
    "failed_orders",
)
_MILLIONTHS = 1_000_000
#: Beyond this it is no cost of a video, whoever says so.
_HIGHEST_COST = 1_000_000


def changes(before: Job, after: Job) -> dict[str, Any]:
    """Return the columns in which `after` differs from `before`."""
    was, now = _columns_that_move(before), _columns_that_move(after)
    return {name: value for name, value in now.items() if value != was[name]}


def _columns_that_move(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in MOVING} | columns_of_place(job.place) | _columns_of_cost(job)


def _columns_of_cost(job: Job) -> dict[str, Any]:
    """Return the columns of a cost; one without a currency, or that none can be, is as if it were not known."""
    cost = job.cost
    if cost is None or not _is_kept(cost):
        return {"cost": None, "cost_currency": None}
    return {"cost": int(cost.amount * _MILLIONTHS), "cost_currency": cost.currency}


def _is_kept(cost: Money) -> bool:
    is_currency = cost.currency is not None and len(cost.currency) == len("USD")
    return is_currency and cost.amount.is_finite() and 0 <= cost.amount <= _HIGHEST_COST


def _cost_of(row: RowMapping) -> Money | None:
    if row["cost"] is None:
        return None
    return money_of(row["cost"], row["cost_currency"])


def money_of(millionths: int, currency: str) -> Money:
    return Money(Decimal(millionths) / _MILLIONTHS, currency)


def failure_of(name: str | None) -> FailureReason | None:
    """Return the reason of this name; a newer version's, which we have no words for, is to us an inner one."""
    if not name:
        return None
    try:
        return FailureReason(name)
    except ValueError as error:
        log_unreadable(name, str(error))
        return FailureReason.INTERNAL


def job_of(row: RowMapping) -> Job:
    moving = {name: row[name] for name in MOVING}
    moving["state"] = State(row["state"])
    moving["failure"] = failure_of(row["failure"])
    return Job(
        id=row["id"],
        idempotency_key=row["origin"],
        place=place_of(row),
        request=request_of(row),
        created_at=row["created_at"],
        due_at=row["due_at"],
        cost=_cost_of(row),
        **moving,
    )
