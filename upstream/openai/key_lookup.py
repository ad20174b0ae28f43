"""Reads the answer to the question which video an order with a key of ours has become, of several shapes of lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from upstream.answers import parse

_LISTS: Final = ("data", "videos", "items", "results", "tasks", "list")
_KEYS: Final = ("idempotency_key", "idempotencyKey", "external_task_id", "external_id", "client_request_id")
_COUNTS: Final = ("total", "total_count", "count")
_INSIDE: Final = ("metadata", "task_info")
_DEEPEST: Final = 3
_MOST: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The videos of an answer, and whether there are more of them on another page."""

    videos: Sequence[Any]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The one video that an answer is about; it is sure if it tells our key itself."""

    id: str
    video: parse.WireVideo
    is_sure: bool


def read(body: object) -> Listed | None:
    """Return the videos that an answer lists, a video by itself as the only one; None if it is no such answer."""
    found = _list_in(body)
    if found is None:
        video = parse.read_video(body)
        is_video = video.id is not None and (video.status is not None or video.complaint is None)
        return Listed(videos=[body], has_more=False) if is_video else None
    if not found and parse.read_complaint(body) is not None:
        return None
    return Listed(videos=found[:_MOST], has_more=len(found) > _MOST or _is_cut(body, len(found)))


def only(listed: Listed, key: str) -> Found | None:
    """Return the video of the order with this key; None if the list is empty.

    Raises:
        ValueError: It may be several, or none: the list is not of this key alone.
    """
    if not listed.videos and not listed.has_more:
        return None
    keyed = [(_key_of(body), parse.read_video(body)) for body in listed.videos]
    ours = {video.id: video for told, video in keyed if told == key and video.id is not None}
    if len(ours) == 1:
        [(video_id, video)] = ours.items()
        return Found(id=video_id, video=video, is_sure=True)
    if len(ours) > 1:
        raise ValueError("several videos have the key")
    if any(told is not None for told, _ in keyed):
        raise ValueError("it tells of orders with other keys")
    if listed.has_more:
        raise ValueError("there is more than it tells")
    videos = {video.id: video for _, video in keyed}
    if len(videos) > 1:
        raise ValueError("it tells of several videos, and of no keys")
    [(only_id, video)] = videos.items()
    if only_id is None:
        raise ValueError("it tells of a video without an id")
    return Found(id=only_id, video=video, is_sure=False)


def _list_in(body: object, depth: int = 0) -> list[Any] | None:
    match body:
        case list():
            return body
        case dict() if depth < _DEEPEST and not parse.names_a_video(body):
            inner = (_list_in(body[name], depth + 1) for name in _LISTS if name in body)
            return next((found for found in inner if found is not None), None)
        case _:
            return None


def _is_cut(body: object, told: int) -> bool:
    """Tell whether there are more than were told."""
    layers = [body, body.get("data")] if isinstance(body, dict) else []
    return any(
        layer.get("has_more") is True
        or any(isinstance(count := layer.get(name), int) and count > told for name in _COUNTS)
        for layer in layers
        if isinstance(layer, dict)
    )


def _key_of(body: object) -> str | None:
    """Return the key that a video tells of its order, if any."""
    if not isinstance(body, dict):
        return None
    layers = [body, *(inner for name in _INSIDE if isinstance(inner := body.get(name), dict))]
    told = (layer.get(key) for layer in layers for key in _KEYS)
    return next((key for key in told if isinstance(key, str) and key), None)
