"""[Try again] under the reason why there is no video."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusals import Refusal
from domain.request import renew

if TYPE_CHECKING:
    from handlers.pressing import Pressing


async def on_retry(pressing: Pressing) -> None:
    """Ask for the same once more, once for each failure however often it is pressed."""
    job = await pressing.their_job()
    if job is None:
        return
    await pressing.say()
    if job.failure is None:
        return
    try:
        request = renew(job.request, pressing.context.services.catalogue)
    except Refusal as refused:
        await pressing.refuse(refused)
        return
    await pressing.accept(origin=f"retry:{job.id}", place=job.place, request=request)
