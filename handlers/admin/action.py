"""Makes an action of an admin's message or press: what is done once, and written down with who, when and what."""

from __future__ import annotations

from telegram import Message

from domain.admin_action import AdminAction, AdminActionKind
from handlers.button_press import ButtonPress
from handlers.context import Context
from handlers.message import idempotency_key_of


def action_of(
    context: Context,
    message: Message,
    kind: AdminActionKind,
    *,
    account_id: int | None = None,
    job_id: int | None = None,
    detail: str = "",
    why: str = "",
) -> AdminAction:
    """Return the action that an admin's command is."""
    return AdminAction(
        idempotency_key=idempotency_key_of(message),
        admin_id=message.from_user.id if message.from_user is not None else message.chat_id,
        kind=kind,
        at=context.services.clock(),
        account_id=account_id,
        job_id=job_id,
        detail=detail,
        why=why,
    )


def action_of_press(
    press: ButtonPress,
    kind: AdminActionKind,
    *,
    account_id: int | None = None,
    job_id: int | None = None,
    detail: str = "",
) -> AdminAction:
    """Return the action that an admin's press is."""
    return AdminAction(
        idempotency_key=f"press:{press.query.id}",
        admin_id=press.presser_id,
        kind=kind,
        at=press.context.services.clock(),
        account_id=account_id,
        job_id=job_id,
        detail=detail,
    )
