"""Where a job is, in words: for its status message, and for the list of what is under way."""

from __future__ import annotations

from datetime import datetime, timedelta

from chat.formatting import about, duration, escaped, per_cent
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.hold import Hold, HoldCause
from domain.job import Job, State
from domain.outlook import Outlook, outlook_of
from domain.queue import COUNTED_POSITIONS

_PROMPT_IN_LIST = 60
#: Of an admin's reason; the longest list of jobs has to hold it for each.
_REASON = 100
#: What begins or ends sooner than this is not told in seconds.
_ANY_MOMENT = timedelta(seconds=5)

kept = lazy_gettext(
    "📦 Your video is ready, but I cannot send it here or in your private chat. Get it from /history."
)
#: Say that a video that was kept is on its way.
fetching = lazy_gettext("📤 Getting your video…")
redirected = lazy_gettext("📬 I cannot send the video here, so it goes to your private chat.")
_accepted = lazy_gettext("👍 On it.")


def status(
    job: Job,
    now: datetime,
    *,
    position: int | None = None,
    starts_at: datetime | None = None,
    hold: Hold | None = None,
    outlook: Outlook | None = None,
) -> str:
    """Show where a job is; `position` in the queue and when it should start, if these are known.

    `hold` is why it is not ordered, if it is held; `outlook` what is known of one that renders, if more than the job tells.
    """
    match job.state:
        case State.QUEUED:
            return _queued(job, now, position=position, starts_at=starts_at, hold=hold)
        case State.SUBMITTING:
            return _accepted()
        case State.RENDERING:
            return _rendering(outlook or outlook_of(job, now))
        case State.DELIVERING if job.attempts:
            return _("📤 Your video is ready. Sending it takes longer than usual, but I keep trying.")
        case State.DELIVERING:
            return _("📤 Your video is ready. Sending it…")
        case _:
            return _("✋ Cancelled. No charge.") if job.state is State.CANCELLED else _("✅ Done.")


def unanswered(job: Job) -> str:
    """Say that a request was cancelled, for nobody said that it is still wanted."""
    return _("✋ Cancelled, because nobody confirmed it: {prompt}\nNo charge.").format(prompt=_prompt_of(job))


def job_line(
    job: Job,
    now: datetime,
    *,
    position: int | None = None,
    starts_at: datetime | None = None,
    hold: Hold | None = None,
    outlook: Outlook | None = None,
) -> str:
    """Show where a job is in a list of several; the facts are those of `status`."""
    if job.state is not State.QUEUED or job.is_asked_about:
        return f"{_prompt_of(job)}\n{status(job, now, outlook=outlook)}"
    if hold is not None:
        return f"{_prompt_of(job)}\n{why_held(hold)}"
    return f"{_prompt_of(job)}\n{_in_line(job, now, position, starts_at)}"


def held(hold: Hold) -> str:
    """Say why a job waits that would be ordered otherwise, and that nothing is lost by it."""
    keeps = _("Your video keeps its place and starts by itself. No charge if you cancel it.")
    return f"{why_held(hold)}\n{keeps}"


def why_held(hold: Hold) -> str:
    match hold.cause:
        case HoldCause.PAUSE if hold.why:
            why = escaped(hold.why, _REASON)
            return _("⏸ New videos are paused: {why}").format(why=why)
        case HoldCause.PAUSE:
            return _("⏸ New videos are paused at the moment.")
        case HoldCause.MODEL:
            return _("⏸ The video service is not accepting videos for this model right now.")
        case _:
            return _("⏸ The video service is not accepting videos right now.")


def _prompt_of(job: Job) -> str:
    return f"<b>{escaped(job.request.prompt, _PROMPT_IN_LIST)}</b>"


def _still_wanted(job: Job) -> str:
    """Ask; the words stay the same however often they are shown."""
    waited = (job.asked_at or job.created_at) - (job.wanted_at or job.created_at)
    return _(
        "🕰 {prompt}\nThis has waited for {wait}, and now it can start. Do you still want it?\n"
        "Without an answer within a day I cancel it, at no charge."
    ).format(prompt=_prompt_of(job), wait=duration(waited))


def _over_budget(wait: timedelta) -> str:
    return _(
        "⏸ The bot's budget for the day is used up. "
        "Your video starts by itself in about {wait}. No charge if you cancel it."
    ).format(wait=duration(wait))


def _queued(
    job: Job, now: datetime, *, position: int | None, starts_at: datetime | None, hold: Hold | None
) -> str:
    if job.is_asked_about:
        return _still_wanted(job)
    if hold is not None:
        return held(hold)
    line = _in_line(job, now, position, starts_at)
    if position is None or _is_over_budget(job, now):
        return line
    until_then = _("You can cancel it until it starts.")
    return f"{line}\n{until_then}"


def _is_over_budget(job: Job, now: datetime) -> bool:
    return job.over_budget_until is not None and job.over_budget_until > now


def _in_line(job: Job, now: datetime, position: int | None, starts_at: datetime | None) -> str:
    """Say in one line what a job waits for that nothing holds up."""
    if job.over_budget_until is not None and job.over_budget_until > now:
        return _over_budget(job.over_budget_until - now)
    if position is None:
        return _("⏳ Your video could not be started yet. I keep trying.") if job.attempts else _accepted()
    place = str(position) if position <= COUNTED_POSITIONS else f"{COUNTED_POSITIONS}+"
    if starts_at is None:
        return _("⏳ Number {place} in the queue").format(place=place)
    if starts_at - now < _ANY_MOMENT:
        return _("⏳ Number {place} in the queue · starts any moment").format(place=place)
    return _("⏳ Number {place} in the queue · starts in about {wait}").format(
        place=place, wait=about(starts_at - now)
    )


def _rendering(outlook: Outlook) -> str:
    line = _progress(outlook)
    if outlook.is_late:
        late = _(
            "This takes much longer than usual. You get it as soon as it is ready, "
            "and it does not hold up your other videos."
        )
        return f"{line}\n{late}"
    if outlook.takes_longer:
        longer = _("This takes longer than usual. You get it as soon as it is ready.")
        return f"{line}\n{longer}"
    return line


def _progress(outlook: Outlook) -> str:
    """Say in one line how far a video is, and how long it should still take, as far as either is known."""
    if outlook.progress is None:
        return _progress_by_time(outlook.left)
    percent = per_cent(outlook.progress)
    if outlook.left is None:
        return _("🎬 Your video is being made · {percent}").format(percent=percent)
    if outlook.left < _ANY_MOMENT:
        return _("🎬 {percent} · a few seconds left").format(percent=percent)
    return _("🎬 {percent} · about {wait} left").format(percent=percent, wait=about(outlook.left))


def _progress_by_time(left: timedelta | None) -> str:
    if left is None:
        return _("🎬 Your video is being made.")
    if left < _ANY_MOMENT:
        return _("🎬 Your video is being made · a few seconds left")
    return _("🎬 Your video is being made · about {wait} left").format(wait=about(left))


def waiting(number: int) -> str:
    return ngettext("{n} request waits.", "{n} requests wait.", number).format(n=number)
