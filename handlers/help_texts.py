"""What the bot says about itself: its help, its command menu and its profile."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from domain.options import LANDSCAPE
from domain.size import of_shape
from handlers.language import gettext as _
from handlers.measures import credits_of
from handlers.texts import left

if TYPE_CHECKING:
    from domain.catalogue import Catalogue, Model
    from domain.quota import Quota

#: So many models the help describes; the others are used by their names all the same.
_MODELS_IN_HELP = 12


def welcome(quota: Quota, catalogue: Catalogue) -> str:
    examples = "\n".join(
        f"<code>/video {html.escape(example, quote=False)}</code>" for example in _examples(catalogue)
    )
    return "\n\n".join(
        (
            _("🎬 <b>I turn words and photos into videos.</b>"),
            _(
                "Send me words, or a photo with a caption that says what should happen. "
                "Or tap an example to copy it, and send it:"
            ),
            examples,
            _(
                "<b>Options</b> stand anywhere in your words: <code>--landscape</code> <code>--portrait</code> "
                "<code>--size 16:9</code> <code>--seconds N</code> <code>--model NAME</code> "
                "<code>--private</code> <code>--watermark</code>"
            ),
            _models(catalogue),
            _("In groups I answer to commands only. Reply to any photo with /video and your words."),
            _(
                "/jobs what is under way · /history what you made · /cancel the newest in the queue · "
                "/quota what is left"
            ),
            left(quota),
        )
    )


def menu() -> tuple[tuple[str, str], ...]:
    """Return the commands and what each does, for Telegram's menu."""
    return (
        ("video", _("Make a video of the words that follow")),
        ("edit", _("Change a finished video: reply to it with this and your words")),
        ("jobs", _("What is under way")),
        ("cancel", _("Call off the newest video in the queue")),
        ("history", _("Your videos, to get them again")),
        ("quota", _("What is left today")),
        ("models", _("What each model can do and costs")),
        ("settings", _("Your default model, length, shape and language")),
        ("help", _("How it works, with examples")),
        ("delete_my_data", _("Let me forget everything about you")),
    )


def description() -> str:
    """What a person reads before they press Start; at most 512 characters."""
    return _(
        "Send me words or a photo, and I answer with a video.\n\n"
        "Nothing gets lost, and a video that fails never counts against what you may make."
    )


def short_description() -> str:
    """What stands on the bot's profile; at most 120 characters."""
    return _("Turns words and photos into videos.")


def _examples(catalogue: Catalogue) -> tuple[str, ...]:
    """Return three prompts that can be sent as they are, whatever the catalogue offers."""
    model = catalogue.default_model
    longer = f" --seconds {model.lengths[1]}" if len(model.lengths) > 1 else ""
    wide = " --landscape" if of_shape(LANDSCAPE, model.sizes) is not None else ""
    return (
        _("a cat surfing at sunset, filmed from a drone"),
        _("paper boats on a rainy street") + longer,
        _("a lighthouse in a storm, oil painting") + wide,
    )


def _models(catalogue: Catalogue) -> str:
    default = catalogue.default_model
    others = [model for model in catalogue.models.values() if model is not default]
    shown = [default, *others][:_MODELS_IN_HELP]
    return "\n".join((_("<b>Models</b>, the first if you name none:"), *map(_model, shown)))


def _model(model: Model) -> str:
    prices = " · ".join(
        _("{seconds} s: {price}").format(seconds=seconds, price=credits_of(price))
        for seconds, price in model.price.items()
    )
    return f"<code>--model {model.name}</code> {prices}"
