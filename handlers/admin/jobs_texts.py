"""What `/job` and `/retry` say: everything about one job, for admins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from babel.dates import format_datetime

from chat import failure_texts, formatting, job_texts
from chat.formatting import clock_time, credits_of, escaped, moment, per_cent, side_by_side
from chat.language import gettext as _
from chat.language import lazy_gettext, locale, mark
from domain.account import Account
from domain.catalogue import Catalogue
from domain.failures import FailureReason
from domain.job import OVER, Job, State
from domain.money import Money
from domain.provider import MAIN
from storage.job_history import JobHistory, Move

_LONGEST_PROMPT = 800
_LONGEST_WORDS = 400
#: Of an id, which with some APIs has thousands of characters.
_LONGEST_ID = 255
_LONGEST_NAME = 60
#: So many moves, the last ones, are told: an order that is put back over and over has hundreds.
_MOVES_TOLD = 12

_STATES = {
    State.QUEUED: mark("in the queue"),
    State.SUBMITTING: mark("being ordered"),
    State.RENDERING: mark("being made"),
    State.DELIVERING: mark("being delivered"),
    State.DONE: mark("delivered"),
    State.FAILED: mark("failed"),
    State.CANCELLED: mark("cancelled"),
}

# Translators: at most 27 characters, for it stands on a button behind the command.
job_in_menu = lazy_gettext("Everything about one video")
# Translators: at most 27 characters, for it stands on a button behind the command.
retry_in_menu = lazy_gettext("Make a failed video again")
which_job = lazy_gettext("Which one? <code>/job 12</code> shows everything about number 12.")
which_retry = lazy_gettext(
    "Which one? <code>/retry 12</code> makes number 12 again, for the person who asked for it."
)
no_such_job = lazy_gettext("There is no video with this number, or its owner has deleted their data.")
#: What stands on the button.
retry = lazy_gettext("🔁 Make it again for them")


def job_history(
    known: JobHistory, people: Sequence[Account], catalogue: Catalogue, now: datetime, *, held: str = ""
) -> str:
    """Tell a job's whole history; `people` are those in it, and `held` why it waits if it is held."""
    job = known.job
    blocks = [
        "\n".join(_head(job, now)),
        "\n".join(_request(job, catalogue)),
        "\n".join(_people(known, {account.id: account for account in people})),
        "\n".join(_way(known.moves)),
        "\n".join(_order(job, catalogue, now)),
        held,
        "\n".join(_failure(job)),
    ]
    return "\n\n".join(block for block in blocks if block)


def retried(job: Job) -> str:
    return _("🔁 Being made again, as number {number}: /job {number}").format(number=job.id)


def retried_before(job: Job) -> str:
    return _("Already tried again, as number {number}: /job {number}").format(number=job.id)


def ended_well(job: Job) -> str:
    if job.state in OVER:
        return _("This video did not fail.")
    return _("This video is still in progress.")


def _head(job: Job, now: datetime) -> Sequence[str]:
    return [
        _("🎞 <b>Number {number}</b>: {state}").format(number=job.id, state=_state(job)),
        _("Asked for {moment}").format(moment=moment(job.created_at, now)),
    ]


def _state(job: Job) -> str:
    if job.is_kept:
        return _("made and kept: the chat can't be reached")
    return _(_STATES[job.state])


def _request(job: Job, catalogue: Catalogue) -> Sequence[str]:
    request = job.request
    lines = [formatting.quoted(request.prompt, _LONGEST_PROMPT)]
    if request.private:
        lines.insert(0, _("🔒 Private: please keep this prompt to yourself."))
    lines.append(job_texts.what_makes_it(request, catalogue.about(request.model)))
    if request.photos:
        lines.append(_("Photos: {number}").format(number=len(request.photos)))
    if request.original is not None:
        lines.append(_("A change of number {number}").format(number=request.original.job_id))
    return lines


