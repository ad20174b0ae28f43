"""What the bot says when it is let into a group, and when it was thrown out."""

from __future__ import annotations

import html

from chat.formatting import fitted
from chat.language import gettext as _
from domain.job import Job

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
        group=html.escape(fitted(group, _LONGEST), quote=False),
        prompt=html.escape(fitted(job.request.prompt, _LONGEST), quote=False),
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
