"""Sums up in one line, for the operator, who may use the bot and what may be spent."""

from __future__ import annotations

from dataclasses import dataclass

from bot.settings import Settings
from domain.account import AccessMode, Limit
from storage.database import Database
from storage.runtime_settings import RuntimeSettings
from storage.storage import Storage

_WHO = {
    AccessMode.OPEN: "everybody may use the bot",
    AccessMode.INVITE: "new people ask, and may use the bot when an admin lets them in",
    AccessMode.CLOSED: "only people who were let in may use the bot",
}


def open_storage(settings: Settings, database: Database) -> Storage:
    """Return the tables, with admins, access and budget as the settings have them until an admin says otherwise."""
    return Storage(
        database,
        access=settings.access,
        budget=settings.daily_budget or None,
        admin_ids=settings.admin_ids,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessSummary:
    """Access, allowance and budget as they are now, by the settings or by an admin's command."""

    access: AccessMode
    #: Credits that one may spend in 24 hours, and that all together may; None is without a limit.
    allowance: int | None
    budget: int | None
    has_admins: bool

    @classmethod
    def now(cls, settings: Settings, runtime_settings: RuntimeSettings) -> AccessSummary:
        allowance = runtime_settings.allowance or Limit(settings.daily_allowance)
        return cls(
            access=runtime_settings.access,
            allowance=allowance.credits,
            budget=runtime_settings.budget,
            has_admins=bool(runtime_settings.admin_ids),
        )

    def __str__(self) -> str:
        each = "without limit" if self.allowance is None else _credits(self.allowance)
        together = "without limit" if self.budget is None else _credits(self.budget)
        return f"{_WHO[self.access]}; in 24 hours each may spend {each}, and all together {together}"

    @property
    def warning(self) -> str | None:
        """What is dangerous; None if nothing is."""
        if self.has_admins:
            return None
        if self.access is AccessMode.OPEN:
            return (
                "the bot has no admin: anybody who finds it spends your credits, and nobody can change that "
                "from the chat"
            )
        return "the bot has no admin: nobody can let anybody in"


def _credits(number: int) -> str:
    return f"{number} credit" if number == 1 else f"{number} credits"
