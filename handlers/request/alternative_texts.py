"""What stands on the buttons under a refusal: what can be made instead, and its price."""

from __future__ import annotations

from chat.formatting import credits_of, drawn_shape, side_by_side
from chat.language import gettext as _
from chat.language import lazy_gettext, mark, ngettext
from domain.alternatives import Alternative
from domain.catalogue import Catalogue
from domain.change import Way
from domain.options import PromptOptions
from handlers import choice_texts

more_models = lazy_gettext("More models")
characters = lazy_gettext("🎭 Characters")
prices_changed = lazy_gettext(
    "The price has changed, so nothing was made. The buttons say what it costs now."
)


def edit_later(price: int) -> str:
    """Offer a change that can be paid later only."""
    return side_by_side(_("⏳ Change it later"), credits_of(price))


def alternative(one: Alternative, catalogue: Catalogue, sent: int) -> str:
    """Say in what an alternative differs, and what it costs; `sent` is how many photos there are."""
    parts = [*_difference(one, catalogue, sent), credits_of(one.price)]
    is_told = one.way in {Way.PHOTOS, Way.WITHOUT_PHOTOS}
    if one.photos < sent and not is_told:
        parts.insert(0, f"🖼 {one.photos}/{sent}")
    return side_by_side(*parts)


#: Translators: on buttons, with a price behind: as short as can be
_WAYS = {
    Way.PRIVATE: mark("🔒 Private"),
    Way.PUBLIC: mark("Public"),
    Way.MARKED: mark("💧 With watermark"),
    Way.UNMARKED: mark("No watermark"),
    Way.WITHOUT_CHARACTER: mark("No character"),
    Way.CORRECTED: mark("Yes, make it"),
    Way.WORDS: mark("Keep it as text"),
    Way.ANYWAY: mark("Make it anyway"),
}


def _difference(one: Alternative, catalogue: Catalogue, sent: int) -> list[str]:
    options = one.options
    match one.way:
        case Way.LENGTH:
            return [choice_texts.length_alone(options.seconds or 0)]
        case Way.SHAPE if options.shape is not None:
            model = catalogue.about(options.model or "")
            return [drawn_shape(options.shape, model.sizes if model is not None else ())]
        case Way.MODEL:
            return [_title(options, catalogue), choice_texts.length_alone(options.seconds or 0)]
        case Way.PHOTOS:
            return [_photos(one.photos, sent), _title(options, catalogue)]
        case Way.WITHOUT_PHOTOS | Way.PROMPT:
            return [_with_photos(one.way, sent)]
        case Way.CHARACTER:
            return [_("Use @{name}").format(name=one.name)]
        case Way.LATER:
            return [_("⏳ Later: {seconds} s").format(seconds=options.seconds)]
        case way:
            return [_(_WAYS[way])] if way in _WAYS else [_title(options, catalogue)]


def _title(options: PromptOptions, catalogue: Catalogue) -> str:
    model = catalogue.about(options.model or "")
    return model.title if model is not None else options.model or ""


def _with_photos(way: Way, sent: int) -> str:
    if way is Way.PROMPT:
        return ngettext("✨ Just bring it to life", "✨ Just bring them to life", sent)
    return ngettext("Without the photo", "Without the photos", sent)


def _photos(used: int, sent: int) -> str:
    return _("All {n}").format(n=sent) if used == sent else _("{n} of {sent}").format(n=used, sent=sent)
