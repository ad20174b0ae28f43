"""What a person likes best: it fills in what a request leaves open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.size import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What was chosen once; None where nothing was, and the catalogue or Telegram decides.

    A preference that a model cannot fulfil is passed over: only what is asked for can be refused.
    """

    #: One of `handlers.language.LANGUAGES`.
    language: str | None = None
    #: A model's name in the catalogue.
    model: str | None = None
    #: Seconds.
    seconds: int | None = None
    shape: Size | None = None
    private: bool = False
    watermark: bool = False
    #: Show the card with the price before every order, also of a command.
    ask_first: bool = False


NOTHING_CHOSEN = Preferences()
