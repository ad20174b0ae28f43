"""Why we will not start a request: each refusal carries its facts, and `handlers.texts` the words.

Refusal
├── OptionRefusal
│   ├── UnknownOption          --sise 16:9
│   ├── ValueMissing           --seconds (and nothing behind it)
│   └── ValueUnusable          --seconds soon
├── ChoiceRefusal
│   ├── UnknownModel           --model sora-9
│   ├── ModelNotOnOffer        --model sora-2 where that has ended
│   ├── NoModelOnOffer         no model was named, and none is sure to be had
│   ├── LengthNotOffered       --seconds 25 with a model that has no 25
│   ├── SizeNotOffered         --size 1:1 with a model that has no square
│   ├── AbilityNotOffered      --private with a model that cannot
│   ├── PhotosNotTaken         a photo for a model that takes words only
│   └── PhotosLeftOut          more photos than the model takes, where another takes more
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
│   ├── UnknownMention         @NAME of which the person has none: it may be meant as text
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

from collections.abc import Sequence
from dataclasses import dataclass
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

    def __str__(self) -> str:
        return repr(self)


class OptionRefusal(Refusal):
    """An option is not one of ours or is written wrongly; `text` is all that was written, for another reading."""

    text: str = ""


@dataclass(eq=False)
class UnknownOption(OptionRefusal):
    """There is no option of this name; `close` are names that look like it."""

    name: str
    close: Sequence[str]


@dataclass(eq=False)
class ValueMissing(OptionRefusal):
    """The option wants a value behind it, such as `example`."""

    name: str
    example: str


@dataclass(eq=False)
class ValueUnusable(OptionRefusal):
    """The option's value makes no sense; `example` is one that would."""

    name: str
    value: str
    example: str


class ChoiceRefusal(Refusal):
    """The catalogue does not offer this."""


@dataclass(eq=False)
class UnknownModel(ChoiceRefusal):
    """No model goes by this name; `possible` are those on offer."""

    name: str
    possible: Sequence[Model]


@dataclass(eq=False)
class ModelNotOnOffer(ChoiceRefusal):
    """The model is known, but not to be had now; `instead` are the models nearest to it that can make the same."""

    model: Model
    instead: Sequence[Model]


@dataclass(eq=False)
class NoModelOnOffer(ChoiceRefusal):
    """No model was named, and the API lists none that is known; `possible` are some that it may have all the same."""

    possible: Sequence[Model]


@dataclass(eq=False)
class LengthNotOffered(ChoiceRefusal):
    """`model` makes no videos of this length; `others` are models that do."""

    seconds: int
    model: Model
    others: Sequence[Model]


@dataclass(eq=False)
class SizeNotOffered(ChoiceRefusal):
    """`model` makes no videos of this size or shape; `others` are models that do."""

    size: Size
    model: Model
    others: Sequence[Model]


@dataclass(eq=False)
class AbilityNotOffered(ChoiceRefusal):
    """`model` lacks what was asked (`private`, `watermark`, `characters`); `others` have it."""

    ability: str
    model: Model
    others: Sequence[Model]


@dataclass(eq=False)
class PhotosNotTaken(ChoiceRefusal):
    """`model` makes videos from words only; `others` take photos."""

    model: Model
    others: Sequence[Model]


@dataclass(eq=False)
class PhotosLeftOut(ChoiceRefusal):
    """`model` would use only the first of the `sent` photos; `others` are models that take more of them."""

    model: Model
    sent: int
    others: Sequence[Model]


class EditRefusal(Refusal):
    """A finished video cannot be changed like this, but one can be made new."""


class PrivateVideoUnchangeable(EditRefusal):
    """The video is private: APIs change public ones only."""


@dataclass(eq=False)
class EditsNotOffered(EditRefusal):
    """Today's catalogue has no edits of this video; `model` is None if it does not even have its model."""

    name: str
    model: Model | None


class OptionsInEdit(EditRefusal):
    """Another model, length, shape or character was asked for: an edit keeps all these."""


class PromptMissing(Refusal):
    """Nothing says what should happen in the video."""


@dataclass(eq=False)
class PromptTooLong(Refusal):
    """The prompt has more characters than we pass on."""

    length: int
    limit: int


class CharacterRefusal(Refusal):
    """A character cannot be kept or used so."""


@dataclass(eq=False)
class CharacterNameUnusable(CharacterRefusal):
    """A character's name is up to `limit` letters, digits, - and _; this is none, or is the bot's own."""

    written: str
    limit: int


@dataclass(eq=False)
class ClipAddressUnusable(CharacterRefusal):
    """A clip needs a public https address of an MP4; `fault` says what is wrong with this one."""

    written: str
    fault: AddressFault


@dataclass(eq=False)
class CharacterSpanUnusable(CharacterRefusal):
    """A character is taken from 1 to 3 seconds of a clip; this is no such span."""

    written: str


@dataclass(eq=False)
class UnknownCharacter(CharacterRefusal):
    """The person has no character of this name; `known` are the names of theirs."""

    name: str
    known: Sequence[str]


@dataclass(eq=False)
class UnknownMention(CharacterRefusal):
    """The prompt says `@name`, and the person has no such character; `known` are the names of theirs."""

    name: str
    known: Sequence[str]


@dataclass(eq=False)
class SeveralCharacters(CharacterRefusal):
    """A video can have one character; several are asked for, of which `names` are saved ones."""

    names: Sequence[str] = ()


@dataclass(eq=False)
class TooManyCharacters(CharacterRefusal):
    """The person has as many characters as we keep for one."""

    limit: int


class AccessRefusal(Refusal):
    """The account may not use the bot."""


@dataclass(eq=False, kw_only=True)
class Banned(AccessRefusal):
    """An admin has shut it out, `until` then or for good; `is_group` if it is the group, not the person."""

    reason: str
    until: datetime | None
    now: datetime
    is_group: bool = False


@dataclass(eq=False, kw_only=True)
class InvitationNeeded(AccessRefusal):
    """An admin has to allow it first; `is_refused` if one has said no already."""

    is_refused: bool


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
