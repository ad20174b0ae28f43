"""What a group's administrators chose for it: whether the bot works there, for whom, and what fills in requests."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.preferences import Preferences
from domain.refusals import AdminsOnly, GroupOff
from domain.size import Size


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRules:
    """What holds in one group; None where each person's own choice does."""

    is_on: bool = True
    #: Only the group's administrators may make videos.
    admins_only: bool = False
    #: One of `chat.language.LANGUAGES`.
    language: str | None = None
    #: A model's name in the catalogue.
    model: str | None = None
    shape: Size | None = None

    def over(self, preferences: Preferences) -> Preferences:
        """Return what fills in a request in the group: its own choices, and where it has none the person's."""
        return replace(
            preferences, model=self.model or preferences.model, shape=self.shape or preferences.shape
        )

    def check(self, *, is_admin: bool) -> None:
        """Let somebody make a video in the group, one of its administrators or not.

        Raises:
            GroupOff: Its administrators have switched the bot off.
            AdminsOnly: Only they may.
        """
        if not self.is_on:
            raise GroupOff
        if self.admins_only and not is_admin:
            raise AdminsOnly


#: What holds where nobody chose anything.
AS_USUAL = GroupRules()
