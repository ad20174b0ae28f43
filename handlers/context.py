"""What every handler may use: the tables, the catalogue, the operator's rules, and the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from telegram.ext import Application, CallbackContext, ExtBot

from chat.admin_link import AdminLink
from domain.api_status import ApiReport
from domain.catalogue import Catalogue
from domain.job import Place
from domain.offer import Offer
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.queue import Concurrency
from domain.quota import Funds, SpendingRules
from domain.statistics import Day
from handlers.cooldown import AtMost, Recently
from handlers.group_admins import Administrators
from storage.storage import Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the operator has set."""

    #: Credits that an account may spend in 24 hours, as the settings say.
    daily_allowance: int
    concurrency: Concurrency
    storage: Storage

    @property
    def admin_ids(self) -> frozenset[int]:
        return self.storage.runtime_settings.admin_ids

    def is_admin(self, person_id: int) -> bool:
        return person_id in self.admin_ids

    def allowance_of(self, account_id: int) -> int | None:
        """Return what an account may spend in 24 hours; None if that has no end, as for admins.

        A group or a channel has only what an operator gave it: anybody can make as many of these as they like.
        """
        if self.is_admin(account_id):
            return None
        limit = self.storage.accounts.cached(account_id).limit
        if limit is None and account_id < 0:
            return 0
        limit = limit or self.storage.runtime_settings.allowance
        return limit.credits if limit is not None else self.daily_allowance

    def spending_rules_of(self, place: Place) -> SpendingRules:
        """Return what those are allowed who may pay for a request from this place."""
        own_id = place.own_account_id
        group = self.storage.accounts.cached(place.chat_id)
        group_pays = place.is_group and own_id != group.id and bool(group.limit or group.has_grants)
        payers = {own_id, group.id} if group_pays else {own_id}
        return SpendingRules(
            allowance=self.allowance_of(own_id),
            group_id=group.id if group_pays else None,
            group_allowance=group.limit.credits if group.limit else 0,
            with_grants=frozenset(
                payer for payer in payers if self.storage.accounts.cached(payer).has_grants
            ),
            budget=self.storage.runtime_settings.budget,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What handlers may use."""

    storage: Storage
    #: Returns what is on offer now.
    find_offer: Callable[[], Offer]
    rules: Rules
    #: Asks each provider, by its name, about our account with it.
    ask_providers: Callable[[], Awaitable[Mapping[str, ApiReport]]]
    #: Returns the chart of some days as a PNG.
    draw_chart: Callable[[Sequence[Day]], Awaitable[bytes]]
    clock: Callable[[], datetime]
    #: Tells the worker, if it runs in this process, that there is something to do.
    wake: Callable[[], None]
    #: Lets the message with the request have a reaction, soon or not at all.
    react: Callable[[Place], None]
    #: Tells the sender of broadcasts that there is something to send or to stop.
    send_broadcasts: Callable[[], None]
    #: By which somebody becomes the admin of a bot that has none.
    admin_link: AdminLink | None = None

    #: Who was told that they may not use the bot, in a group or for good.
    turned_away: Recently = field(default_factory=lambda: Recently(timedelta(minutes=5)))
    #: Which groups were told that the bot is switched off there.
    told_off: Recently = field(default_factory=lambda: Recently(timedelta(hours=1)))
    #: Who wrote where what was refused as too long; by Telegram's own clock.
    cut_off: Recently = field(default_factory=lambda: Recently(timedelta(seconds=5)))
    #: How often admins are shown a stranger who asks to be let in, and told that more wait.
    invitations: AtMost = field(default_factory=lambda: AtMost(5, timedelta(hours=1)))
    more_invitations: Recently = field(default_factory=lambda: Recently(timedelta(hours=1)))
    administrators: Administrators = field(default_factory=Administrators)

    @property
    def catalogue(self) -> Catalogue:
        """The models on offer now."""
        return self.find_offer().catalogue

    async def find_funds(self, place: Place) -> Funds:
        """Return what those have left now who may pay for a request from this place."""
        return await self.storage.jobs.find_funds(
            place.own_account_id, rules=self.rules.spending_rules_of(place), now=self.clock()
        )


class Context(CallbackContext[ExtBot[int], dict[str, Any], dict[str, Any], dict[str, Services]]):
    """PTB's context, with our services in reach."""

    #: Of the person who caused the update; `handlers.middleware` sets it before anybody looks.
    preferences: Preferences = NOTHING_CHOSEN

    @property
    def services(self) -> Services:
        return self.bot_data["services"]


BotApplication = Application[ExtBot[int], Context, dict[str, Any], dict[str, Any], dict[str, Services], None]
