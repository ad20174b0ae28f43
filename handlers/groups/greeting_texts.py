"""What the bot says when it is let into a group."""

from __future__ import annotations

from handlers.language import gettext as _


def greeting(bot_username: str, *, is_admin: bool, is_private: bool) -> str:
    """Say what it does here, and which messages it gets to see; `is_private` is its privacy mode."""
    welcome = _(
        "👋 <b>Hi! I turn words and photos into videos.</b> Send <code>/video@{name} a cat surfing</code>, "
        "or write @{name} and your words. In reply to anybody's photo, that makes it come alive."
    ).format(name=bot_username)
    return f"{welcome}\n\n{_sight(is_admin=is_admin, is_private=is_private)}"


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
