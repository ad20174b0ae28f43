"""What `/admin` says: how things stand, and its pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum

from chat.formatting import credits_of, side_by_side
from chat.language import gettext as _
from chat.language import lazy_gettext, mark
from domain.account import AccessMode
from domain.hold import Hold
from domain.quota import Quota
from handlers.admin import access_modes_texts, upstream_texts


class AdminPage(StrEnum):
    """A page of `/admin`: what its commands are about."""

    #: Who may use the bot, and who does.
    PEOPLE = "people"
    #: Who may spend how much.
    MONEY = "money"
    #: What does not go as it should.
    TROUBLE = "trouble"
    #: What was, and what everybody should know.
    NEWS = "news"


#: So many reasons why orders wait are told.
_HOLDS_TOLD = 3
_TITLES: Mapping[AdminPage, str] = {
    AdminPage.PEOPLE: mark("👥 People"),
    AdminPage.MONEY: mark("💳 Money"),
    AdminPage.TROUBLE: mark("🚑 Trouble"),
    AdminPage.NEWS: mark("📰 News"),
}

in_menu = lazy_gettext("Manage the bot")
ask_in_private = lazy_gettext("This is not for everyone in this group to read. Ask me in our private chat.")
private_chat = lazy_gettext("Ask in private")


def front(mode: AccessMode, ordered: Quota, holds: Collection[Hold], *, waiting: int) -> str:
    """Say how things stand: who may use the bot, what was ordered, and whether orders go out."""
    used = credits_of(ordered.used)
    lines = [
        _("Who may use the bot: {mode}").format(mode=access_modes_texts.mode_button(mode, is_on=False)),
        _("Ordered in the last 24 hours: {credits}").format(credits=used)
        if ordered.allowance is None
        else _("Ordered in the last 24 hours: {credits}, of {budget}").format(
            credits=used, budget=credits_of(ordered.allowance)
        ),
        *([access_modes_texts.waits(waiting)] if waiting else []),
        *(f"⏸ {upstream_texts.cause_at(hold)}" for hold in list(holds)[:_HOLDS_TOLD]),
    ]
    return "\n".join((_("🛠 <b>You run this bot</b>"), "", *lines))


def title(page: AdminPage) -> str:
    """Name a page, on its button and above it."""
    return _(_TITLES[page])


def entry(command: str, words: Callable[[], str]) -> str:
    """Label the button of a command with what it does."""
    return side_by_side(f"/{command}", words())
