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
    "Add me to a group; an administrator can send /groupsettings there. Your own settings are under /settings."
)
admins_only = lazy_gettext("Only administrators of this group can change its settings.")
#: Say it as plain text, in answer to a press.
not_yours = lazy_gettext("Only administrators of this group can press this.")
_on = lazy_gettext("<b>Bot</b>: on.")
_off = lazy_gettext("<b>Bot</b>: off. I only answer /groupsettings here.")


def settings(rules: GroupRules, model: Model | None, *, sees_all: bool) -> str:
    """Show what holds in the group, a line for each; `model` is the group's, None if it has none.

    `sees_all` is whether the bot's privacy mode is off.
    """
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
            _("⚙️ <b>Group settings</b>. Its administrators can change them."),
            "\n".join(lines),
            _(
                "The group's model and shape override people's own /settings; options in a request override both."
            ),
            _sight(sees_all=sees_all),
        )
    )


def page(name: str) -> str:
    """Ask for one of the choices on a page of the settings."""
    match name:
        case "model":
            return _("<b>Which model for this group?</b> /models tells them apart.")
        case "size":
            return _("<b>Which shape for this group?</b> A video from a photo keeps the photo's shape.")
        case _:
            return _("<b>Which language should I use in this group?</b>")


def model_button(model: Model | None) -> str:
    return _("🎬 Model") if model is None else f"🎬 {model.title}"


def shape_button(rules: GroupRules) -> str:
    return _("📱 Shape") if rules.shape is None else drawn_shape(rules.shape)


def language_button(rules: GroupRules) -> str:
    return _("🌐 Language") if rules.language is None else f"🌐 {LANGUAGES[rules.language]}"


_LONGEST = 128


def greeting(bot_username: str, *, needs_access: bool) -> str:
    """Say what to do here, and who can let the members do it, if not everybody may."""
    hello = _(
        "👋 <b>Hi! I make videos from prompts and photos.</b> Send <code>/video@{name} a cat surfing</code>, "
        "or reply to a photo with /video and what should happen in it."
    ).format(name=bot_username)
    if not needs_access:
        return hello
    first = _(
        "🚪 Not everybody may use me. The bot's owner can give this whole group access: "
        "<code>/allow@{name} here</code>"
    ).format(name=bot_username)
    return f"{hello}\n\n{first}"


def cancelled(job: Job, group: str) -> str:
    """Tell in private that a request was cancelled, for the bot is not in the `group` any more."""
    return _(
        "I was removed from “{group}”, so your video was cancelled: <b>{prompt}</b>\n"
        "No charge. I can make it here instead."
    ).format(
        group=escaped(group, _LONGEST),
        prompt=escaped(job.request.prompt, _LONGEST),
    )


def _sight(*, sees_all: bool) -> str:
    if sees_all:
        return _(
            "👁 My privacy mode is off, so Telegram shows me every message here. I act only on commands, mentions of "
            "me and replies to me, and keep nothing else."
        )
    return _(
        "👁 My privacy mode is on: Telegram shows me only commands, mentions of me and replies to me. If I am an "
        "administrator here it shows me every message; I still act on nothing else, and keep nothing else."
    )
