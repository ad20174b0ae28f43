"""The texts of `/settings`."""

from __future__ import annotations

from chat.formatting import escaped
from chat.language import LANGUAGES, lazy_gettext, spoken
from chat.language import gettext as _
from domain.catalogue import Model
from domain.preferences import Preferences
from domain.request import VideoRequest
from handlers.choice_texts import length_alone, shape_of

as_in_telegram = lazy_gettext("As in Telegram")
ask_first_button = lazy_gettext("👀 Ask first")
people_only = lazy_gettext(
    "Settings belong to a person, and here you speak in the name of a chat. Write to me in private."
)
not_yours = lazy_gettext("These are somebody else's settings. Send /settings for your own.")


def settings(preferred: VideoRequest, model: Model, preferences: Preferences) -> str:
    """Show what fills in a request that leaves everything open, which `preferred` is, each with a line about it."""
    lines = (
        _("<b>Model</b>: {model}. /models tells them all apart.").format(model=escaped(model.title)),
        _("<b>Length</b>: {length}, if the model has it.").format(length=length_alone(preferred.seconds)),
        _("<b>Shape</b>: {shape}. A photo keeps its own.").format(shape=shape_of(preferred.size)),
        _("<b>Private</b>: {switch}. Keeps your videos unpublished, if the model can.").format(
            switch=on_or_off(is_on=preferences.private)
        ),
        _("<b>Watermark</b>: {switch}. Puts the maker's mark on your videos, if the model has one.").format(
            switch=on_or_off(is_on=preferences.watermark)
        ),
        _("<b>Ask first</b>: {switch}. Shows the price and waits for your press before every video.").format(
            switch=on_or_off(is_on=preferences.ask_first)
        ),
        _("<b>Language</b>: {language}.").format(language=language(preferences)),
    )
    return "\n\n".join((_("⚙️ <b>Your settings</b> fill in what a request leaves open."), "\n".join(lines)))


def page(name: str) -> str:
    """Ask for one of the choices on a page of the settings."""
    match name:
        case "model":
            return _(
                "<b>Which model?</b> It makes your videos unless you name another. /models tells them apart."
            )
        case "seconds":
            return _("<b>How long?</b> A model that cannot makes them as long as it does by itself.")
        case "size":
            return _("<b>Which shape?</b> A video from a photo takes the photo's.")
        case _:
            return _("<b>Which language?</b>")


def on_or_off(*, is_on: bool) -> str:
    return _("on") if is_on else _("off")


def language(preferences: Preferences) -> str:
    """Name the language that is spoken now, and say if Telegram decides."""
    if preferences.language is not None:
        return LANGUAGES[spoken()]
    return _("{language}, as in Telegram").format(language=LANGUAGES[spoken()])


def model_button(model: Model) -> str:
    return f"🎬 {model.title}"


def length_button(seconds: int) -> str:
    return f"⏱ {length_alone(seconds)}"


def language_button() -> str:
    return f"🌐 {LANGUAGES[spoken()]}"
