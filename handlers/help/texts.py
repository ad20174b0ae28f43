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

video_in_menu = lazy_gettext("Make a video from a description")
edit_in_menu = lazy_gettext("Change a finished video: reply to it with this and what should change")
character_in_menu = lazy_gettext("Characters to appear in your videos")
jobs_in_menu = lazy_gettext("Your videos in progress")
cancel_in_menu = lazy_gettext("Cancel the newest video in the queue")
history_in_menu = lazy_gettext("Your videos, to get them again")
quota_in_menu = lazy_gettext("Your credits")
models_in_menu = lazy_gettext("What each model can do and costs")
settings_in_menu = lazy_gettext("Your default model, length, shape and language")
help_in_menu = lazy_gettext("How it works, with examples")
delete_my_data_in_menu = lazy_gettext("Delete everything stored about you")
group_settings_in_menu = lazy_gettext("Settings of this group")
#: What /start tells those who run the bot besides.
for_admins = lazy_gettext("🛠 You run this bot: /admin")
#: What a person reads before they press Start; at most 512 characters.
description = lazy_gettext(
    "Write what should happen, or send a photo, and I answer with a video.\n\n"
    "Nothing gets lost, and a video that fails costs nothing."
)
#: What stands on the bot's profile; at most 120 characters.
short_description = lazy_gettext("Makes videos from descriptions and photos.")


def everything(funds: Funds, catalogue: Catalogue) -> str:
    """How it all works."""
    examples = "\n".join(f"<code>/video {escaped(example)}</code>" for example in _examples(catalogue))
    return "\n\n".join(
        (
            _("🎬 <b>I make videos from descriptions and photos.</b>"),
            _(
                "Write what should happen, or send a photo with a caption. "
                "With /video in front it is made right away. Tap an example to copy it:"
            ),
            examples,
            _("<b>Options</b> can stand anywhere in a description: {options}").format(options=_options()),
            _(
                "Reply to a finished video to change it. Several photos sent together are one request. "
                "A character saved with /character appears in a video as <code>@NAME</code>."
            ),
            _(
                "In groups I answer to commands, to mentions of me, and to replies to my messages. "
                "Reply to any photo with /video and what should happen."
            ),
            _(
                "/models what each can do and costs · /settings your defaults\n"
                "/jobs videos in progress · /cancel the newest in the queue\n"
                "/history your videos · /quota your credits"
            ),
            left(funds),
        )
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
