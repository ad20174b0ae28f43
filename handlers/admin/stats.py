"""`/stats`: what came of the last days' requests, as a chart with the sums under it."""

from __future__ import annotations

from collections.abc import Sequence

from chat.send import Destination
from domain.statistics import MOST_DAYS, Period, Statistics
from handlers.admin import stats_texts
from handlers.message_call import MessageCall

_USUAL_DAYS = 7


async def on_stats(call: MessageCall) -> None:
    """`/stats [DAYS]`: the chart, with its sums as the caption."""
    days = _days_wanted(call.words.split())
    if days is None:
        await call.answer(stats_texts.days_unusable(MOST_DAYS))
        return
    services = call.services
    period = Period.until(services.clock(), days=days)
    statistics = Statistics.of(await services.storage.statistics.count(period), period, services.catalogue)
    if not statistics.outcomes.total:
        await call.answer(stats_texts.nothing_asked(days))
        return
    await call.message.reply_photo(
        await services.draw_chart(statistics.days),
        caption=stats_texts.stats(statistics, services.catalogue),
        do_quote=Destination.answering(call.message).reply_to is not None,
    )


def _days_wanted(words: Sequence[str]) -> int | None:
    """Return how many days to look back on; None if the words say nothing that can be done."""
    match words:
        case []:
            return _USUAL_DAYS
        case [number] if number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_DAYS:
            return int(number)
        case _:
            return None
