"""The caption of `/stats`: only lines that say something, and numbers as the reader writes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from chat.language import speaking
from domain.catalogue import Catalogue
from domain.failures import FailureReason
from domain.money import Money
from domain.statistics import Cost, Day, ModelStatistics, Outcomes, Statistics
from handlers.admin.stats_texts import nothing_asked, stats

ONE = Outcomes(delivered=1)
STATISTICS = Statistics(
    days=[Day(date=date(2026, 11, 22), outcomes=ONE, people=1)],
    people=1,
    outcomes=ONE,
    median=timedelta(seconds=148),
    credits=1,
    cost=None,
    reasons=[],
    models=[ModelStatistics(model="sora-2", outcomes=ONE, median=timedelta(seconds=148))],
)


def test_what_there_is_nothing_of_has_no_line(read: Callable[[str], str], catalogue: Catalogue) -> None:
    assert read(stats(STATISTICS, catalogue)) == (
        "📊 Today (UTC)\n🟩 Delivered: 1\n🟥 Failed: 0\n⬜ Cancelled: 0\n🟦 People: 1\n\n"
        "⏱ Median time to video: 2:28\n💳 Spent: 1 credit\n\n"
        "Sora 2 · 🟩 1 · ⏱ 2:28"
    )


def test_what_is_under_way_and_has_not_come_to_anything_has_no_median(
    read: Callable[[str], str], catalogue: Catalogue
) -> None:
    waiting = Outcomes(under_way=2)
    model = ModelStatistics(model="gone & <away>", outcomes=waiting, median=None)
    told = read(
        stats(replace(STATISTICS, outcomes=waiting, median=None, models=[model], credits=2), catalogue)
    )
    assert told == (
        "📊 Today (UTC)\n🟩 Delivered: 0\n🟥 Failed: 0\n🟨 Under way: 2\n⬜ Cancelled: 0\n🟦 People: 1\n\n"
        "💳 Spent: 2 credits\n\ngone & <away>"
    )


def test_only_the_most_frequent_reasons_and_the_most_wanted_models_are_named(
    read: Callable[[str], str], catalogue: Catalogue
) -> None:
    reasons = [(reason, 9 - number) for number, reason in enumerate(list(FailureReason)[:5])]
    models = [replace(STATISTICS.models[0], model=name) for name in catalogue.models]
    told = read(stats(replace(STATISTICS, reasons=reasons, models=models), catalogue)).split("\n\n")
    assert told[2:] == [
        "Why videos failed:\n9 × refused for content\n8 × request not accepted\n7 × no credit at the API",
        "\n".join(
            [
                *(f"{model.title} · 🟩 1 · ⏱ 2:28" for model in list(catalogue.models.values())[:5]),
                "and 1 other model",
            ]
        ),
    ]


@pytest.mark.parametrize(
    ("cost", "line"),
    [
        (Cost(amounts=[Money(Decimal("1234.5"), "USD")], unpriced=0), "💰 Cost: $1,234.50"),
        (
            Cost(amounts=[Money(Decimal(0), "EUR")], unpriced=1),
            "💰 Cost: €0.00, without 1 video whose cost I do not know",
        ),
    ],
    ids=["known", "in part"],
)
def test_the_cost_is_told_in_its_currency(cost: Cost, line: str, catalogue: Catalogue) -> None:
    assert line in stats(replace(STATISTICS, cost=cost), catalogue).split("\n")


def test_numbers_are_written_as_the_reader_writes_them(catalogue: Catalogue) -> None:
    with speaking("de"):
        told = stats(
            replace(STATISTICS, cost=Cost(amounts=[Money(Decimal("1234.5"), "USD")], unpriced=0)), catalogue
        )
    assert "1.234,50\N{NO-BREAK SPACE}$" in told


@pytest.mark.parametrize(
    ("days", "title"), [(1, "📊 Today (UTC)"), (2, "📊 The last 2 days (UTC)")], ids=["today", "two days"]
)
def test_a_period_without_requests_says_so(days: int, title: str, read: Callable[[str], str]) -> None:
    assert read(nothing_asked(days)) == f"{title}\nNo videos."
