"""What the bot says about the videos that a person has made so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chat import job_texts
from chat.formatting import escaped, side_by_side, when
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.catalogue import Catalogue
from domain.job import Job, State
from handlers.texts import prompt_of

#: Say of a video that was asked for before that it comes.
on_its_way = lazy_gettext("It is on its way already.")
not_found = lazy_gettext(
    "There is no finished video of yours with this number. /history lists those there are."
)
which_one = lazy_gettext(
    "Which one? <code>/show 12</code> shows your video number 12. /history lists them all."
)
newer = lazy_gettext("‹ Newer")
older = lazy_gettext("Older ›")


def history(jobs: Sequence[Job], catalogue: Catalogue, now: datetime) -> str:
    """List videos and what failed, as they are given; a button below each number sends it again."""
    return "\n\n".join(
        (
            _("🎞 <b>Your videos</b>. Tap a number to get that one again, for free."),
            *(_entry(job, catalogue, now) for job in jobs),
        )
    )


def no_history(*, is_group: bool) -> str:
    if is_group:
        return _(
            "You have made no video in this group yet. <code>/video</code> and some words make your first one."
        )
    return _("You have made no video yet. Send me some words, or a photo, and this is where it will be.")


def failed(job: Job) -> str:
    """Say why there is no video of this request."""
    if job.failure is None:
        return prompt_of(job)
    said = job_texts.failure(job.failure, job.failure_detail, is_charged=job.kept_at is not None)
    return f"{prompt_of(job)}\n\n{said}"


def number_of(job: Job) -> str:
    """Name a video on a button."""
    return f"❌ {job.id}" if job.state is State.FAILED else f"🎬 {job.id}"


def _entry(job: Job, catalogue: Catalogue, now: datetime) -> str:
    request = job.request
    model = catalogue.about(request.model)
    title = escaped(model.title if model else request.model)
    facts = [when(job.created_at, now), title, _("{seconds} s").format(seconds=request.seconds)]
    if request.private:
        facts.append(_("private"))
    if job.is_kept:
        facts.append(_("waits for you"))
    lines = [f"{number_of(job)}  {prompt_of(job)}", side_by_side(*facts)]
    if job.failure is not None:
        lines.append(job_texts.why(job.failure))
    return "\n".join(lines)
