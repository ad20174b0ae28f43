"""The rooms of buttons that only admins may press; `handlers.presses` lets nobody else in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.admin import broadcasts, jobs, registration, upstream
from handlers.buttons import Press

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from handlers.pressing import Pressing

ROOMS: Mapping[Press, Callable[[Pressing], Awaitable[None]]] = {
    Press.ADMIN: registration.on_menu,
    Press.TRY_NOW: upstream.on_try_now,
    Press.RETRY_FOR: jobs.on_retry_press,
    Press.BROADCAST: broadcasts.on_send,
    Press.BROADCAST_CANCEL: broadcasts.on_cancel,
    Press.BROADCAST_STOP: broadcasts.on_stop,
}
