"""What stands on the card that shows what would be made."""

from __future__ import annotations

import html

from chat.formatting import credits_of, quoted
from chat.job_texts import what_makes_it
from chat.language import gettext as _
from chat.language import ngettext
from domain.catalogue import Model
from domain.quota import Funds
from domain.request import VideoRequest
from handlers.request.quota_texts import left

_PROMPT_ON_CARD = 1500


def card(request: VideoRequest, model: Model, funds: Funds, *, photos: int, page: str = "") -> str:
    """Show what would be made and what it costs, before anything is spent; `photos` is how many were sent."""
    made = what_makes_it(request, model)
    if photos:
        made = f"{made}\n{_photos(request, photos)}"
    return "\n\n".join(
        (
            quoted(request.prompt, _PROMPT_ON_CARD),
            made,
            _("Costs {price}. {left}").format(price=credits_of(request.price), left=left(funds)),
            _what_to_do(page),
        )
    )


def stays_in_words(option: str) -> str:
    """Say that what may have been meant for an option is taken for words."""
    return _(
        "I read “—{option}” as words of yours. If you mean the option, write <code>--{option}</code> with two hyphens, "
        "or tap it below."
    ).format(option=option)


def not_to_be_had(missing: Model, instead: Model) -> str:
    """Say why the card shows another model than the one that was asked for or is preferred."""
    return _("<b>{missing}</b> is not to be had at the moment: {model} would make this.").format(
        missing=html.escape(missing.title, quote=False), model=html.escape(instead.title, quote=False)
    )


def not_kept_private(model: Model) -> str:
    """Warn, as plain text: a press changed more than people may see."""
    return _("{model} cannot keep a video private: this one would be public.").format(model=model.title)


def _photos(request: VideoRequest, sent: int) -> str:
    used = len(request.photos)
    if used == sent:
        return ngettext("🖼 with your photo", "🖼 with your {n} photos", used).format(n=used)
    return ngettext(
        "🖼 with the first of your {sent} photos", "🖼 with the first {n} of your {sent} photos", used
    ).format(n=used, sent=sent)


def _what_to_do(page: str) -> str:
    match page:
        case "model":
            return _("<b>Which model?</b> /models tells them apart.")
        case "seconds":
            return _("<b>How long?</b>")
        case "size":
            return _("<b>Which shape?</b>")
        case _:
            return _("Tap to change it, or send other words.")
