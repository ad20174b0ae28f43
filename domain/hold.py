"""Why orders wait in the queue: an admin has paused them, or the API cannot take them now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class HoldCause(StrEnum):
    """What holds orders; all but a pause are found by an order that was refused, and ended by one that is taken."""

    #: An admin has paused them.
    PAUSE = "pause"
    #: The API refuses our key.
    KEY = "key"
    #: The operator's credit at the API is used up.
    BALANCE = "balance"
    #: The API does not have the model any more.
    MODEL = "model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Orders wait: all of them, or those for `model`."""

    cause: HoldCause
    since: datetime
    #: The catalogue's name; None for all models.
    model: str | None = None
    #: An admin's reason, or the API's own words.
    why: str = ""
    #: When an order may be let through to see whether the API takes it; None if only an admin ends it.
    probe_at: datetime | None = None
    #: How often that was tried in vain.
    probes: int = 0

    def concerns(self, model: str) -> bool:
        return self.model is None or self.model == model
