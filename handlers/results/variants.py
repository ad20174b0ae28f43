"""[Variant] under a finished video: another shape, length or model with its price, one tap away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chat import result_keyboard as result_buttons
from domain.refusals import Refusal
from domain.request import renew
from domain.variants import variants_of
from handlers.request.lineage import find_whole
from handlers.results import texts as result_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.job import Job
    from domain.variants import Variant
    from handlers.button_press import Pressing
    from handlers.context import Services


async def on_variants(pressing: Pressing) -> None:
    """Let the video have the choices for its buttons."""
    job = await pressing.their_job()
    if job is None:
        return
    services = pressing.context.services
    choices = await _find_choices(services, job)
    if not choices:
        await pressing.say(result_texts.no_variants())
        return
    await pressing.say()
    await pressing.offer(result_buttons.of_variants(job, choices, services.catalogue))


async def on_vary(pressing: Pressing) -> None:
    """Make the chosen variant, and let the video have its own buttons again."""
    job = await pressing.their_job()
    if job is None:
        return
    services = pressing.context.services
    choices = await _find_choices(services, job)
    chosen = next((choice for choice in choices if choice.key == pressing.pressed.value), None)
    await pressing.offer(result_buttons.of_video(job, services.catalogue, pressing.context.bot))
    if chosen is None:
        await pressing.say(result_texts.variant_gone())
        return
    try:
        request = renew(chosen.request, services.catalogue)
    except Refusal as refused:
        await pressing.say()
        await pressing.refuse(refused)
        return
    await pressing.accept_once_more(place=pressing.place_for(job), request=request)


async def _find_choices(services: Services, job: Job) -> Sequence[Variant]:
    """Return what can be had instead; an edit keeps shape, length and model, so of it the whole is made anew."""
    return variants_of(await find_whole(services.jobs, job), services.catalogue)
