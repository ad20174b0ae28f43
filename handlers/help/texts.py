"""What the bot says about itself: its help, its commands in the menu, and its profile."""

from __future__ import annotations

from chat.formatting import escaped
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.catalogue import Catalogue
from domain.options import LANDSCAPE, OPTIONS
from domain.quota import Funds
from domain.size import of_shape
from handlers.request.quota_texts import left

video_in_menu = lazy_gettext("Make a video of the words that follow")
edit_in_menu = lazy_gettext("Change a finished video: reply to it with this and your words")
character_in_menu = lazy_gettext("Characters to appear in your videos")
jobs_in_menu = lazy_gettext("What is under way")
cancel_in_menu = lazy_gettext("Call off the newest video in the queue")
history_in_menu = lazy_gettext("Your videos, to get them again")
quota_in_menu = lazy_gettext("What is left today")
models_in_menu = lazy_gettext("What each model can do and costs")
settings_in_menu = lazy_gettext("Your default model, length, shape and language")
help_in_menu = lazy_gettext("How it works, with examples")
delete_my_data_in_menu = lazy_gettext("Let me forget everything about you")
group_settings_in_menu = lazy_gettext("What holds in this group")
#: What a person reads before they press Start; at most 512 characters.
description = lazy_gettext(
    "Send me words or a photo, and I answer with a video.\n\n"
    "Nothing gets lost, and a video that fails never counts against what you may make."
)
#: What stands on the bot's profile; at most 120 characters.
short_description = lazy_gettext("Turns words and photos into videos.")


def welcome(funds: Funds, catalogue: Catalogue) -> str:
    """What a newcomer has to know, and no more."""
    return "\n\n".join(
        (
            *_beginning(catalogue),
            _(
                "Under each video are buttons to make it again, change it, vary it or share it. "
                "/help says what else I can do."
            ),
            left(funds),
        )
    )


def everything(funds: Funds, catalogue: Catalogue) -> str:
    """How it all works."""
    return "\n\n".join(
        (
            *_beginning(catalogue),
            _("<b>Options</b> stand anywhere in your words: {options}").format(options=_options()),
            _(
                "Reply to a finished video with words, and I change it. Several photos sent together are one request. "
                "A character saved with /character comes into a video as <code>@NAME</code>."
            ),
            _(
                "In groups I answer to commands, to mentions of me, and to replies to what I say. "
                "Reply to any photo with /video and your words."
            ),
            _(
                "/models what each can do and costs · /settings your own defaults\n"
                "/jobs what is under way · /cancel the newest in the queue\n"
                "/history your videos · /quota what is left"
            ),
            left(funds),
        )
    )


def _beginning(catalogue: Catalogue) -> tuple[str, ...]:
    examples = "\n".join(f"<code>/video {escaped(example)}</code>" for example in _examples(catalogue))
    return (
        _("🎬 <b>I turn words and photos into videos.</b>"),
        _(
            "Send me words, or a photo with a caption that says what should happen. "
            "Or tap an example to copy it, and send it:"
        ),
        examples,
    )


def _options() -> str:
    return " ".join(
        f"<code>--{name}</code>" if option.example is None else f"<code>--{name} {option.example}</code>"
        for name, option in OPTIONS.items()
    )


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
