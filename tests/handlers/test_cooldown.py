"""What was said recently is not said again, and after a while it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.cooldown import AtMost, Recently

SPAN = timedelta(minutes=5)


def test_the_same_is_news_once_in_a_while(now: datetime) -> None:
    recently = Recently(SPAN)
    moments = [now, now + SPAN / 2, now + SPAN, now + SPAN * 1.5]
    assert [recently.note("a", moment) for moment in moments] == [True, False, True, False]
    assert recently.note("b", now)
    assert (recently.holds("b", now + SPAN / 2), recently.holds("b", now + SPAN)) == (True, False)
    assert not recently.holds("c", now)


def test_something_happens_so_many_times_within_any_such_span(now: datetime) -> None:
    at_most = AtMost(2, SPAN)
    moments = [now, now + SPAN / 2, now + SPAN * 0.9, now + SPAN, now + SPAN * 1.4, now + SPAN * 1.5]
    assert [at_most.happens(moment) for moment in moments] == [True, True, False, True, False, True]
