"""What a person likes best: it fills in what a request leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from domain.options import PromptOptions
from domain.size import Size

#: What each option that can be preferred is called here.
_OF_OPTIONS = {
    "model": "model",
    "seconds": "seconds",
    "size": "shape",
    "private": "private",
    "watermark": "watermark",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What was chosen once; None where nothing was, and the catalogue or Telegram decides.

    A preference that a model cannot fulfil is passed over: only what is asked for can be refused.
    """

    #: One of `chat.language.LANGUAGES`.
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

    def remembering(self, wishes: PromptOptions, options: Iterable[str]) -> Self:
        """Return the preferences of somebody who chose these options of the wishes."""
        fields = (_OF_OPTIONS[option] for option in options if option in _OF_OPTIONS)
        chosen: dict[str, Any] = {field: getattr(wishes, field) for field in fields}
        return replace(self, **chosen)


NOTHING_CHOSEN = Preferences()
