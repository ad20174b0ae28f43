"""Where a job is, in words: for its status message, and for the list of what is under way."""

from __future__ import annotations

from datetime import datetime, timedelta

from chat.formatting import bar, clock_time, duration, escaped, per_cent
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.hold import Hold, HoldCause
from domain.job import Job, State
from domain.queue import COUNTED_POSITIONS
from domain.render_times import Typical
from domain.retry import LATE_AFTER, expected_remainder, is_late, takes_longer

_PROMPT_IN_LIST = 60
#: Of an admin's reason; the longest list of jobs has to hold it for each.
_REASON = 100
#: A promise is no more exact than this.
_STEP = timedelta(seconds=10)
#: What took less is nothing to tell of.
_WORTH_TELLING = timedelta(seconds=5)
#: What takes longer than this is told in whole minutes.
_LONG = timedelta(minutes=10)

kept = lazy_gettext(
    "📦 The video is made, but I may send it neither here nor in private. It waits in /history."
)
#: Say that a video that was kept is on its way.
fetching = lazy_gettext("📤 Bringing you your video…")
redirected = lazy_gettext("📬 I may not send the video here, so I bring it in private to who asked.")
_accepted = lazy_gettext("👍 Accepted. Your video is about to be ordered.")


def status(
    job: Job,
    now: datetime,
    *,
    position: int | None = None,
    starts_at: datetime | None = None,
    typical: Typical | None = None,
    hold: Hold | None = None,
    late_after: timedelta = LATE_AFTER,
) -> str:
    """Show where a job is; `position` in the queue and when it should be ordered, if these are known.

    `typical` is how long such videos took before, None if nobody knows; `hold` is why it is not ordered, if it is held. A job
    that renders for more than `late_after` is late.
    """
    match job.state:
        case State.QUEUED:
            return _queued(job, now, position=position, starts_at=starts_at, hold=hold)
        case State.SUBMITTING:
            return _accepted()
        case State.RENDERING:
            return _rendering(job, now, typical, late_after)
        case State.DELIVERING if job.attempts:
            return _("📤 Your video is ready, but it does not come through yet. I keep trying.")
        case State.DELIVERING:
            return _("📤 Your video is ready. Sending it…")
        case _:
            return _("✋ Cancelled. It did not count.") if job.state is State.CANCELLED else _("✅ Done.")


def unanswered(job: Job) -> str:
    """Say that a request was called off, for nobody said that it is still wanted."""
    return _(
        "✋ Nobody said that this is still wanted, so I called it off: {prompt}\nIt did not count."
    ).format(prompt=_prompt_of(job))


def job_line(
    job: Job,
    now: datetime,
    position: int | None,
    hold: Hold | None = None,
    *,
    late_after: timedelta = LATE_AFTER,
) -> str:
    if hold is not None and job.state is State.QUEUED and not job.is_asked_about:
        return f"{_prompt_of(job)}\n{why_held(hold)}"
    return f"{_prompt_of(job)}\n{status(job, now, position=position, late_after=late_after)}"


def held(hold: Hold) -> str:
    """Say why a job waits that would be ordered otherwise, and that nothing is lost by it."""
    keeps = _(
        "Yours keeps its place and goes out by itself, there is nothing to do. If you cancel it, it does not count."
    )
    return f"{why_held(hold)}\n{keeps}"


def why_held(hold: Hold) -> str:
    match hold.cause:
        case HoldCause.PAUSE if hold.why:
            why = escaped(hold.why, _REASON)
            return _("⏸ New videos are paused: {why}").format(why=why)
        case HoldCause.PAUSE:
            return _("⏸ New videos are paused at the moment.")
        case HoldCause.MODEL:
            return _("⏸ The video service does not take orders for this model at the moment.")
        case _:
            return _("⏸ The video service does not take orders at the moment.")


def _prompt_of(job: Job) -> str:
    return f"<b>{escaped(job.request.prompt, _PROMPT_IN_LIST)}</b>"


