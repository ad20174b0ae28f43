"""How often the bot looks at the API for each job, and how late that lets the video be."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from statistics import mean

from benchmarks.findings import Finding, in_seconds, of_consumption
from benchmarks.sandbox import Sandbox, sandbox
from benchmarks.video_api_process import VideoApiTerms
from sandbox.telegram.chats import Chat
from sandbox.video_api.dialects import Dialect

#: So many finished videos of a kind let the bot know how long they usually take.
_FIRST = 3
_NEXT = 10
#: Between two requests: renders that begin at one moment would all be looked at in the same moments.
_PAUSE = 0.7  # seconds
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """Renders of this many `seconds` in turn, by an API that tells how far they are or does not."""

    renders: str
    seconds: tuple[float, ...]
    dialect: Dialect

    @property
    def subject(self) -> str:
        tells = "progress told" if self.dialect is Dialect.YIBU else "no progress told"
        return f"renders of {self.renders}, {tells}"


_LENGTHS: dict[str, tuple[float, ...]] = {
    "20 s": (20,),
    "150 s": (150,),
    "120 to 180 s": (150, 120, 172, 144, 163, 131, 156, 180, 138, 125, 168, 147, 153),
}
_CASES = [
    _Case(renders=renders, seconds=seconds, dialect=dialect)
    for renders, seconds in _LENGTHS.items()
    for dialect in (Dialect.YIBU, Dialect.NEWAPI)
]


async def looks() -> list[Finding]:
    """All kinds beside each other, each with a bot of its own: what takes minutes here is waiting."""
    async with asyncio.TaskGroup() as tasks:
        measuring = [tasks.create_task(_measured(case)) for case in _CASES]
    return [finding for task in measuring for finding in task.result()]


async def _measured(case: _Case) -> list[Finding]:
    async with sandbox(VideoApiTerms(dialect=case.dialect, seconds=case.seconds)) as place:
        patience = max(case.seconds) + _PATIENCE
        first = await _served(place, _FIRST, "the first", patience)
        then = await _served(place, _NEXT, "the next", patience)
        watched = await _watched(place, first | then)
        taken = of_consumption(place.bot.consumption)
        return [
            Finding(
                subject=f"{case.subject}: first {_FIRST}",
                measured=_told(watched[:_FIRST]) | dict.fromkeys(taken, ""),
            ),
            Finding(subject=f"{case.subject}: next {_NEXT}", measured=_told(watched[_FIRST:]) | taken),
        ]


async def _served(place: Sandbox, number: int, prompt: str, patience: float) -> dict[str, Chat]:
    """Let so many people ask, and return their chats by prompt when all have their videos."""
    asked = {}
    for turn, chat in enumerate(place.add_people(number)):
        words = f"{prompt} sunrise over the sea, take {turn}"
        asked[words] = chat
        place.ask(chat, f"/video {words}")
        await asyncio.sleep(_PAUSE)
    delivered = place.chronicle.delivered
    await place.until(
        "everybody has a video",
        lambda: all(chat.id in delivered for chat in asked.values()),
        seconds=patience,
    )
    return asked


@dataclass(frozen=True, slots=True, kw_only=True)
class _Watched:
    """One video: how often it was looked at, and the seconds from done to the last look and to the chat."""

    looks: int
    until_seen: float
    until_delivered: float


async def _watched(place: Sandbox, asked: dict[str, Chat]) -> list[_Watched]:
    records = {record.prompt: record for record in await place.video_api.report()}
    delivered = place.chronicle.delivered
    return [
        _Watched(
            looks=len(records[words].looks),
            until_seen=(records[words].looks[-1] - records[words].ready_at).total_seconds(),
            until_delivered=(delivered[chat.id] - records[words].ready_at).total_seconds(),
        )
        for words, chat in asked.items()
    ]


def _told(videos: list[_Watched]) -> dict[str, str]:
    numbers = [video.looks for video in videos]
    return {
        "looks at each": f"{mean(numbers):.1f}, at most {max(numbers)}",
        "from “done” to the look that sees it": in_seconds([video.until_seen for video in videos]),
        "from “done” to the video in the chat": in_seconds([video.until_delivered for video in videos]),
    }
