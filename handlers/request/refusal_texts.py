"""What the bot says when it will not start a request: what is wrong, and what is possible instead."""

from __future__ import annotations

import html
from collections.abc import Iterable
from itertools import islice

from chat.formatting import shape
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.catalogue import Model
from domain.options import OPTIONS
from domain.refusals import (
    AbilityNotOffered,
    AccessRefusal,
    CharacterRefusal,
    ChoiceRefusal,
    EditRefusal,
    EditsNotOffered,
    GroupRefusal,
    LengthNotOffered,
    ModelNotOnOffer,
    NoModelOnOffer,
    OptionRefusal,
    OptionsInEdit,
    PhotosNotTaken,
    PrivateVideoUnchangeable,
    PromptMissing,
    PromptTooLong,
    QuotaRefusal,
    Refusal,
    SizeNotOffered,
    UnknownModel,
    UnknownOption,
    ValueMissing,
    ValueUnusable,
)
from domain.size import Size
from handlers.request import access_texts, character_refusal_texts, group_refusal_texts, quota_texts

_LONGEST_QUOTE = 60
#: So many of what is possible are named at most, to stay within one message.
_LISTED = 20
#: What is smaller than this was meant as a ratio.
_SMALLEST_IN_PIXELS = 64


def refusal(refused: Refusal) -> str:
    """Say why a request is not started, in Telegram's HTML."""
    match refused:
        case QuotaRefusal():
            return quota_texts.refusal(refused)
        case GroupRefusal():
            return group_refusal_texts.refusal(refused)
        case AccessRefusal():
            return access_texts.refusal(refused)
        case CharacterRefusal():
            return character_refusal_texts.refusal(refused)
        case _:
            return _of_request(refused)


def _of_request(refused: Refusal) -> str:
    match refused:
        case OptionRefusal():
            return _option(refused)
        case ChoiceRefusal():
            return _choice(refused)
        case EditRefusal():
            return _edit(refused)
        case PromptTooLong():
            return _(
                "Your words have {length} characters, and {limit} is the most. Please shorten them."
            ).format(length=refused.length, limit=refused.limit)
        case PromptMissing():
            return _prompt_missing()
        case _:
            return _("This cannot be made.")


def refusal_of_photo(refused: Refusal, photos: int = 1) -> str:
    """Say why a request with photos is not started; they are kept: what can be corrected need not be sent anew."""
    match refused:
        case QuotaRefusal() | AccessRefusal():
            return refusal(refused)
        case _:
            kept = ngettext(
                "I keep the photo: reply to this message with the corrected words.",
                "I keep the photos: reply to this message with the corrected words.",
                photos,
            )
            return f"{refusal(refused)}\n\n{kept}"


_prompt_missing = lazy_gettext(
    "Say what should happen in the video, for example:\n<code>/video a cat surfing at sunset</code>"
)


def _option(refused: OptionRefusal) -> str:
    match refused:
        case UnknownOption():
            return _unknown_option(refused)
        case ValueMissing():
            return _("<code>--{name}</code> needs a value behind it, for example {example}.").format(
                name=refused.name, example=_written(refused.name, refused.example)
            )
        case ValueUnusable():
            return _("<code>--{name}</code> cannot be “{value}”. Write, for example, {example}.").format(
                name=refused.name,
                value=_safe(refused.value),
                example=_written(refused.name, refused.example),
            )
        case _:
            return _("I do not understand this option.")


def _choice(refused: ChoiceRefusal) -> str:
    match refused:
        case UnknownModel():
            return _("I do not know the model “{name}”. These are on offer:\n{models}").format(
                name=_safe(refused.name), models=_models(refused.possible)
            )
        case ModelNotOnOffer() | NoModelOnOffer():
            return _not_on_offer(refused)
        case LengthNotOffered():
            return _length(refused)
        case SizeNotOffered():
            return _size(refused)
        case AbilityNotOffered():
            return _ability(refused)
        case PhotosNotTaken():
            wrong = _("{model} makes videos from words only.").format(model=_safe(refused.model.title))
            return wrong + _others(refused.others)
        case _:
            return _("This is not on offer.")


