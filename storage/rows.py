"""How a job becomes a row and a row a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.failures import FailureReason
from domain.job import Job, Place, State
from domain.request import Photo, VideoRequest
from domain.size import Size

if TYPE_CHECKING:
    from sqlalchemy import RowMapping


def columns_of_place(place: Place) -> dict[str, Any]:
    return {
        "account_id": place.account_id,
        "requester_id": place.requester_id,
        "chat_id": place.chat_id,
        "thread_id": place.thread_id,
        "request_message_id": place.request_message_id,
    }


def place_of(row: RowMapping) -> Place:
    return Place(
        account_id=row["account_id"],
        requester_id=row["requester_id"],
        chat_id=row["chat_id"],
        thread_id=row["thread_id"],
        request_message_id=row["request_message_id"],
    )


def columns_of_photo(photo: Photo | None) -> dict[str, Any]:
    size = photo.size if photo else None
    return {
        "photo_file_id": photo.file_id if photo else None,
        "photo_width": size.width if size else None,
        "photo_height": size.height if size else None,
    }


def photo_of(row: RowMapping) -> Photo | None:
    if row["photo_file_id"] is None:
        return None
    known = row["photo_width"] is not None and row["photo_height"] is not None
    return Photo(
        file_id=row["photo_file_id"],
        size=Size(row["photo_width"], row["photo_height"]) if known else None,
    )


def columns_of_request(request: VideoRequest) -> dict[str, Any]:
    return {
        "prompt": request.prompt,
        "model": request.model,
        "seconds": request.seconds,
        "width": request.size.width,
        "height": request.size.height,
        "price": request.price,
        "private": request.private,
        "watermark": request.watermark,
        **columns_of_photo(request.photo),
    }


def request_of(row: RowMapping) -> VideoRequest:
    return VideoRequest(
        prompt=row["prompt"],
        model=row["model"],
        seconds=row["seconds"],
        size=Size(row["width"], row["height"]),
        price=row["price"],
        photo=photo_of(row),
        private=row["private"],
        watermark=row["watermark"],
    )


#: What moves: the columns that an event of a job's life may change, named alike in `Job` and in the table.
MOVING = (
    "state",
    "due_at",
    "attempts",
    "troubled_since",
    "status_message_id",
    "ordered_at",
    "video_id",
    "progress",
    "progress_at",
    "pace",
    "told_late",
    "rendered_at",
    "video_url",
    "failure",
    "failure_detail",
    "sending",
    "result_message_id",
    "file_id",
    "finished_at",
)


def changes(before: Job, after: Job) -> dict[str, Any]:
    """Return the columns in which `after` differs from `before`."""
    return {name: getattr(after, name) for name in MOVING if getattr(after, name) != getattr(before, name)}


def job_of(row: RowMapping) -> Job:
    moving = {name: row[name] for name in MOVING}
    moving["state"] = State(row["state"])
    moving["failure"] = FailureReason(row["failure"]) if row["failure"] else None
    return Job(
        id=row["id"],
        origin=row["origin"],
        place=place_of(row),
        request=request_of(row),
        created_at=row["created_at"],
        **moving,
    )
