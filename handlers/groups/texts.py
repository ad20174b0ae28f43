"""What the bot says in groups: its greeting, and their settings."""

from __future__ import annotations

from chat.formatting import drawn_shape, escaped
from chat.language import LANGUAGES, lazy_gettext
from chat.language import gettext as _
from domain.catalogue import Model
from domain.group import GroupRules
from domain.job import Job

each_ones_own = lazy_gettext("each person's own")
each_ones_own_button = lazy_gettext("Each person's own")
admins_only_button = lazy_gettext("👮 Administrators only")
on_button = lazy_gettext("🔔 On")
#: Explain in a private chat what the command is for.
for_groups = lazy_gettext(
    "This is for groups: who may make videos there, with which model, in which language. "
    "Add me to one, and let an administrator send /groupsettings there. Your own are under /settings."
)
admins_only = lazy_gettext("Only administrators of this group can change its settings.")
#: Say it as plain text, in answer to a press.
not_yours = lazy_gettext("Only administrators of this group can press this.")
_on = lazy_gettext("<b>Bot</b>: on.")
_off = lazy_gettext("<b>Bot</b>: off. I make nothing here and answer to nothing but /groupsettings.")


def settings(rules: GroupRules, model: Model | None) -> str:
    """Show what holds in the group, a line for each; `model` is the group's, None if it has none."""
    title = escaped(model.title) if model is not None else each_ones_own()
    shape = each_ones_own() if rules.shape is None else drawn_shape(rules.shape)
    language = each_ones_own() if rules.language is None else LANGUAGES[rules.language]
    lines = (
        _on() if rules.is_on else _off(),
        _("<b>Who may make videos</b>: administrators only.")
        if rules.admins_only
        else _("<b>Who may make videos</b>: everybody."),
        _("<b>Model</b>: {model}.").format(model=title),
        _("<b>Shape</b>: {shape}. A photo keeps its own.").format(shape=shape),
        _("<b>Language</b>: {language}.").format(language=language),
    )
    return "\n\n".join(
        (
            _("⚙️ <b>Settings of this group</b>, for its administrators to change."),
            "\n".join(lines),
            _(
                "The group's model and shape come before people's own /settings. Words in a request come first."
            ),
        )
    )


def page(name: str) -> str:
    """Ask for one of the choices on a page of the settings."""
    match name:
        case "model":
            return _("<b>Which model for this group?</b> /models tells them apart.")
        case "size":
            return _("<b>Which shape for this group?</b> A video from a photo takes the photo's.")
        case _:
            return _("<b>Which language shall I speak in this group?</b>")


def model_button(model: Model | None) -> str:
    return _("🎬 Model") if model is None else f"🎬 {model.title}"


def shape_button(rules: GroupRules) -> str:
    return _("📱 Shape") if rules.shape is None else drawn_shape(rules.shape)


def language_button(rules: GroupRules) -> str:
    return _("🌐 Language") if rules.language is None else f"🌐 {LANGUAGES[rules.language]}"


_LONGEST = 128


def greeting(bot_username: str, *, is_admin: bool, is_private: bool) -> str:
    """Say what it does here, and which messages it gets to see; `is_private` is its privacy mode."""
    welcome = _(
        "👋 <b>Hi! I turn words and photos into videos.</b> Send <code>/video@{name} a cat surfing</code>, "
        "or write @{name} and your words. In reply to anybody's photo, that makes it come alive."
    ).format(name=bot_username)
    return f"{welcome}\n\n{_sight(is_admin=is_admin, is_private=is_private)}"


def called_off(job: Job, group: str) -> str:
    """Tell in private that a request was called off, for the bot is not in the `group` any more."""
    return _(
        "I was removed from “{group}”, so what you asked for there was called off: <b>{prompt}</b>\n"
        "It did not count. I can make it here instead."
    ).format(
        group=escaped(group, _LONGEST),
        prompt=escaped(job.request.prompt, _LONGEST),
    )


def _sight(*, is_admin: bool, is_private: bool) -> str:
    if is_admin:
        return _(
            "As an administrator I can see every message here. I act only on commands, on mentions of me and on "
            "replies to me, and keep nothing of the rest."
        )
    if not is_private:
        return _(
            "My privacy mode is switched off, so I can see every message here. I act only on commands, on mentions "
            "of me and on replies to me, and keep nothing of the rest."
        )
    return _(
        "My privacy mode is on: of what you write here, Telegram shows me only commands, mentions of me and replies "
        "to me. As an administrator I would see everything, and still act on nothing else."
    )
