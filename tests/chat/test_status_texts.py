"""The status of a job: what is known, what may be expected, and nothing made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chat import status_texts
from chat.formatting import utf16_length
from domain.job import Job, State
from domain.render_times import Typical
from handlers import texts
from tests.handlers.test_texts import PROMPTS, TEXT_LIMIT


def typical(lower: float, median: float, upper: float) -> Typical:
    seconds = (timedelta(seconds=number) for number in (lower, median, upper))
    return Typical(**dict(zip(("lower", "median", "upper"), seconds, strict=True)))


STATUSES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "about to be ordered": ({"state": State.QUEUED}, {}, "👍 Accepted. Your video is about to be ordered."),
    "in the queue": ({"state": State.QUEUED}, {"position": 3}, "⏳ Accepted. Place 3 in the queue."),
    "at the end of what is counted": (
        {"state": State.QUEUED},
        {"position": 100},
        "⏳ Accepted. Place 100 in the queue.",
    ),
    "behind more than are counted": (
        {"state": State.QUEUED},
        {"position": 101},
        "⏳ Accepted. Place 100+ in the queue.",
    ),
    "refused as later": (
        {"state": State.QUEUED, "attempts": 1},
        {},
        "⏳ Your video cannot be ordered yet. I keep trying.",
    ),
    "on the wire": ({"state": State.SUBMITTING}, {}, "👍 Accepted. Your video is about to be ordered."),
    "finished": ({"state": State.DELIVERING}, {}, "📤 Your video is ready. Sending it…"),
    "does not come through": (
        {"state": State.DELIVERING, "attempts": 2},
        {},
        "📤 Your video is ready, but it does not come through yet. I keep trying.",
    ),
    "called off": ({"state": State.CANCELLED}, {}, "✋ Cancelled. It did not count."),
    "over": ({"state": State.DONE}, {}, "✅ Done."),
}
#: Of a job that was ordered 65 seconds ago: its progress, what is typical, and what is said below "is being made".
RENDERING: dict[str, tuple[dict[str, Any], Typical | None, list[str]]] = {
    "nothing known": ({}, None, ["1:05 so far"]),
    "a usual time": (
        {},
        typical(131, 152, 176),
        ["1:05 so far · usually 2:10–3:00", "It should be ready in about 1:30."],
    ),
    "a usual time without spread": (
        {},
        typical(150, 150, 150),
        ["1:05 so far · usually 2:30", "It should be ready in about 1:30."],
    ),
    "a short usual time": ({}, typical(61, 62, 62.5), ["1:05 so far · usually 1:00–1:10", "longer"]),
    "a very short usual time": ({}, typical(0.2, 0.4, 0.5), ["1:05 so far · usually 0:01", "longer"]),
    "past the middle of the usual time": ({}, typical(40, 60, 80), ["1:05 so far · usually 0:40–1:20"]),
    "a moment before the usual end": (
        {},
        typical(60, 66, 90),
        ["1:05 so far · usually 1:00–1:30", "It should be ready in about 0:10."],
    ),
    "progress of its own": (
        {"progress": 47, "pace": 1.0},
        None,
        ["▰▰▰▰▱▱▱▱▱▱ 47%", "1:05 so far", "It should be ready in about 1:00."],
    ),
    "progress without a pace": ({"progress": 47}, None, ["▰▰▰▰▱▱▱▱▱▱ 47%", "1:05 so far"]),
    "a first impression": ({"progress": 9, "pace": 9.0}, None, ["▱▱▱▱▱▱▱▱▱▱ 9%", "1:05 so far"]),
    "late by the usual time": ({}, typical(20, 30, 40), ["1:05 so far · usually 0:20–0:40", "longer"]),
    "late by the usual time, but near its end": (
        {"progress": 90, "pace": 1.0},
        typical(20, 30, 40),
        ["▰▰▰▰▰▰▰▰▰▱ 90%", "1:05 so far · usually 0:20–0:40", "It should be ready in about 0:10."],
    ),
    "a long wait": (
        {"progress": 10, "pace": 0.1},
        None,
        ["▰▱▱▱▱▱▱▱▱▱ 10%", "1:05 so far", "It should be ready in about 15 min."],
    ),
}
LATE = "It holds up none of your other videos."
LONGER = "This takes longer than usual. I keep watching, and you get it whenever it is ready."


@pytest.mark.parametrize(("seconds", "said"), [(4, []), (5, ["0:05 so far"])])
def test_the_first_moments_are_nothing_to_tell_of(
    seconds: int, said: list[str], now: datetime, job_in: Callable[..., Job]
) -> None:
    job = job_in(State.RENDERING, ordered_at=now - timedelta(seconds=seconds))
    assert status_texts.status(job, now).split("\n")[1:] == said


@pytest.mark.parametrize(("facts", "known", "said"), STATUSES.values(), ids=STATUSES)
def test_a_status_says_where_the_job_is(
    facts: dict[str, Any], known: dict[str, Any], said: str, now: datetime, job_in: Callable[..., Job]
) -> None:
    job = replace(job_in(State.QUEUED, ordered_at=now - timedelta(seconds=65)), **facts)
    assert status_texts.status(job, now, **known) == said


@pytest.mark.parametrize(("facts", "usual", "lines"), RENDERING.values(), ids=RENDERING)
def test_a_video_that_is_being_made_says_how_far_it_is_and_when_it_should_be_ready(
    facts: dict[str, Any], usual: Typical | None, lines: list[str], now: datetime, job_in: Callable[..., Job]
) -> None:
    seen_at = now - timedelta(seconds=1)
    job = job_in(
        State.RENDERING,
        ordered_at=now - timedelta(seconds=65),
        progress_at=seen_at if facts else None,
        **facts,
    )
    said = status_texts.status(job, now, typical=usual)
    assert said.split("\n") == [
        "🎬 Your video is being made.",
        *(LONGER if line == "longer" else line for line in lines),
    ]


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (-5, "It should begin any moment."),
        (9, "It should begin any moment."),
        (61, "It should begin in about 1:10."),
        (600, "It should begin in about 10:00."),
        (4000, "It should begin in about 1 hr 7 min."),
    ],
)
def test_whoever_waits_is_told_when_it_should_begin(
    wait: float, said: str, now: datetime, job_in: Callable[..., Job]
) -> None:
    starts_at = now + timedelta(seconds=wait)
    told = status_texts.status(job_in(State.QUEUED), now, position=2, starts_at=starts_at)
    assert told == f"⏳ Accepted. Place 2 in the queue.\n{said}"


@pytest.mark.parametrize(
    ("late_after", "told"), [(21, f"\n{LONGER}\n{LATE}"), (22, "")], ids=["late", "in time"]
)
def test_a_video_is_late_when_the_operator_finds_so_whatever_is_usual(
    now: datetime, job_in: Callable[..., Job], late_after: int, told: str
) -> None:
    job = job_in(State.RENDERING, ordered_at=now - timedelta(minutes=21, seconds=1))
    said = status_texts.status(job, now, late_after=timedelta(minutes=late_after))
    assert said.endswith(f"21:01 so far{told}")


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_the_longest_list_of_jobs_fits(
    prompt: str, now: datetime, job_in: Callable[..., Job], read: Callable[[str], str]
) -> None:
    job = job_in(
        State.RENDERING,
        prompt=prompt,
        video_id="v",
        progress=100,
        ordered_at=now - timedelta(hours=23, minutes=59, seconds=59),
    )
    lines = [status_texts.job_line(job, now, None)] * texts.JOBS_IN_LIST
    assert utf16_length(read("\n\n".join([texts.older_jobs(1000), *lines]))) <= TEXT_LIMIT
