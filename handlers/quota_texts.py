"""What the bot says about credits: what is left, what is under way, and why a request cannot be paid for."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.quota_refusals import AllowanceSpent, BudgetSpent, TooDear
from handlers.language import gettext as _
from handlers.language import ngettext
from handlers.measures import credits_of, duration

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.job import Job
    from domain.quota import Funds
    from domain.refusals import QuotaRefusal


def left(funds: Funds) -> str:
    quota = funds.own
    if quota.allowance is None:
        return _("You may make as many videos as you like. A video that fails never counts.")
    return _("Left today: <b>{left} of {allowance}</b>. A video that fails never counts.").format(
        left=quota.left, allowance=credits_of(quota.allowance)
    )


def report(funds: Funds, jobs: Sequence[Job]) -> str:
    quota, lines = funds.own, [left(funds)]
    if jobs:
        lines.append(
            ngettext("{n} video is under way: /jobs", "{n} videos are under way: /jobs", len(jobs)).format(
                n=len(jobs)
            )
        )
    if quota.allowance is not None and quota.charges and quota.left is not None:
        more = quota.frees_at(min(quota.allowance, quota.left + 1))
        if more is not None and more > quota.now:
            lines.append(_("More frees up in {wait}.").format(wait=duration(more - quota.now)))
    return "\n".join(lines)


def refusal(refused: QuotaRefusal) -> str:
    """Say why a request cannot be paid for."""
    match refused:
        case AllowanceSpent():
            return _spent(refused)
        case TooDear():
            return _too_dear(refused)
        case BudgetSpent(wait=None):
            return _("Everybody together may spend nothing more here. Whoever runs this bot can change that.")
        case BudgetSpent(wait=timedelta() as wait):
            return _(
                "Everybody together has spent what this bot may spend in a day. It works again in {wait}."
            ).format(wait=duration(wait))
        case _:
            return _("You may not spend this much now.")


def _spent(refused: AllowanceSpent) -> str:
    if refused.left:
        wrong = _("This costs {price}, and you have {left} left today.").format(
            price=credits_of(refused.price), left=credits_of(refused.left)
        )
    else:
        wrong = _("You have used your {allowance} for today.").format(allowance=credits_of(refused.allowance))
    return f"{wrong} " + _("It works again in {wait}.").format(wait=duration(refused.wait))


def _too_dear(refused: TooDear) -> str:
    if refused.allowance == 0:
        return _("You have no credits to spend here. Whoever runs this bot gives them out.")
    return _(
        "This costs {price}, and you may spend {allowance} a day. "
        "A shorter video or another model costs less: /models shows the prices."
    ).format(price=credits_of(refused.price), allowance=credits_of(refused.allowance))
