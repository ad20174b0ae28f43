"""The status of a job: what is known, what may be expected, and nothing made up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chat import status_texts
from chat.formatting import utf16_length
from chat.language import speaking
from domain.job import Job, State
from domain.outlook import Outlook
from handlers import texts
from tests.handlers.test_texts import PROMPTS, TEXT_LIMIT


def left(seconds: float, *, progress: int | None = None) -> Outlook:
    return Outlook(left=timedelta(seconds=seconds), progress=progress)


STATUSES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "about to be ordered": ({"state": State.QUEUED}, {}, "👍 On it."),
    "in the queue": ({"state": State.QUEUED}, {"position": 3}, "⏳ Number 3 in the queue"),
    "at the end of what is counted": (
        {"state": State.QUEUED},
        {"position": 100},
        "⏳ Number 100 in the queue",
    ),
    "behind more than are counted": (
        {"state": State.QUEUED},
        {"position": 101},
        "⏳ Number 100+ in the queue",
    ),
    "refused as later": (
        {"state": State.QUEUED, "attempts": 1},
        {},
        "⏳ Your video could not be started yet. I keep trying.",
    ),
    "on the wire": ({"state": State.SUBMITTING}, {}, "👍 On it."),
    "finished": ({"state": State.DELIVERING}, {}, "📤 Your video is ready. Sending it…"),
    "does not come through": (
        {"state": State.DELIVERING, "attempts": 2},
        {},
        "📤 Your video is ready. Sending it takes longer than usual, but I keep trying.",
    ),
    "cancelled": ({"state": State.CANCELLED}, {}, "✋ Cancelled. No charge."),
    "over": ({"state": State.DONE}, {}, "✅ Done."),
}
UNTIL = "\nYou can cancel it until it starts."
LONGER = "\nThis takes longer than usual. You get it as soon as it is ready."
LATE = (
    "\nThis takes much longer than usual. You get it as soon as it is ready, "
    "and it does not hold up your other videos."
)
#: What is known of a video that renders, and what is said.
RENDERING: dict[str, tuple[Outlook, str]] = {
    "nothing": (Outlook(), "🎬 Your video is being made."),
    "how far it is": (Outlook(progress=47), "🎬 Your video is being made · 47%"),
    "how long it takes": (left(65), "🎬 Your video is being made · about 1 min left"),
    "both": (left(24.9, progress=40), "🎬 40% · about 20 sec left"),
    "half a minute": (left(39.9, progress=40), "🎬 40% · about 35 sec left"),
    "minutes": (left(159, progress=7), "🎬 7% · about 2 min 30 sec left"),
    "many minutes": (left(900, progress=10), "🎬 10% · about 15 min left"),
    "the last five seconds": (left(5, progress=90), "🎬 90% · about 5 sec left"),
    "less": (left(4.9, progress=90), "🎬 90% · a few seconds left"),
    "only that it is less": (left(0.1), "🎬 Your video is being made · a few seconds left"),
    "longer than usual": (
        Outlook(progress=90, takes_longer=True),
        "🎬 Your video is being made · 90%" + LONGER,
    ),
    "late": (Outlook(takes_longer=True, is_late=True), "🎬 Your video is being made." + LATE),
}


@pytest.mark.parametrize(("facts", "known", "said"), STATUSES.values(), ids=STATUSES)
def test_a_status_says_where_the_job_is(
    facts: dict[str, Any], known: dict[str, Any], said: str, now: datetime, job_in: Callable[..., Job]
) -> None:
    job = replace(job_in(State.QUEUED, ordered_at=now - timedelta(seconds=65)), **facts)
    assert status_texts.status(job, now, **known) == said + (UNTIL if known else "")


@pytest.mark.parametrize(("outlook", "said"), RENDERING.values(), ids=RENDERING)
def test_a_video_that_is_being_made_says_how_far_it_is_and_how_long_it_still_takes(
    outlook: Outlook, said: str, now: datetime, job_in: Callable[..., Job]
) -> None:
    assert status_texts.status(job_in(State.RENDERING), now, outlook=outlook) == said


def test_numbers_and_times_are_the_reader_s(now: datetime, job_in: Callable[..., Job]) -> None:
    with speaking("de"):
        told = status_texts.status(job_in(State.RENDERING), now, outlook=left(80, progress=40))
    assert [part in told for part in ("40\u00a0%", "1 Min 20 Sek")] == [True, True]


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        (-5, "starts any moment"),
        (4, "starts any moment"),
        (61, "starts in about 1 min"),
        (599, "starts in about 9 min 50 sec"),
        (4000, "starts in about 1 hr 6 min"),
    ],
)
def test_whoever_waits_is_told_when_it_should_start(
    wait: float, said: str, now: datetime, job_in: Callable[..., Job]
) -> None:
    job, starts_at = job_in(State.QUEUED), now + timedelta(seconds=wait)
    told = status_texts.status(job, now, position=2, starts_at=starts_at)
    listed = status_texts.job_line(job, now, position=2, starts_at=starts_at)
    line = f"⏳ Number 2 in the queue · {said}"
    assert (told, listed) == (line + UNTIL, f"<b>{job.request.prompt}</b>\n{line}")


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
    lines = [status_texts.job_line(job, now)] * texts.JOBS_IN_LIST
    assert utf16_length(read("\n\n".join([texts.older_jobs(1000), *lines]))) <= TEXT_LIMIT
