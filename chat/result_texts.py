"""The words on the buttons under a finished video."""

from __future__ import annotations

from chat.formatting import credits_of, drawn_shape, side_by_side
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.catalogue import Catalogue
from domain.variants import Variant, VariantKind

again = lazy_gettext("🔁 Again")
change = lazy_gettext("✏️ Change")
variants = lazy_gettext("📐 Variant")
share = lazy_gettext("📤 Share")
save_character = lazy_gettext("🎭 Save a character")
delete = lazy_gettext("🗑 Delete")
delete_surely = lazy_gettext("🗑 Yes, delete")
keep = lazy_gettext("‹ Keep")


def public(price: int) -> str:
    """Offer to make for all to see what was made in private."""
    return side_by_side(_("🎬 Make a public one"), credits_of(price))


def variant(choice: Variant, catalogue: Catalogue) -> str:
    """Say what a variant is and costs, on its button."""
    request, price = choice.request, credits_of(choice.request.price)
    match choice.kind:
        case VariantKind.SHAPE:
            sizes = catalogue.models[request.model].sizes
            return side_by_side(drawn_shape(request.size, sizes), price)
        case VariantKind.LENGTH:
            return side_by_side(_("⏱ {seconds} s").format(seconds=request.seconds), price)
        case VariantKind.MODEL:
            title = catalogue.models[request.model].title
            return side_by_side(title, _("{seconds} s").format(seconds=request.seconds), price)
