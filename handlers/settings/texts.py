"""The texts of `/settings`."""

from __future__ import annotations

from chat.formatting import escaped, shape_name, told_from
from chat.language import LANGUAGES, lazy_gettext, spoken
from chat.language import gettext as _
from domain.catalogue import Model
from domain.preferences import Preferences
from domain.request import VideoRequest
from handlers.choice_texts import length_alone

as_in_telegram = lazy_gettext("As in Telegram")
ask_first_button = lazy_gettext("👀 Ask first")
people_only = lazy_gettext(
    "Settings belong to a person, and here you write in the name of a chat. Send me /settings in our private chat."
)
not_yours = lazy_gettext("These are somebody else's settings. Send /settings for your own.")
_private_on = lazy_gettext(
    "<b>Private</b>: on. Your videos are not published, where the model allows it. In groups this does not apply."
)
_private_off = lazy_gettext("<b>Private</b>: off. Your videos can be changed and shared.")
_watermark_on = lazy_gettext(
    "<b>Watermark</b>: on. Your videos carry their maker's mark, where there is one."
)
_watermark_off = lazy_gettext("<b>Watermark</b>: off.")
_ask_first_on = lazy_gettext("<b>Ask first</b>: on. You see the price and confirm every video.")
_ask_first_off = lazy_gettext("<b>Ask first</b>: off. /video and photos with a caption are made right away.")


def settings(preferred: VideoRequest, model: Model, preferences: Preferences) -> str:
    """Show what fills in a request that leaves everything open, which `preferred` is, each with a line about it."""
    lines = (
        _("<b>Model</b>: {model}. /models compares them.").format(model=escaped(model.title)),
        _("<b>Length</b>: {length}, if the model offers it.").format(length=length_alone(preferred.seconds)),
        _("<b>Shape</b>: {shape}. A photo keeps its own.").format(
            shape=shape_name(preferred.size, told_from(preferred.size, model.sizes))
        ),
        _private_on() if preferences.private else _private_off(),
        _watermark_on() if preferences.watermark else _watermark_off(),
        _ask_first_on() if preferences.ask_first else _ask_first_off(),
        _("<b>Language</b>: {language}.").format(language=language(preferences)),
    )
    return "\n\n".join(
        (_("⚙️ <b>Your settings</b> apply where a request says nothing else."), "\n".join(lines))
    )


def page(name: str) -> str:
    """Ask for one of the choices on a page of the settings."""
    match name:
        case "model":
            return _(
                "<b>Which model?</b> It makes your videos unless you choose another. /models compares them."
            )
        case "seconds":
            return _("<b>How long?</b> A model that does not offer this length uses its own.")
        case "size":
            return _("<b>Which shape?</b> A video from a photo takes the photo's.")
        case _:
            return _("<b>Which language?</b>")


def language(preferences: Preferences) -> str:
    """Name the language that is spoken now, and say if it is Telegram's."""
    if preferences.language is not None:
        return LANGUAGES[spoken()]
    return _("{language}, as in Telegram").format(language=LANGUAGES[spoken()])


def model_button(model: Model) -> str:
    return f"🎬 {model.title}"


def length_button(seconds: int) -> str:
    return f"⏱ {length_alone(seconds)}"


def language_button() -> str:
    return f"🌐 {LANGUAGES[spoken()]}"
