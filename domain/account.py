"""An account is a person or a group; whether it may use the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.refusals import Banned, BotClosed, InvitationNeeded


class AccessMode(StrEnum):
    """Who may use the bot, the banned aside."""

    #: Everybody.
    OPEN = "open"
    #: Whom an admin has allowed; others may ask.
    INVITE = "invite"
    #: Whom an admin has allowed; others are turned away.
    CLOSED = "closed"


class AccessStatus(StrEnum):
    """What an admin has said about an account."""

    #: Nothing.
    STRANGER = "stranger"
    #: Nothing yet: the person has asked.
    WAITING = "waiting"
    #: It may use the bot.
    ALLOWED = "allowed"
    #: It was told no.
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ban:
    """An account is shut out, until a moment or for good."""

    reason: str = ""
    until: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return self.until is None or now < self.until


@dataclass(frozen=True, slots=True)
class Limit:
    """An allowance of an account's own: credits in any 24 hours; None has no end."""

    credits: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What is known of a person or a group. Of one that nobody has said anything about, only the id."""

    id: int
    #: As Telegram tells it; empty if it was never heard.
    name: str = ""
    username: str | None = None
    #: What is spoken with it, one of `chat.language.LANGUAGES`.
    language: str = "en"
    since: datetime | None = None
    limit: Limit | None = None
    #: Whether credits were ever granted to it.
    has_grants: bool = False
    access: AccessStatus = AccessStatus.STRANGER
    ban: Ban | None = None
    #: Since when the person lets us send nothing.
    unreachable_since: datetime | None = None

    @property
    def is_spoken_of(self) -> bool:
        """Whether operators have said anything about it."""
        return (
            self.limit is not None
            or self.has_grants
            or self.access is not AccessStatus.STRANGER
            or self.ban is not None
        )

    @property
    def is_group(self) -> bool:
        """Telegram gives groups and channels negative ids."""
        return self.id < 0


def check_access(mode: AccessMode, account: Account, now: datetime, group: Account | None = None) -> None:
    """Let an account pass, by itself or with the `group` it speaks in.

    Raises:
        Banned: It, or the group, is shut out.
        InvitationNeeded: An admin has to allow it first.
        BotClosed: Nobody new is let in.
    """
    for member in (account, *((group,) if group else ())):
        if member.ban is not None and member.ban.holds(now):
            raise Banned(reason=member.ban.reason, until=member.ban.until, now=now, is_group=member.is_group)
    is_allowed = AccessStatus.ALLOWED in {account.access, group.access if group else None}
    match mode:
        case AccessMode.INVITE if not is_allowed:
            raise InvitationNeeded(is_refused=account.access is AccessStatus.REFUSED)
        case AccessMode.CLOSED if not is_allowed:
            raise BotClosed
        case _:
            return
