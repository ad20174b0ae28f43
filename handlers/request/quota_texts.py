"""What the bot says about credits: what is left, what is under way, and why a request cannot be paid for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from chat.formatting import credits_of, duration, in_sequence
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.job import Job
from domain.quota import Funds, Quota
from domain.quota_refusals import AllowanceSpent, BudgetSpent, Payers, TooDear, TooManyFailures
from domain.refusals import QuotaRefusal


def left(funds: Funds) -> str:
    """Say what may be spent now, and by whom."""
    group = funds.own if funds.payers is Payers.GROUP else funds.paying_group
    if funds.left is None:
        return _without_end(group)
    sentences = _of_payers(funds, group)
    if funds.braked_until is not None:
        sentences.append(_braked(len(funds.failures), funds.braked_until - funds.own.now))
    elif funds.is_bound_by_budget:
        sentences.append(_bound(funds.left))
    return in_sequence([*sentences, _("A video that fails costs nothing.")])


def report(funds: Funds, jobs: Sequence[Job]) -> str:
    """Say what may be spent, what is under way, and when there is more."""
    lines = [left(funds)]
    if jobs:
        lines.append(
            ngettext("{n} video in progress: /jobs", "{n} videos in progress: /jobs", len(jobs)).format(
                n=len(jobs)
            )
        )
    if funds.grows_at is not None:
        wait = duration(funds.grows_at - funds.own.now)
        lines.append(_("More frees up in {wait}.").format(wait=wait))
    return "\n".join(lines)


def refusal(refused: QuotaRefusal) -> str:
    """Say why a request cannot be paid for."""
    match refused:
        case AllowanceSpent():
            return _spent(refused)
        case TooDear():
            return _too_dear(refused)
        case BudgetSpent():
            return _budget_spent(refused)
        case TooManyFailures():
            return _failed_too_often(refused)
        case _:
            return _("You cannot spend this much now.")


def granted(number: int) -> str:
    """Say what there is beyond the allowance."""
    return ngettext(
        "<b>{n} granted credit</b> comes on top and does not expire.",
        "<b>{n} granted credits</b> come on top and do not expire.",
        number,
    ).format(n=number)


def _without_end(group: Quota | None) -> str:
    if group is not None and group.left is None:
        return _("This group may make as many videos as it likes. A video that fails costs nothing.")
    return _("You may make as many videos as you like. A video that fails costs nothing.")


def _of_payers(funds: Funds, group: Quota | None) -> list[str]:
    match funds.payers:
        case Payers.PERSON:
            return _of_person(funds.own)
        case Payers.BOTH if group is not None and group.left is not None:
            pays_first = _("The group pays first, if it can pay the whole price.")
            return [*_of_group(group), pays_first, *_of_person_in_group(funds.own)]
        case _:
            return [] if group is None else _of_group(group)


def _of_group(group: Quota) -> list[str]:
    if group.allowance is None:
        return [_("This group has no limit of its own.")]
    if group.most == 0:
        return [_("This group has no credits to spend."), _as_yourself()]
    if group.allowance == 0:
        return [_group_granted_alone(group.granted)]
    sentence = _("This group has <b>{left} of {allowance}</b> left today.").format(
        left=group.left_of_allowance, allowance=credits_of(group.allowance)
    )
    return [sentence, *_of_grants(group)]


def _of_person(own: Quota) -> list[str]:
    if own.allowance is None:
        return [_("You have no limit of your own.")]
    if own.most == 0:
        return [_none_at_all()]
    if own.allowance == 0:
        return [_granted_alone(own.granted)]
    sentence = _("Left today: <b>{left} of {allowance}</b>.").format(
        left=own.left_of_allowance, allowance=credits_of(own.allowance)
    )
    return [sentence, *_of_grants(own)]


def _of_person_in_group(own: Quota) -> list[str]:
    if own.allowance is None:
        return [_("You have no limit of your own.")]
    if own.allowance == 0 and own.granted:
        return [_granted_alone(own.granted)]
    sentence = _("You yourself have <b>{left} of {allowance}</b> left today.").format(
        left=own.left_of_allowance, allowance=credits_of(own.allowance)
    )
    return [sentence, *_of_grants(own)]


def _of_grants(quota: Quota) -> list[str]:
    return [granted(quota.granted)] if quota.granted else []


def _granted_alone(number: int) -> str:
    return ngettext(
        "You have <b>{n} granted credit</b>, which does not expire.",
        "You have <b>{n} granted credits</b>, which do not expire.",
        number,
    ).format(n=number)


def _group_granted_alone(number: int) -> str:
    return ngettext(
        "This group has <b>{n} granted credit</b>, which does not expire.",
        "This group has <b>{n} granted credits</b>, which do not expire.",
        number,
    ).format(n=number)


def _bound(left: int) -> str:
    """Say that the budget of all is what bounds, with `left` of it left."""
    if left == 0:
        return _("The bot's daily budget is used up.")
    return ngettext(
        "The bot's daily budget has <b>{n} credit</b> left for everybody together.",
        "The bot's daily budget has <b>{n} credits</b> left for everybody together.",
        left,
    ).format(n=left)


def _spent(refused: AllowanceSpent) -> str:
    again = _("Try again in {wait}.").format(wait=duration(refused.wait))
    match refused.payers:
        case Payers.BOTH:
            wrong = _(
                "This costs {price}. The group has {group_left} left today, and you have {left} of your own."
            ).format(
                price=credits_of(refused.price),
                group_left=credits_of(refused.group_left),
                left=credits_of(refused.left),
            )
            return in_sequence([wrong, again])
        case Payers.GROUP:
            return in_sequence([_group_spent(refused), again, _as_yourself()])
        case _:
            return in_sequence([_person_spent(refused), again])


def _person_spent(refused: AllowanceSpent) -> str:
    if refused.left:
        return _("This costs {price}, and you have {left} left today.").format(
            price=credits_of(refused.price), left=credits_of(refused.left)
        )
    return _("You have used your {allowance} for today.").format(allowance=credits_of(refused.allowance))


def _group_spent(refused: AllowanceSpent) -> str:
    if refused.left:
        return _("This costs {price}, and this group has {left} left today.").format(
            price=credits_of(refused.price), left=credits_of(refused.left)
        )
    return _("This group has used its {allowance} for today.").format(allowance=credits_of(refused.allowance))


def _too_dear(refused: TooDear) -> str:
    most = refused.allowance + refused.granted
    match refused.payers:
        case Payers.GROUP if most == 0:
            return in_sequence([_("This group has no credits to spend."), _as_yourself()])
        case _ if most == 0:
            return _none_at_all()
        case Payers.GROUP:
            wrong, more = _("This costs {price}, and this group may spend {most} at most."), _as_yourself()
        case Payers.BOTH:
            wrong = _("This costs {price}, and {most} is the most that this group or you may spend.")
            more = _cheaper()
        case _ if refused.granted:
            wrong = _("This costs {price}, and you may spend {most} at most, granted ones included.")
            more = _cheaper()
        case _:
            wrong, more = _("This costs {price}, and you may spend {most} a day."), _cheaper()
    return in_sequence([wrong.format(price=credits_of(refused.price), most=credits_of(most)), more])


def _budget_spent(refused: BudgetSpent) -> str:
    match refused.wait:
        case None if refused.budget:
            wrong = _("This costs {price}, and everybody together may spend {budget} a day.").format(
                price=credits_of(refused.price), budget=credits_of(refused.budget)
            )
            return in_sequence([wrong, _cheaper()])
        case timedelta() as wait:
            if refused.left:
                wrong = _("This costs {price}, and everybody together has {left} left today.").format(
                    price=credits_of(refused.price), left=credits_of(refused.left)
                )
            else:
                wrong = _("The bot's daily budget is used up.")
            return in_sequence([wrong, _("Try again in {wait}.").format(wait=duration(wait))])
        case _:
            return _(
                "Nobody can make videos here at the moment: the budget is 0. The bot's owner can change that."
            )


def _failed_too_often(refused: TooManyFailures) -> str:
    free = _("Failures are free for you, but not for the bot's owner.")
    return in_sequence([_braked(refused.failures, refused.wait), free])


def _braked(failures: int, wait: timedelta) -> str:
    return ngettext(
        "{n} of your videos has failed within 24 hours, so the next one has to wait: it can start in {wait}.",
        "{n} of your videos have failed within 24 hours, so the next one has to wait: it can start in {wait}.",
        failures,
    ).format(n=failures, wait=duration(wait))


_none_at_all = lazy_gettext("You have no credits. The bot's owner hands them out.")


_as_yourself = lazy_gettext("Write as yourself instead of in the name of the chat to use your own credits.")


_cheaper = lazy_gettext("A shorter video or another model costs less: /models shows the prices.")