def _not_on_offer(refused: ModelNotOnOffer | NoModelOnOffer) -> str:
    match refused:
        case NoModelOnOffer(possible=[]):
            return _("This is not on offer.")
        case ModelNotOnOffer(instead=[]):
            return _("{model} is not to be had at the moment. /models shows what is.").format(
                model=_safe(refused.model.title)
            )
        case ModelNotOnOffer():
            return _("{model} is not to be had at the moment. These can make the same:\n{models}").format(
                model=_safe(refused.model.title), models=_models(refused.instead)
            )
        case _:
            return _(
                "The video service tells of no model that I know, and the operator has been told. "
                "If you like to try one all the same, name it:\n{models}"
            ).format(models=_models(refused.possible))


def _edit(refused: EditRefusal) -> str:
    match refused:
        case PrivateVideoUnchangeable():
            return _("A private video cannot be changed: the video service changes public ones only.")
        case OptionsInEdit():
            return _("A change keeps the model, the length, the shape and the character of a video.")
        case EditsNotOffered(model=None):
            return _("The model of this video is not on offer any more, so it cannot be changed.")
        case EditsNotOffered(model=Model(title=title)):
            return _("{model} cannot change a finished video.").format(model=_safe(title))
        case _:
            return _("This video cannot be changed.")


def _unknown_option(refused: UnknownOption) -> str:
    wrong = _("I do not know <code>--{name}</code>.").format(name=_safe(refused.name))
    if refused.close:
        close = " ".join(f"<code>--{name}</code>" for name in refused.close)
        return f"{wrong} " + _("Did you mean {close}?").format(close=close)
    return f"{wrong} " + _("These are on offer: {options}").format(
        options=" ".join(f"<code>--{name}</code>" for name in OPTIONS)
    )


def _written(name: str, example: str) -> str:
    """Write an option as it is meant; a switch stands alone."""
    is_switch = OPTIONS[name].example is None
    return f"<code>--{name}</code>" if is_switch else f"<code>--{name} {example}</code>"


def _length(refused: LengthNotOffered) -> str:
    possible = " ".join(
        f"<code>--seconds {length}</code>" for length in sorted(refused.model.lengths)[:_LISTED]
    )
    wrong = _("{model} makes no videos of {seconds} s. It makes: {possible}").format(
        model=_safe(refused.model.title), seconds=_safe(str(refused.seconds)), possible=possible
    )
    return wrong + _others(refused.others)


def _size(refused: SizeNotOffered) -> str:
    possible = " ".join(f"<code>--size {size}</code>" for size in refused.model.sizes[:_LISTED])
    wrong = _("{model} makes no videos of {size}. It makes: {possible}").format(
        model=_safe(refused.model.title), size=_asked_for(refused.size), possible=possible
    )
    return wrong + _others(refused.others)


def _asked_for(size: Size) -> str:
    return size.ratio if max(size.width, size.height) < _SMALLEST_IN_PIXELS else shape(size)


def _ability(refused: AbilityNotOffered) -> str:
    wrongs = {
        "private": _("{model} cannot keep a video private."),
        "watermark": _("{model} has no watermark to ask for."),
        "characters": _("{model} knows no characters."),
    }
    return wrongs[refused.ability].format(model=_safe(refused.model.title)) + _others(refused.others)


def _others(models: Iterable[Model]) -> str:
    named = " ".join(f"<code>--model {model.name}</code>" for model in islice(models, _LISTED))
    return "\n" + _("Or try {models}").format(models=named) if named else ""


def _models(models: Iterable[Model]) -> str:
    return "\n".join(
        f"<code>--model {model.name}</code> {_safe(model.title)}" for model in islice(models, _LISTED)
    )


def _safe(words: str) -> str:
    cut = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
    return html.escape(cut, quote=False)
