"""The videos the local API has under way: how far each one is, and when it came to its end."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from uuid import uuid4

from sandbox.video_api.errors import BLOCKED, MODERATION, Problem

#: A video counts as queued during the first part of its time.
QUEUED_PART = 0.05


class Stage(StrEnum):
    """Where a video is, whatever a dialect calls it."""

    #: Ordered, nothing drawn yet.
    QUEUED = "queued"
    #: Being drawn.
    RENDERING = "in_progress"
    #: The clip can be downloaded.
    COMPLETED = "completed"
    #: There will be no clip.
    FAILED = "failed"
    #: There was a clip, or there would have been one.
    EXPIRED = "expired"
    #: A word that no client has heard of.
    UNHEARD_OF = "reviewing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a look at a video finds; `progress` in per cent, `url` where the clip is."""

    stage: Stage
    progress: int
    url: str | None = None
    problem: Problem | None = None
    completed_at: datetime | None = None


@dataclass(slots=True, kw_only=True)
class Video:
    """One order's result. `due_at` is None while a test holds the video back."""

    id: str
    model: str
    prompt: str
    seconds: str
    size: str
    width: int
    height: int
    private: bool
    created_at: datetime
    takes: timedelta
    due_at: datetime | None
    remixed_from: str | None = None
    #: The prompts of the videos that it changes, the first first.
    edited: tuple[str, ...] = ()
    photos: tuple[bytes, ...] = field(default=(), repr=False)
    cost: Decimal | None = None
    clip: Path | None = None
    rendered_at: datetime | None = None
    failure: Problem | None = None
    #: A failure that is moderation's is told of a video that is called completed.
    moderated_is_completed: bool = False
    cdn_name: str = field(default_factory=lambda: f"{uuid4()}.mp4")

    @property
    def ready_at(self) -> datetime | None:
        """When the clip came to be offered, or will; None while that is not known, or if it never will be."""
        if self.failure is not None or self.due_at is None or self.rendered_at is None:
            return None
        return max(self.due_at, self.rendered_at)

    def look(self, now: datetime, url: str) -> Look:
        if self.failure is not None and self.due_at is not None and now >= self.due_at:
            return self._failed(self.failure)
        if self.ready_at is not None and now >= self.ready_at:
            return Look(stage=Stage.COMPLETED, progress=100, url=url, completed_at=self.ready_at)
        part = (now - self.created_at) / self.takes if self.takes else 1.0
        stage = Stage.QUEUED if part < QUEUED_PART else Stage.RENDERING
        return Look(stage=stage, progress=max(0, min(99, int(part * 100))))

    def _failed(self, failure: Problem) -> Look:
        if self.moderated_is_completed and failure in (MODERATION, BLOCKED):
            return Look(stage=Stage.COMPLETED, progress=100, problem=BLOCKED)
        return Look(stage=Stage.FAILED, progress=0, problem=failure)
