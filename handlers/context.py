"""What every handler may use: the tables, the catalogue, the operator's rules, and the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from telegram.ext import Application, CallbackContext, ExtBot

from domain.preferences import NOTHING_CHOSEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from domain.catalogue import Catalogue
    from domain.fairness import Room
    from domain.job import Place
    from domain.preferences import Preferences
    from storage.characters import Characters
    from storage.drafts import Drafts
    from storage.forgetting import Forgetting
    from storage.jobs import Jobs
    from storage.people import People
    from storage.videos import Videos


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the operator has set."""

    #: Credits that a person may spend in 24 hours.
    daily_allowance: int
    admin_ids: frozenset[int]
    room: Room

    def allowance_of(self, account_id: int) -> int | None:
        """Return what an account may spend in 24 hours; None for admins, who are not limited."""
        return None if account_id in self.admin_ids else self.daily_allowance


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The rooms that handlers may enter."""

    jobs: Jobs
    drafts: Drafts
    people: People
    videos: Videos
    forgetting: Forgetting
    characters: Characters
    catalogue: Catalogue
    rules: Rules
    clock: Callable[[], datetime]
    #: Tells the worker, if it runs in this process, that there is something to do.
    wake: Callable[[], None]
    #: Lets the message with the request have a reaction, soon or not at all.
    react: Callable[[Place], None]


class Context(CallbackContext[ExtBot[int], dict[str, Any], dict[str, Any], dict[str, Services]]):
    """PTB's context, with our services in reach."""

    #: Of the person who caused the update; `handlers.arrival` sets it before anybody looks.
    preferences: Preferences = NOTHING_CHOSEN

    @property
    def services(self) -> Services:
        return self.bot_data["services"]


BotApplication = Application[ExtBot[int], Context, dict[str, Any], dict[str, Any], dict[str, Services], None]