def _people(known: JobHistory, people: dict[int, Account]) -> Sequence[str]:
    place = known.job.place
    lines = [_("Who: {who}").format(who=_who(place.requester_id, people))]
    if place.is_group:
        lines.append(_("Where: {where}").format(where=_who(place.chat_id, people)))
    price = credits_of(known.job.request.price)
    if place.account_id != place.requester_id:
        lines.append(_("Paid by: {who}").format(who=_who(place.account_id, people)))
    if known.of_grants:
        lines.append(
            _("Price: {price}, of these granted: {granted}").format(price=price, granted=known.of_grants)
        )
    else:
        lines.append(_("Price: {price}").format(price=price))
    return lines


def _who(account_id: int, people: dict[int, Account]) -> str:
    account = people.get(account_id)
    called = [f"<code>{account_id}</code>"]
    if account is not None and account.username:
        called.insert(0, f"@{escaped(account.username)}")
    if account is not None and account.name:
        called.insert(0, escaped(account.name[:_LONGEST_NAME]))
    return side_by_side(*called)


def _way(moves: Sequence[Move]) -> Sequence[str]:
    told = moves[-_MOVES_TOLD:]
    left_out = len(moves) - len(told)
    return [
        _("<b>History</b> (UTC)"),
        *(["…"] if left_out else []),
        *(
            f"{format_datetime(move.at, 'HH:mm:ss', locale=locale())}  {_(_STATES[move.state])}"
            for move in told
        ),
    ]


def _cost_of(job: Job, catalogue: Catalogue) -> Money | None:
    """Return what the job costs us, by the catalogue if nothing more is known; None if it costs nothing or nobody knows."""
    if job.cost is not None or job.rendered_at is None:
        return job.cost
    amount = catalogue.cost_of(job.request.model, job.request.seconds, job.request.size)
    return None if amount is None else Money(amount, catalogue.currency)


def _order(job: Job, catalogue: Catalogue, now: datetime) -> Sequence[str]:
    lines = []
    if job.attempts:
        lines.append(_("Failed attempts of this step: {number}").format(number=job.attempts))
    if job.video_id is not None:
        shown = job.video_id[:_LONGEST_ID] + "…" * (len(job.video_id) > _LONGEST_ID)
        video_id = escaped(shown)
        lines.append(_("The API calls it <code>{video_id}</code>").format(video_id=video_id))
    if job.provider is not None and job.provider != MAIN:
        lines.append(_("Ordered from {provider}").format(provider=job.provider))
    if cost := _cost_of(job, catalogue):
        lines.append(_("API cost: {cost}").format(cost=formatting.cost(cost)))
    if job.ordered_at is not None and job.state is State.RENDERING:
        lines.append(_("Ordered {elapsed} ago").format(elapsed=clock_time(now - job.ordered_at)))
    if job.progress is not None and job.state is State.RENDERING:
        lines.append(_("Progress: {progress}").format(progress=per_cent(job.progress)))
    if job.ordered_at is not None and job.rendered_at is not None:
        lines.append(_("Made in {time}").format(time=clock_time(job.rendered_at - job.ordered_at)))
    return lines


def _failure(job: Job) -> Sequence[str]:
    if job.failure is None:
        return []
    lines = [f"❌ {failure_texts.why(job.failure)}"]
    if job.failure_detail and job.failure is not FailureReason.PHOTO_BROKEN:
        lines += [_("The API says:"), formatting.quoted(job.failure_detail, _LONGEST_WORDS)]
    if job.failure is FailureReason.UNKNOWN_OUTCOME:
        lines.append(
            _(
                "⚠️ The API may have taken this order and charged for it. "
                "Its own list of orders shows whether it did: look for the time above."
            )
        )
        if job.order_key is not None:
            key = escaped(job.order_key)
            lines.append(_("Our key for the order: <code>{key}</code>").format(key=key))
    if job.kept_at is None:
        lines.append(_("No charge."))
    return lines
