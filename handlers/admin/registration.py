"""The one list of admins' commands; who is no admin meets the same answer as to any unknown command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from telegram.ext import CommandHandler, filters

from handlers.admin import stats_texts
from handlers.admin.stats import on_stats

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine, Sequence
    from typing import Any

    from telegram import Update

    from handlers.context import BotApplication, Context


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminCommand:
    """A command that only admins can give; `words` says in the menu what it does."""

    name: str
    take: Callable[[Update, Context], Coroutine[Any, Any, None]]
    words: Callable[[], str]


#: In the order of the menu.
COMMANDS: Sequence[AdminCommand] = (AdminCommand(name="stats", take=on_stats, words=stats_texts.in_menu),)


def register(application: BotApplication, admin_ids: Collection[int]) -> None:
    """Let the application obey its admins; it must come before what takes unknown commands."""
    from_admins = filters.UpdateType.MESSAGE & filters.User(user_id=admin_ids)
    application.add_handlers(
        [CommandHandler(command.name, command.take, filters=from_admins) for command in COMMANDS]
    )
