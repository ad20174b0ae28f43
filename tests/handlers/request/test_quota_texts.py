"""What people read about credits is what they are allowed: their own, the group's, granted ones, the budget of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.quota import Funds
from domain.refusals import QuotaRefusal
from handlers.request import quota_texts

NEVER = "A video that fails costs nothing."
#: What a person has, the group they ask in, and the budget of all.
LEFT: dict[str, tuple[dict[str, Any], str]] = {
    "granted credits": (
        {"allowance": 3, "hours_ago": (1.0,), "granted": 5},
        (
            f"Left today: 2 of 3 credits. 5 granted credits come on top and do not expire. {NEVER}\n"
            "More frees up in 23 hr."
        ),
    ),
    "granted credits alone": (
        {"allowance": 0, "granted": 1},
        f"You have 1 granted credit, which does not expire. {NEVER}",
    ),
    "nothing": (
        {"allowance": 0},
        f"You have no credits. The bot's owner hands them out. {NEVER}",
    ),
    "a group that pays": (
        {"allowance": 3, "hours_ago": (1.0,), "group": (10, (2.0,) * 8)},
        (
            "This group has 2 of 10 credits left today. The group pays first, if it can pay the whole price. "
            f"You yourself have 2 of 3 credits left today. {NEVER}\nMore frees up in 22 hr."
        ),
    ),
    "a group with granted credits, for an admin of the bot": (
        {"allowance": None, "group": (0, (), 4)},
        "You may make as many videos as you like. A video that fails costs nothing.",
    ),
    "a group with granted credits": (
        {"allowance": 3, "group": (0, (), 4)},
        (
            "This group has 4 granted credits, which do not expire. "
            f"The group pays first, if it can pay the whole price. You yourself have 3 of 3 credits left today. {NEVER}"
        ),
    ),
    "a group that has nothing any more": (
        {"allowance": 3, "group": (0, (), 0)},
        f"Left today: 3 of 3 credits. {NEVER}",
    ),
    "a group without a limit": (
        {"allowance": 3, "group": (None,)},
        "This group may make as many videos as it likes. A video that fails costs nothing.",
    ),
    "a group without a limit under a budget": (
        {"allowance": 3, "group": (None,), "budget": (2,)},
        (
            "This group has no limit of its own. The bot's daily budget has 2 credits left for everybody together. "
            f"{NEVER}"
        ),
    ),
    "who speaks as the group": (
        {"allowance": 3, "hours_ago": (1.0,), "account_id": -100},
        f"This group has 2 of 3 credits left today. {NEVER}\nMore frees up in 23 hr.",
    ),
    "who speaks as a group without anything": (
        {"allowance": 0, "account_id": -100},
        (
            "This group has no credits to spend. "
            f"Write as yourself instead of in the name of the chat to use your own credits. {NEVER}"
        ),
    ),
    "a budget that bounds": (
        {"allowance": 3, "budget": (10, (2.0,) * 9)},
        (
            f"Left today: 3 of 3 credits. The bot's daily budget has 1 credit left for everybody together. {NEVER}\n"
            "More frees up in 22 hr."
        ),
    ),
    "a budget that is spent": (
        {"allowance": None, "budget": (1, (2.0,))},
        (
            "You have no limit of your own. The bot's daily budget is used up. "
            f"{NEVER}\nMore frees up in 22 hr."
        ),
    ),
    "too many failures": (
        {"allowance": 3, "failed_hours_ago": (20.0, 2.0, 1.0)},
        (
            "Left today: 3 of 3 credits. 3 of your videos have failed within 24 hours, so the next one has to wait: "
            f"it can start in 4 hr. {NEVER}\nMore frees up in 4 hr."
        ),
    ),
    "failures that hold up nobody yet": (
        {"allowance": 4, "failed_hours_ago": (20.0, 2.0, 1.0)},
        f"Left today: 4 of 4 credits. {NEVER}",
    ),
    "a budget that does not bound": (
        {"allowance": 3, "budget": (10, (2.0,))},
        f"Left today: 3 of 3 credits. {NEVER}",
    ),
}


@pytest.mark.parametrize(("what", "said"), LEFT.values(), ids=LEFT)
def test_what_is_left_says_whose_and_what_bounds(
    what: dict[str, Any], said: str, funds: Callable[..., Funds], read: Callable[[str], str]
) -> None:
    assert read(quota_texts.report(funds(**what), [])) == said


CHEAPER = "A shorter video or another model costs less: /models shows the prices."
AS_YOURSELF = "Write as yourself instead of in the name of the chat to use your own credits."
REFUSALS: dict[str, tuple[dict[str, Any], int, str]] = {
    "the group and the person": (
        {"allowance": 1, "hours_ago": (1.0,), "group": (2, (20.0,))},
        2,
        (
            "This costs 2 credits. The group has 1 credit left today, and you have 0 credits of your own. "
            "Try again in 4 hr."
        ),
    ),
    "more than the group or the person ever has": (
        {"allowance": 1, "group": (2, (20.0,))},
        5,
        f"This costs 5 credits, and 2 credits is the most that this group or you may spend. {CHEAPER}",
    ),
    "who speaks as the group, all spent": (
        {"allowance": 1, "hours_ago": (1.0,), "account_id": -100},
        1,
        f"This group has used its 1 credit for today. Try again in 23 hr. {AS_YOURSELF}",
    ),
    "who speaks as the group, some left": (
        {"allowance": 2, "hours_ago": (1.0,), "account_id": -100},
        2,
        f"This costs 2 credits, and this group has 1 credit left today. Try again in 23 hr. {AS_YOURSELF}",
    ),
    "who speaks as the group, too dear": (
        {"allowance": 2, "account_id": -100},
        3,
        f"This costs 3 credits, and this group may spend 2 credits at most. {AS_YOURSELF}",
    ),
    "who speaks as a group without anything": (
        {"allowance": 0, "account_id": -100},
        1,
        f"This group has no credits to spend. {AS_YOURSELF}",
    ),
    "more than the allowance and what was granted": (
        {"allowance": 1, "granted": 2},
        4,
        f"This costs 4 credits, and you may spend 3 credits at most, granted ones included. {CHEAPER}",
    ),
    "too many failures": (
        {"allowance": 3, "failed_hours_ago": (20.0, 2.0, 1.0)},
        1,
        (
            "3 of your videos have failed within 24 hours, so the next one has to wait: it can start in 4 hr. "
            "Failures are free for you, but not for the bot's owner."
        ),
    ),
    "the budget is spent": (
        {"allowance": 3, "budget": (1, (1.0,))},
        1,
        "The bot's daily budget is used up. Try again in 23 hr.",
    ),
    "the budget does not suffice now": (
        {"allowance": 3, "budget": (3, (1.0,))},
        3,
        "This costs 3 credits, and everybody together has 2 credits left today. Try again in 23 hr.",
    ),
    "the budget never suffices": (
        {"allowance": 3, "budget": (2,)},
        3,
        f"This costs 3 credits, and everybody together may spend 2 credits a day. {CHEAPER}",
    ),
    "no budget at all": (
        {"allowance": 3, "budget": (0,)},
        1,
        "Nobody can make videos here at the moment: the budget is 0. The bot's owner can change that.",
    ),
}


@pytest.mark.parametrize(("what", "price", "said"), REFUSALS.values(), ids=REFUSALS)
def test_a_refusal_says_whose_credits_do_not_suffice_and_what_would_help(
    what: dict[str, Any], price: int, said: str, funds: Callable[..., Funds], read: Callable[[str], str]
) -> None:
    with pytest.raises(QuotaRefusal) as refused:
        funds(**what).pay(price)
    assert read(quota_texts.refusal(refused.value)) == said
