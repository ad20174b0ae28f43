"""Why we will not start a request: each refusal carries its facts, and `handlers.texts` the words.

Refusal
├── OptionRefusal
│   ├── UnknownOption          --sise 16:9
│   ├── ValueMissing           --seconds (and nothing behind it)
│   └── ValueUnusable          --seconds soon
├── ChoiceRefusal
│   ├── UnknownModel           --model sora-9
│   ├── LengthNotOffered       --seconds 25 with a model that has no 25
│   ├── SizeNotOffered         --size 1:1 with a model that has no square
│   ├── AbilityNotOffered      --private with a model that cannot
│   └── PhotosNotTaken         a photo for a model that takes words only
├── EditRefusal                a finished video cannot be changed so; made new it can
│   ├── PrivateVideoUnchangeable
│   ├── EditsNotOffered        its model changes no finished videos, or is gone
│   └── OptionsInEdit          an edit keeps model, length, shape and character
├── PromptMissing
├── PromptTooLong
├── CharacterRefusal
│   ├── CharacterNameUnusable  not letters, digits, - and _
│   ├── ClipAddressUnusable    an address that is not public, or of no MP4
│   ├── CharacterSpanUnusable  timestamps that are not 1 to 3 seconds apart
│   ├── UnknownCharacter       --character of which the person has none
│   ├── SeveralCharacters      two in one video
│   └── TooManyCharacters      more than we keep for one person
├── AccessRefusal
│   ├── Banned                 shut out by an admin
│   ├── InvitationNeeded       an admin has to allow the person first
│   ├── BotClosed              nobody new is let in
│   └── GroupRefusal
│       ├── GroupOff           the group's administrators have switched the bot off
│       └── AdminsOnly         they alone may make videos in the group
└── QuotaRefusal               in domain.quota_refusals:
    ├── AllowanceSpent         works again at a known time
    ├── TooDear                costs more than a whole day's allowance and all granted credits
    ├── TooManyFailures        too many of the person's orders failed, which cost them nothing
    └── BudgetSpent            all people together have spent what they may
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from domain.catalogue import Model
from domain.size import Size


class AddressFault(StrEnum):
    """What is wrong with an address."""

    #: It is no address at all, or one with spaces and the like.
    BROKEN = "broken"
    #: It has more characters than we pass on.
    TOO_LONG = "too long"
    #: It does not begin with https.
    NOT_HTTPS = "not https"
    #: It carries a user's name or a password.
    WITH_PASSWORD = "with password"  # noqa: S105 - says what is wrong
    #: It names another port than that of https.
    ODD_PORT = "odd port"
    #: It leads to a private, local or reserved place, or hides where it leads.
    NOT_PUBLIC = "not public"
    #: Its path does not end in .mp4.
    NOT_MP4 = "not mp4"
    #: It says of itself that it worked until a time that is past.
    EXPIRED = "expired"


class Refusal(Exception):
    """We will not start this request."""


class OptionRefusal(Refusal):
    """An option is not one of ours or is written wrongly."""


class UnknownOption(OptionRefusal):
    """There is no option of this name; `close` are names that look like it."""

    def __init__(self, name: str, close: Iterable[str]) -> None:
        super().__init__(f"unknown option --{name}")
        self.name = name
        self.close = tuple(close)


class ValueMissing(OptionRefusal):
    """The option wants a value behind it, such as `example`."""

    def __init__(self, name: str, example: str) -> None:
        super().__init__(f"--{name} has no value")
        self.name = name
        self.example = example


class ValueUnusable(OptionRefusal):
    """The option's value makes no sense; `example` is one that would."""

    def __init__(self, name: str, value: str, example: str) -> None:
        super().__init__(f"--{name} cannot be {value!r}")
        self.name = name
        self.value = value
        self.example = example


class ChoiceRefusal(Refusal):
    """The catalogue does not offer this."""


class UnknownModel(ChoiceRefusal):
    """No model goes by this name; `possible` are those on offer."""

    def __init__(self, name: str, possible: Iterable[Model]) -> None:
        super().__init__(f"unknown model {name!r}")
        self.name = name
        self.possible = tuple(possible)


class LengthNotOffered(ChoiceRefusal):
    """`model` makes no videos of this length; `others` are models that do."""

    def __init__(self, seconds: int, model: Model, others: Iterable[Model]) -> None:
        super().__init__(f"{model.name} makes no {seconds} s")
        self.seconds = seconds
        self.model = model
        self.others = tuple(others)


