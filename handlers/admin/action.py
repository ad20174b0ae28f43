"""Makes a deed of an admin's message or press: what is done once, and written down with who, when and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.admin_action import Deed
from handlers.message import origin_of

if TYPE_CHECKING:
    from telegram import Message

    from domain.admin_action import Action
    from handlers.button_press import Pressing
    from handlers.context import Context


def deed_of(
    context: Context,
    message: Message,
    action: Action,
    *,
    account_id: int | None = None,
    job_id: int | None = None,
    detail: str = "",
    why: str = "",
) -> Deed:
    """Return the deed that an admin's command is."""
    return Deed(
        origin=origin_of(message),
        admin_id=message.from_user.id if message.from_user is not None else message.chat_id,
        action=action,
        at=context.services.clock(),
        account_id=account_id,
        job_id=job_id,
        detail=detail,
        why=why,
    )


def deed_of_press(
    pressing: Pressing,
    action: Action,
    *,
    account_id: int | None = None,
    job_id: int | None = None,
    detail: str = "",
) -> Deed:
    """Return the deed that an admin's press is."""
    return Deed(
        origin=f"press:{pressing.query.id}",
        admin_id=pressing.presser_id,
        action=action,
        at=pressing.context.services.clock(),
        account_id=account_id,
        job_id=job_id,
        detail=detail,
    )
