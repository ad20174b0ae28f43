"""What the bot says when it will not start a request: what is wrong, and what is possible instead."""

from __future__ import annotations

import html

from chat.formatting import fitted, one_of, shape
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
    PhotosLeftOut,
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
from domain.size import SMALLEST_SIDE, Size, named_ratio
from handlers.request import access_texts, character_refusal_texts, group_refusal_texts, quota_texts

_LONGEST_QUOTE = 60
_LONGEST_NOTE = 200  # Bot API: answerCallbackQuery
#: So many lengths or shapes are named at most: buttons show the nearest.
_LISTED = 8


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


def note(refused: QuotaRefusal | AccessRefusal) -> str:
    """Say it as plain text, in answer to a press."""
    return fitted(html.unescape(refusal(refused)), _LONGEST_NOTE)


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
                "Your description has {length} characters, and {limit} is the most. Please shorten it."
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
                "I keep the photo: you can also reply to this message with another description.",
                "I keep the photos: you can also reply to this message with another description.",
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
            return _("<code>--{name}</code> needs a value, for example {example}.").format(
                name=refused.name, example=_written(refused.name, refused.example)
            )
        case ValueUnusable():
            return _("<code>--{name}</code> cannot be “{value}”. For example: {example}").format(
                name=refused.name,
                value=_safe(refused.value),
                example=_written(refused.name, refused.example),
            )
        case _:
            return _("I do not understand this option.")


def _choice(refused: ChoiceRefusal) -> str:
    match refused:
        case UnknownModel():
            return _("There is no model “{name}”. /models shows them all.").format(name=_safe(refused.name))
        case ModelNotOnOffer() | NoModelOnOffer():
            return _not_on_offer(refused)
        case LengthNotOffered():
            return _length(refused)
        case SizeNotOffered():
            return _size(refused)
        case AbilityNotOffered():
            return _ABILITIES[refused.ability](refused.model)
        case PhotosNotTaken():
            return _("{model} makes videos from text only, without photos.").format(
                model=_safe(refused.model.title)
            )
        case PhotosLeftOut():
            return _left_out(refused)
        case _:
            return _("This is not available.")


def _left_out(refused: PhotosLeftOut) -> str:
    return ngettext(
        "🖼 {model} would use only the first of your {sent} photos. Which video shall I make?",
        "🖼 {model} would use only the first {n} of your {sent} photos. Which video shall I make?",
        refused.model.photos,
    ).format(model=_safe(refused.model.title), n=refused.model.photos, sent=refused.sent)


def _not_on_offer(refused: ModelNotOnOffer | NoModelOnOffer) -> str:
    match refused:
        case NoModelOnOffer(possible=[]):
            return _("No model is available at the moment.")
        case ModelNotOnOffer():
            return _("{model} is not available at the moment. /models shows what is.").format(
                model=_safe(refused.model.title)
            )
        case _:
            return _(
                "The video service lists none of the models that I know. The bot's owner has been told. "
                "You can try one all the same:"
            )


def _edit(refused: EditRefusal) -> str:
    match refused:
        case PrivateVideoUnchangeable():
            return _("A private video cannot be changed: the video service changes public ones only.")
        case OptionsInEdit():
            return _("A change keeps the video's model, length, shape and character.")
        case EditsNotOffered(model=None):
            return _("The model of this video is no longer available, so the video cannot be changed.")
        case EditsNotOffered(model=Model(title=title)):
            return _("{model} cannot change a finished video.").format(model=_safe(title))
        case _:
            return _("This video cannot be changed.")


def _unknown_option(refused: UnknownOption) -> str:
    if not refused.close:
        return _("There is no option <code>--{name}</code>. /help shows all options.").format(
            name=_safe(refused.name)
        )
    return _("There is no option <code>--{name}</code>. Did you mean {close}?").format(
        name=_safe(refused.name), close=" ".join(f"<code>--{name}</code>" for name in refused.close)
    )


def _written(name: str, example: str) -> str:
    """Write an option as it is meant; a switch stands alone."""
    is_switch = OPTIONS[name].example is None
    return f"<code>--{name}</code>" if is_switch else f"<code>--{name} {example}</code>"


def _length(refused: LengthNotOffered) -> str:
    return _("{model} makes videos of {lengths} s, not of {seconds} s.").format(
        model=_safe(refused.model.title),
        lengths=one_of(map(_span, refused.model.spans()[:_LISTED])),
        seconds=_safe(str(refused.seconds)),
    )


def _span(seconds: tuple[int, int]) -> str:
    first, last = seconds
    return str(first) if first == last else f"{first}–{last}"


def _size(refused: SizeNotOffered) -> str:
    told = _ratio if _is_ratio(refused.size) else shape
    sizes = list(dict.fromkeys(map(told, refused.model.sizes)))
    return _("{model} makes videos of {sizes}, not of {size}.").format(
        model=_safe(refused.model.title),
        sizes=one_of(sizes[:_LISTED]),
        size=told(refused.size),
    )


def _is_ratio(size: Size) -> bool:
    return max(size.width, size.height) < SMALLEST_SIDE


def _ratio(size: Size) -> str:
    return named_ratio(size) or size.ratio


def _not_private(model: Model) -> str:
    return _("{model} cannot keep a video private.").format(model=_safe(model.title))


def _no_watermark(model: Model) -> str:
    return _("{model} has no watermark.").format(model=_safe(model.title))


def _no_characters(model: Model) -> str:
    return _("{model} cannot use characters.").format(model=_safe(model.title))


_ABILITIES = {"private": _not_private, "watermark": _no_watermark, "characters": _no_characters}


def _safe(words: str) -> str:
    cut = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
    return html.escape(cut, quote=False)
