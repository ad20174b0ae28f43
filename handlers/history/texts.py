"""What the bot says about the videos that a person has made so far."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from chat import failure_texts
from chat.formatting import escaped, side_by_side, when
from chat.language import gettext as _
from chat.language import lazy_gettext
from domain.catalogue import Catalogue
from domain.job import Job, State
from handlers.texts import prompt_of

#: Say of a video that was asked for before that it comes.
on_its_way = lazy_gettext("Your video is already on its way.")
not_found = lazy_gettext("You have no finished video with this number. /history lists your videos.")
which_one = lazy_gettext(
    "Which one? <code>/show 12</code> shows your video number 12. /history lists them all."
)
newer = lazy_gettext("‹ Newer")
older = lazy_gettext("Older ›")


def history(jobs: Sequence[Job], catalogue: Catalogue, now: datetime) -> str:
    """List videos and what failed, as they are given; a button below each number sends it again."""
    return "\n\n".join((_heading(jobs), *(_entry(job, catalogue, now) for job in jobs)))


def _heading(jobs: Sequence[Job]) -> str:
    if all(job.failure is not None for job in jobs):
        return _("🎞 <b>Your videos</b>. Tap a number to see what went wrong.")
    return _("🎞 <b>Your videos</b>. Tap a number to get that video again, for free.")


def no_history(*, is_group: bool) -> str:
    if is_group:
        return _(
            "You have not made a video in this group yet. Start with <code>/video</code> and a description."
        )
    return _("You have not made a video yet. Send me a description or a photo, and your video appears here.")


def failed(job: Job) -> str:
    """Say why there is no video of this request."""
    if job.failure is None:
        return prompt_of(job)
    return f"{prompt_of(job)}\n\n{failure_texts.failure(job)}"


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
        lines.append(failure_texts.in_a_line(job))
    return "\n".join(lines)
