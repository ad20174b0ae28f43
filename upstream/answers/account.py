"""Reads an API's pages about our account: whether they are for us, and the amounts that stand there."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from decimal import Decimal, InvalidOperation
from typing import Final

import httpx

from upstream.answers import classify
from upstream.answers.response import Answer

Look = Callable[[httpx.URL], Awaitable[Answer]]

# OpenAI keeps these pages for browsers, OpenRouter for keys of other rights; ours may order all the same.
_FOR_OTHER_KEYS: Final = re.compile(r"session key|missing scopes|management key", re.IGNORECASE)
# Nobody has more money than this has digits; who says so would have us write them out.
_MOST_DIGITS: Final = 20
_LONGEST_NUMBER: Final = 40


async def ask(look: Look, url: httpx.URL) -> object:
    """Return the JSON of a page; None if the API has none there, or not for our key.

    Raises:
        KeyRefused, NoCredit: The key is not let in, or has nothing left.
        TryLater: The API does not answer for the moment.
    """
    answer = await look(url)
    complaint = answer.complaint
    if answer.is_success and complaint is None:
        return answer.json
    if complaint is not None and _FOR_OTHER_KEYS.search(complaint.message):
        return None
    problem = classify.of_account(answer)
    if problem is not None:
        raise problem
    return None


def read_amount(value: object) -> Decimal | None:
    """Read an amount of money, which some write as text, also with a sign of its currency; None if it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    text = str(value).strip()
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        number = Decimal(text.lstrip("$¥￥"))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < _MOST_DIGITS else None
