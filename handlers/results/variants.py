"""[Variant] under a finished video: another shape, length or model with its price, one tap away."""

from __future__ import annotations

from collections.abc import Sequence

from chat import result_keyboard
from domain.job import Job
from domain.request import renew
from domain.variants import Variant, variants_of
from handlers import texts
from handlers.button_press import ButtonPress
from handlers.context import Services
from handlers.request.lineage import find_whole
from handlers.results import texts as results_texts


async def on_variants(press: ButtonPress) -> None:
    """Replace the video's buttons by the variants."""
    job = await press.their_job()
    services = press.context.services
    choices = await _find_choices(services, job)
    if not choices:
        await press.say(results_texts.no_variants())
        return
    await press.say()
    await press.offer(result_keyboard.of_variants(job, choices, services.catalogue))


async def on_vary(press: ButtonPress) -> None:
    """Make the chosen variant, and let the video have its own buttons again."""
    job = await press.their_job()
    services = press.context.services
    choices = await _find_choices(services, job)
    chosen = next((choice for choice in choices if choice.key == press.pressed.value), None)
    await press.offer(result_keyboard.of_video(job, services.catalogue, press.context.bot))
    if chosen is None:
        await press.say(texts.not_on_offer())
        return
    request = renew(chosen.request, services.catalogue)
    await press.accept_once_more(place=press.place_for(job), request=request)


async def _find_choices(services: Services, job: Job) -> Sequence[Variant]:
    """Return what can be had instead; an edit keeps shape, length and model, so of it the whole is made anew."""
    return variants_of(await find_whole(services.storage.jobs, job), services.catalogue)
