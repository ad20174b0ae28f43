"""What stands on the card that shows what would be made."""

from __future__ import annotations

import html
from collections.abc import Iterator

from chat.formatting import credits_of, escaped, side_by_side
from chat.job_texts import by_default, what_makes_it
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.catalogue import Model
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.quota import Funds
from domain.request import VideoRequest

_PROMPT_ON_CARD = 1500


def card(
    request: VideoRequest,
    model: Model,
    funds: Funds,
    *,
    photos: int,
    preferences: Preferences = NOTHING_CHOSEN,
) -> str:
    """Show what would be made and what it costs, before anything is spent.

    `photos` is how many were sent, `preferences` are those that hold where the card stands.
    """
    made = [side_by_side(what_makes_it(request, model), _price(request, funds))]
    if photos:
        made.append(_photos(request, photos))
    if default := by_default(request, model, preferences):
        made.append(default)
    return "\n\n".join((escaped(request.prompt, _PROMPT_ON_CARD), "\n".join(made)))


def _price(request: VideoRequest, funds: Funds) -> str:
    price = f"<b>{credits_of(request.price)}</b>"
    return price if funds.left is None else _("{price} ({n} left)").format(price=price, n=funds.left)


more = lazy_gettext("⋯ More")
keep = lazy_gettext("☆ Keep as my default")
is_default = lazy_gettext("★ Your default")
another = lazy_gettext("🎲 Another")
#: Confirm, as plain text.
kept = lazy_gettext("Saved. New videos start with these choices; /settings changes them.")
dearer = lazy_gettext("The price has changed since you saw it.")


def stays_in_words(option: str) -> str:
    """Say that what may have been meant for an option is taken for words."""
    return _(
        "“—{option}” is taken as part of the description. If you mean the option, write <code>--{option}</code> with two hyphens, "
        "or choose it below."
    ).format(option=option)


def not_to_be_had(missing: Model, instead: Model) -> str:
    """Say why the card shows another model than the one that was asked for or is preferred."""
    return _("<b>{missing}</b> is not available at the moment. {model} can make this instead.").format(
        missing=html.escape(missing.title, quote=False), model=html.escape(instead.title, quote=False)
    )


def not_kept_private(model: Model) -> str:
    """Warn, as plain text: a press changed more than people may see."""
    return _("{model} cannot make private videos: this one would be public.").format(model=model.title)


def _photos(request: VideoRequest, sent: int) -> str:
    used = len(request.photos)
    if used == sent:
        return ngettext("🖼 with your photo", "🖼 with your {n} photos", used).format(n=used)
    return ngettext(
        "🖼 with the first of your {sent} photos", "🖼 with the first {n} of your {sent} photos", used
    ).format(n=used, sent=sent)


def question(page: str, model: Model, *, can_keep: bool) -> str:
    """Ask for a choice of the page, or say what is to choose there; empty for a page that there is not."""
    match page:
        case "model":
            return _("<b>Which model?</b> /models compares them.")
        case "seconds":
            return _("<b>How long?</b>")
        case "size":
            return _("<b>Which shape?</b>")
        case "more":
            return "\n".join(_explained(model, can_keep=can_keep))
        case _:
            return ""


def _explained(model: Model, *, can_keep: bool) -> Iterator[str]:
    if model.private:
        yield _("🔒 <b>Private</b>: the video is not published. It cannot be shared or changed later.")
    if model.watermark:
        yield _("💧 <b>Watermark</b>: the video carries the mark of the model's maker.")
    if can_keep:
        yield _("☆ <b>Keep as my default</b>: your new videos start with what is chosen here.")
