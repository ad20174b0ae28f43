"""Makes an admin's action of a command or a press: each is done once, and recorded with who, when and what."""

from __future__ import annotations

from domain.admin_action import AdminAction, AdminActionKind
from handlers.button_press import ButtonPress
from handlers.message import idempotency_key_of
from handlers.message_call import MessageCall


def action_of(
    given: MessageCall | ButtonPress,
    kind: AdminActionKind,
    *,
    account_id: int | None = None,
    detail: str = "",
    why: str = "",
) -> AdminAction:
    """Return the action of a command or a press that an admin has given."""
    if isinstance(given, ButtonPress):
        idempotency_key, admin_id = f"press:{given.query.id}", given.presser_id
    else:
        message = given.message
        idempotency_key = idempotency_key_of(message)
        admin_id = message.from_user.id if message.from_user is not None else message.chat_id
    return AdminAction(
        idempotency_key=idempotency_key,
        admin_id=admin_id,
        kind=kind,
        at=given.context.services.clock(),
        account_id=account_id,
        detail=detail,
        why=why,
    )
