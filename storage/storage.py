"""All stores of the database in one object: each exists once, because several cache what they have read."""

from __future__ import annotations

from collections.abc import Collection

from domain.account import AccessMode
from storage.accounts import Accounts
from storage.alerts import Alerts
from storage.audit import Audit
from storage.broadcasts import Broadcasts
from storage.characters import Characters
from storage.chat_migration import ChatMigration
from storage.claims import Claims
from storage.database import Database
from storage.drafts import Drafts
from storage.erasure import Erasure
from storage.groups import Groups, Membership
from storage.holds import Holds
from storage.inbox import Inbox
from storage.job_history import JobHistories
from storage.jobs import Jobs
from storage.model_changes import ModelChanges
from storage.order_lookups import OrderLookups
from storage.preferences import PreferencesStore
from storage.recovery import Recovery
from storage.runtime_settings import RuntimeSettings
from storage.statistics import StatisticsStore
from storage.usage import Usage
from storage.videos import Videos


class Storage:
    """The tables of an open database; `access`, `budget` and `admin_ids` are as in `RuntimeSettings`."""

    def __init__(
        self,
        database: Database,
        *,
        access: AccessMode | None,
        budget: int | None,
        admin_ids: Collection[int] = (),
    ) -> None:
        self.accounts = Accounts(database)
        self.alerts = Alerts(database)
        self.audit = Audit(database)
        self.broadcasts = Broadcasts(database)
        self.characters = Characters(database)
        self.chat_migration = ChatMigration(database)
        self.claims = Claims(database)
        self.drafts = Drafts(database)
        self.erasure = Erasure(database)
        self.groups = Groups(database)
        self.holds = Holds(database)
        self.inbox = Inbox(database)
        self.job_histories = JobHistories(database)
        self.jobs = Jobs(database)
        self.membership = Membership(database)
        self.model_changes = ModelChanges(database)
        self.order_lookups = OrderLookups(database)
        self.preferences = PreferencesStore(database)
        self.recovery = Recovery(database)
        self.runtime_settings = RuntimeSettings(database, access=access, budget=budget, admin_ids=admin_ids)
        self.statistics = StatisticsStore(database)
        self.usage = Usage(database)
        self.videos = Videos(database)

    async def load(self) -> None:
        """Remember what every update needs, so that nobody's first has to ask the database."""
        await self.preferences.load()
        await self.accounts.load()
        await self.runtime_settings.load()
        await self.groups.load()
        await self.model_changes.load()
        await self.order_lookups.load()
