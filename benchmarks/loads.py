"""Many people want something at the same moment: how long they wait, and how long others do who write meanwhile."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass

from PIL import Image

from benchmarks.bystanders import bystanders
from benchmarks.findings import Finding, in_seconds, of_consumption
from benchmarks.sandbox import BURSTS_PASS, TELEGRAMS_LIMITS, Sandbox, sandbox
from benchmarks.video_api_process import VideoApiTerms
from sandbox.telegram.chats import Chat
from sandbox.telegram.rate_limits import RateLimits

_SECONDS_TO_RENDER = 20.0
_MEGABYTES = 40.0
_TWELVE_MEGAPIXELS = (4000, 3000)
_PATIENCE = 240.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Load:
    """So many `people` ask at once, with a `photo` as a file or in words; `megabytes` are a clip's."""

    subject: str
    people: int
    photo: bytes | None = None
    megabytes: float | None = None
    limits: RateLimits = TELEGRAMS_LIMITS

    def ask(self, place: Sandbox, chat: Chat, number: int) -> None:
        if self.photo is None:
            place.ask(chat, f"/video {_prompt(number)}")
        else:
            place.send_picture(chat, self.photo, _prompt(number))


async def crowd() -> list[Finding]:
    """A hundred people, where Telegram lets their answers pass at once and where it does not."""
    return [
        await _measured(_Load(subject="100 people ask", people=100, limits=BURSTS_PASS)),
        await _measured(_Load(subject="the same, and Telegram takes no more than 30 a second", people=100)),
    ]


async def clips() -> list[Finding]:
    """Fifty large clips are finished at the same moment."""
    load = _Load(subject=f"50 clips of {_MEGABYTES:g} MB are done", people=50, megabytes=_MEGABYTES)
    return [await _measured(load)]


async def photos() -> list[Finding]:
    """Fifty people send a large photo, as a file so that Telegram leaves it as it is."""
    photo = await asyncio.to_thread(_photo)
    size = len(photo) / 1_000_000
    load = _Load(subject=f"50 photos of 12 megapixels ({size:.1f} MB) come", people=50, photo=photo)
    return [await _measured(load)]


async def _measured(load: _Load) -> Finding:
    terms = VideoApiTerms(seconds=(_SECONDS_TO_RENDER,), megabytes=load.megabytes)
    async with sandbox(terms, limits=load.limits, MAX_RENDERING=str(load.people)) as place:
        people = place.add_people(load.people)
        for number, chat in enumerate(people):
            load.ask(place, chat, number)
        said, delivered = place.chronicle.said, place.chronicle.delivered
        await place.until(
            "everybody has an answer", lambda: all(said[chat.id] for chat in people), seconds=_PATIENCE
        )
        async with bystanders(place) as others:
            await place.until(
                "everybody has a video", lambda: len(delivered) >= load.people, seconds=_PATIENCE
            )
        ready_at = {record.prompt: record.ready_at for record in await place.video_api.report()}
        waits = [
            (delivered[chat.id] - ready_at[_prompt(number)]).total_seconds()
            for number, chat in enumerate(people)
        ]
        return Finding(
            subject=load.subject,
            measured={
                "from message to answer": in_seconds(place.chronicle.answer_times(people)),
                "the same for others who write meanwhile": in_seconds(place.chronicle.answer_times(others)),
                "from the API's “done” to the video in the chat": in_seconds(waits),
                **of_consumption(place.bot.consumption),
            },
        )


def _prompt(number: int) -> str:
    return f"a paper boat on a river, take {number}"


def _photo() -> bytes:
    """Draw something with as much detail as a photo: a gradient under noise."""
    noise = Image.effect_noise(_TWELVE_MEGAPIXELS, 40)
    gradient = Image.radial_gradient("L").resize(_TWELVE_MEGAPIXELS)
    picture = Image.merge("RGB", (noise, gradient, Image.blend(noise, gradient, 0.5)))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()
