"""What an operator did: each action is written down with who, when and what, and done once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class AdminActionKind(StrEnum):
    """The kinds of actions."""

    #: Somebody became the bot's admin by the one-time link that its start offers.
    BECOME_ADMIN = "become_admin"
    #: Credits were given beyond the allowance, or taken back.
    GRANT = "grant"
    #: An account's own allowance was set or taken away.
    LIMIT = "limit"
    #: The allowance of all who have none of their own was changed.
    LIMIT_DEFAULT = "limit_default"
    #: What all may spend together was changed.
    BUDGET = "budget"
    #: Somebody may use the bot.
    ALLOW = "allow"
    #: Somebody who asked may not.
    REFUSE = "refuse"
    #: Everybody who has made a video may go on.
    ALLOW_KNOWN = "allow_known"
    #: Somebody was shut out.
    BAN = "ban"
    #: A ban was lifted.
    UNBAN = "unban"
    #: Whether strangers may use the bot was changed.
    ACCESS = "access"
    #: New orders were held.
    PAUSE = "pause"
    #: Orders go out again.
    RESUME = "resume"
    #: A held order was let through to see whether the API takes orders again.
    PROBE = "probe"
    #: A model was switched off or on, got another price, or became the default.
    MODEL = "model"
    #: A job that ended badly was begun anew.
    RETRY = "retry"
    #: A message was sent to everybody.
    BROADCAST = "broadcast"
    #: Sending a message to everybody was ended early.
    BROADCAST_STOP = "broadcast_stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminAction:
    """One row of the audit."""

    #: What caused it, unique: an update or a press that is delivered twice does nothing twice.
    idempotency_key: str
    admin_id: int
    kind: AdminActionKind
    at: datetime
    #: The person or group it is about.
    account_id: int | None = None
    job_id: int | None = None
    #: What exactly, such as `5` or `open`, and the admin's reason.
    detail: str = ""
    why: str = ""
