"""What a person likes best: it fills in what a request leaves open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Self

from domain.options import OPTIONS, PromptOptions
from domain.size import Size

#: The fields of options that can be preferred, called alike here.
_OF_OPTIONS = frozenset({"model", "seconds", "shape", "private", "watermark"})


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

    def remembering(self, options: PromptOptions, chosen: Iterable[str]) -> Self:
        """Return the preferences of somebody who chose the options of these names."""
        fields = _OF_OPTIONS & {OPTIONS[name].field for name in chosen if name in OPTIONS}
        preferred: dict[str, Any] = {field: getattr(options, field) for field in fields}
        return replace(self, **preferred)

    def in_group(self) -> Self:
        """Return what of the preferences holds in a group: what is asked for there is for all to see, unless they say so."""
        return replace(self, private=False)


NOTHING_CHOSEN = Preferences()
