"""[Change] and [Share] under a private video: why not, and a public one like it, one tap away."""

from __future__ import annotations

from dataclasses import replace

from chat import result_keyboard
from chat.callback_data import number_in
from domain.catalogue import Catalogue
from domain.job import Job
from domain.refusals import Refusal
from domain.request import VideoRequest, renew
from handlers.button_press import ButtonPress
from handlers.results import texts as results_texts


async def on_private(press: ButtonPress) -> None:
    """Say that private videos stay with who made them, and offer a public one at its price, if that can be had."""
    job = await press.their_job()
    await press.say(results_texts.stays_private(), is_alert=True)
    try:
        public = _public(job, press.context.services.catalogue)
    except Refusal:
        return
    await press.offer(result_keyboard.of_private(job, public))


async def on_public(press: ButtonPress) -> None:
    """[Make a public one]: make it, and let the video have its own buttons again; one that costs more by now is offered anew."""
    job = await press.their_job()
    catalogue, shown = press.context.services.catalogue, number_in(press.pressed.value)
    public = _public(job, catalogue)
    if shown is None or public.price > shown:
        await press.say(results_texts.price_changed())
        await press.offer(result_keyboard.of_private(job, public))
        return
    await press.offer(result_keyboard.of_video(job, catalogue, press.context.bot))
    await press.accept_once_more(place=press.place_for(job), request=public)


def _public(job: Job, catalogue: Catalogue) -> VideoRequest:
    """Return a private video's request as a public one, by today's catalogue; raises a Refusal."""
    return renew(replace(job.request, private=False), catalogue)
