"""The length of a ban is read from the first word behind the account, and the rest is the reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.account import Ban
from handlers.admin.bans import Sentence, sentence_in

SENTENCES = {
    "": Sentence(None, ""),
    "spam": Sentence(None, "spam"),
    "30m": Sentence(timedelta(minutes=30), ""),
    "2h too loud": Sentence(timedelta(hours=2), "too loud"),
    " 3d  too   loud ": Sentence(timedelta(days=3), "too   loud"),
    "1w": Sentence(timedelta(weeks=1), ""),
    "9999w": Sentence(timedelta(weeks=9999), ""),
    "0h": Sentence(timedelta(), ""),
    "2 hours": Sentence(None, "2 hours"),
    "10000w": Sentence(None, "10000w"),
    "2y spam": Sentence(None, "2y spam"),
    "٣d": Sentence(None, "٣d"),
}


@pytest.mark.parametrize(("words", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_a_time_and_a_reason_are_read(words: str, sentence: Sentence) -> None:
    assert sentence_in(words) == sentence


def test_a_ban_ends_after_its_time_or_never(now: datetime) -> None:
    assert sentence_in("2h spam").from_moment(now) == Ban(reason="spam", until=now + timedelta(hours=2))
    assert sentence_in("spam").from_moment(now) == Ban(reason="spam")
