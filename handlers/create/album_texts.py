"""What the bot says about several photos at once."""

from __future__ import annotations

import html

from chat.language import gettext as _
from chat.language import ngettext
from domain.catalogue import Catalogue, Model


def no_pictures() -> str:
    return _("There is no picture among these. I take photos, and pictures sent as JPEG, PNG or WebP files.")


def pictures_alone(number: int) -> str:
    return ngettext(
        "Not everything here is a picture: I use the one that is.",
        "Not everything here is a picture: I use the {n} that are.",
        number,
    ).format(n=number)


def left_out(model: Model, sent: int, catalogue: Catalogue) -> str:
    """Say that the model takes fewer photos than were `sent`, and which one takes more."""
    used = ngettext(
        "🖼 {model} takes one photo: of your {sent} I use the first.",
        "🖼 {model} takes {n} photos: of your {sent} I use the first {n}.",
        model.photos,
    ).format(model=html.escape(model.title, quote=False), n=model.photos, sent=sent)
    roomier = _roomiest(sent, catalogue)
    if roomier.photos <= model.photos:
        return used
    more = ngettext(
        "{model} takes {n}: add <code>--model {name}</code>.",
        "{model} takes up to {n}: add <code>--model {name}</code>.",
        roomier.photos,
    ).format(model=html.escape(roomier.title, quote=False), n=roomier.photos, name=roomier.name)
    return f"{used}\n{more}"


def _roomiest(sent: int, catalogue: Catalogue) -> Model:
    """Return the model that takes the most of so many photos; of several the one that costs least."""
    return max(
        catalogue.models.values(),
        key=lambda model: (min(model.photos, sent), -min(model.price.values())),
    )