class SizeNotOffered(ChoiceRefusal):
    """`model` makes no videos of this size or shape; `others` are models that do."""

    def __init__(self, size: Size, model: Model, others: Iterable[Model]) -> None:
        super().__init__(f"{model.name} makes no {size}")
        self.size = size
        self.model = model
        self.others = tuple(others)


class AbilityNotOffered(ChoiceRefusal):
    """`model` lacks what was asked (`private`, `watermark`, `characters`, `edits`); `others` have it."""

    def __init__(self, ability: str, model: Model, others: Iterable[Model]) -> None:
        super().__init__(f"{model.name} has no {ability}")
        self.ability = ability
        self.model = model
        self.others = tuple(others)


class PhotosNotTaken(ChoiceRefusal):
    """`model` makes videos from words only; `others` take photos."""

    def __init__(self, model: Model, others: Iterable[Model]) -> None:
        super().__init__(f"{model.name} takes no photos")
        self.model = model
        self.others = tuple(others)


class EditRefusal(Refusal):
    """A finished video cannot be changed like this, but one can be made new."""


class PrivateVideoUnchangeable(EditRefusal):
    """The video is private: APIs change public ones only."""


class EditsNotOffered(EditRefusal):
    """Today's catalogue has no edits of this video; `model` is None if it does not even have its model."""

    def __init__(self, name: str, model: Model | None) -> None:
        super().__init__(f"{name} changes no finished videos")
        self.name = name
        self.model = model


class OptionsInEdit(EditRefusal):
    """Another model, length, shape or character was asked for: an edit keeps all these."""


class PromptMissing(Refusal):
    """Nothing says what should happen in the video."""


class PromptTooLong(Refusal):
    """The prompt has more characters than we pass on."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters are more than {limit}")
        self.length = length
        self.limit = limit


class CharacterRefusal(Refusal):
    """A character cannot be kept or used so."""


class CharacterNameUnusable(CharacterRefusal):
    """A character's name is up to `limit` letters, digits, - and _; this is none, or is the bot's own."""

    def __init__(self, written: str, limit: int) -> None:
        super().__init__(f"{written!r} is no name for a character")
        self.written = written
        self.limit = limit


class ClipAddressUnusable(CharacterRefusal):
    """A clip needs a public https address of an MP4; `fault` says what is wrong with this one."""

    def __init__(self, written: str, fault: AddressFault) -> None:
        super().__init__(f"the clip's address is {fault}")
        self.written = written
        self.fault = fault


class CharacterSpanUnusable(CharacterRefusal):
    """A character is taken from 1 to 3 seconds of a clip; this is no such span."""

    def __init__(self, written: str) -> None:
        super().__init__(f"{written!r} is not a span of 1 to 3 seconds such as 1,3")
        self.written = written


class UnknownCharacter(CharacterRefusal):
    """The person has no character of this name; `known` are the names of theirs."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no character {name!r}")
        self.name = name
        self.known = tuple(known)


class SeveralCharacters(CharacterRefusal):
    """A video can have one character; several are asked for."""


class TooManyCharacters(CharacterRefusal):
    """The person has as many characters as we keep for one."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} characters are kept already")
        self.limit = limit


class AccessRefusal(Refusal):
    """The account may not use the bot."""


class Banned(AccessRefusal):
    """An admin has shut it out, `until` then or for good; `is_group` if it is the group, not the person."""

    def __init__(self, *, reason: str, until: datetime | None, is_group: bool = False) -> None:
        super().__init__("the account is banned")
        self.reason = reason
        self.until = until
        self.is_group = is_group


class InvitationNeeded(AccessRefusal):
    """An admin has to allow it first; `is_refused` if one has said no already."""

    def __init__(self, *, is_refused: bool) -> None:
        super().__init__("an admin has to allow the account first")
        self.is_refused = is_refused


class BotClosed(AccessRefusal):
    """Nobody new is let in."""


class GroupRefusal(AccessRefusal):
    """The group's administrators do not want it."""


class GroupOff(GroupRefusal):
    """They have switched the bot off in their group."""


class AdminsOnly(GroupRefusal):
    """They alone may make videos in their group."""


class QuotaRefusal(Refusal):
    """The account may not spend this much."""