def _still_wanted(job: Job) -> str:
    """Ask; the words stay the same however often they are shown."""
    waited = (job.asked_at or job.created_at) - (job.wanted_at or job.created_at)
    return _(
        "🕰 {prompt}\nThis has waited for {wait}, and now it is its turn. Is it still wanted?\n"
        "If nobody says so within a day, I call it off, and it does not count."
    ).format(prompt=_prompt_of(job), wait=duration(waited))


def _over_budget(wait: timedelta) -> str:
    return _(
        "⏸ This bot's budget for the day is spent. "
        "Your request goes out by itself in about {wait}. If you cancel it, it does not count."
    ).format(wait=duration(wait))


def _queued(
    job: Job, now: datetime, *, position: int | None, starts_at: datetime | None, hold: Hold | None
) -> str:
    if job.is_asked_about:
        return _still_wanted(job)
    if hold is not None:
        return held(hold)
    if job.over_budget_until is not None and job.over_budget_until > now:
        return _over_budget(job.over_budget_until - now)
    if position is not None:
        return _waiting(position, None if starts_at is None else starts_at - now)
    return _("⏳ Your video cannot be ordered yet. I keep trying.") if job.attempts else _accepted()


def _waiting(position: int, wait: timedelta | None) -> str:
    counted = str(position) if position <= COUNTED_POSITIONS else f"{COUNTED_POSITIONS}+"
    accepted = _("⏳ Accepted. Place {place} in the queue.").format(place=counted)
    if wait is None:
        return accepted
    if wait < _STEP:
        begins = _("It should begin any moment.")
    else:
        begins = _("It should begin in about {wait}.").format(wait=_about(wait))
    return f"{accepted}\n{begins}"


def _rendering(job: Job, now: datetime, typical: Typical | None, late_after: timedelta) -> str:
    lines = [_("🎬 Your video is being made.")]
    if job.progress:
        lines.append(f"{bar(job.progress)} {per_cent(job.progress)}")
    if job.ordered_at is not None and (typical is not None or now - job.ordered_at >= _WORTH_TELLING):
        lines.append(_elapsed(now - job.ordered_at, typical))
    remainder = expected_remainder(job, now, typical=typical)
    if remainder is not None:
        lines.append(_("It should be ready in about {wait}.").format(wait=_about(remainder)))
    elif takes_longer(job, now, typical=typical, late_after=late_after):
        lines.append(_("This takes longer than usual. I keep watching, and you get it whenever it is ready."))
    if is_late(job, now, late_after=late_after):
        lines.append(_("It holds up none of your other videos."))
    return "\n".join(lines)


def _elapsed(elapsed: timedelta, typical: Typical | None) -> str:
    if typical is None:
        return _("{elapsed} so far").format(elapsed=clock_time(elapsed))
    shortest, longest = _usual(typical)
    if shortest == longest:
        return _("{elapsed} so far · usually {time}").format(elapsed=clock_time(elapsed), time=longest)
    return _("{elapsed} so far · usually {shortest}–{longest}").format(
        elapsed=clock_time(elapsed), shortest=shortest, longest=longest
    )


def _usual(typical: Typical) -> tuple[str, str]:
    step = _STEP if typical.upper >= 6 * _STEP else timedelta(seconds=1)
    shortest = max(step, typical.lower // step * step)
    return clock_time(shortest), clock_time(_rounded_up(typical.upper, step))


def _about(wait: timedelta) -> str:
    """Write a wait that is only foreseen: in steps of ten seconds, or in whole minutes if it is long."""
    return duration(wait) if wait > _LONG else clock_time(_rounded_up(wait, _STEP))


def _rounded_up(span: timedelta, step: timedelta) -> timedelta:
    return -(-span // step) * step


def waiting(number: int) -> str:
    return ngettext("{n} request waits.", "{n} requests wait.", number).format(n=number)
