"""What the bot says about itself: its help, its commands in the menu, and its profile."""

from __future__ import annotations

import html

from chat.language import gettext as _
from domain.catalogue import Catalogue
from domain.options import LANDSCAPE, OPTIONS
from domain.quota import Funds
from domain.size import of_shape
from handlers.request.quota_texts import left


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


def video_in_menu() -> str:
    return _("Make a video of the words that follow")


def edit_in_menu() -> str:
    return _("Change a finished video: reply to it with this and your words")


def character_in_menu() -> str:
    return _("Characters to appear in your videos")


def jobs_in_menu() -> str:
    return _("What is under way")


def cancel_in_menu() -> str:
    return _("Call off the newest video in the queue")


def history_in_menu() -> str:
    return _("Your videos, to get them again")


def quota_in_menu() -> str:
    return _("What is left today")


def models_in_menu() -> str:
    return _("What each model can do and costs")


def settings_in_menu() -> str:
    return _("Your default model, length, shape and language")


def help_in_menu() -> str:
    return _("How it works, with examples")


def delete_my_data_in_menu() -> str:
    return _("Let me forget everything about you")


def group_settings_in_menu() -> str:
    return _("What holds in this group")


def description() -> str:
    """What a person reads before they press Start; at most 512 characters."""
    return _(
        "Send me words or a photo, and I answer with a video.\n\n"
        "Nothing gets lost, and a video that fails never counts against what you may make."
    )


def short_description() -> str:
    """What stands on the bot's profile; at most 120 characters."""
    return _("Turns words and photos into videos.")


def _beginning(catalogue: Catalogue) -> tuple[str, ...]:
    examples = "\n".join(
        f"<code>/video {html.escape(example, quote=False)}</code>" for example in _examples(catalogue)
    )
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
