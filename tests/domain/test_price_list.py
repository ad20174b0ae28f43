"""Price lists: every way in which they may be written, and what is wrong with others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from domain.price_list import parse_price_list
from domain.size import Size

HD, FULL_HD, SQUARE = Size(1280, 720), Size(1080, 1920), Size(1024, 1024)

LISTS: dict[str, tuple[object, dict[tuple[int, Size], str | None]]] = {
    "flat": (2, {(5, HD): "2", (60, SQUARE): "2"}),
    "flat in words": (" 2 ", {(5, HD): "2"}),
    "as much as there may be": ("1000000/s", {(5, HD): "5000000"}),
    "flat in money": (Decimal("0.30"), {(5, HD): "0.30"}),
    "by the second": ("0.1/s", {(5, HD): "0.5", (12, HD): "1.2"}),
    "by length": ({"5": 1, "10": 2}, {(5, HD): "1", (10, SQUARE): "2", (8, HD): None}),
    "by resolution": ({"720p": 1, "1080p": 2}, {(5, HD): "1", (5, FULL_HD): "2", (5, SQUARE): None}),
    "by size": ({"1024x1024": 3, "720p": 1}, {(5, SQUARE): "3", (5, HD): "1"}),
    "a size before its resolution": ({"720p": 1, "1280x720": 4}, {(5, HD): "4", (5, Size(720, 1280)): "1"}),
    "by both": (
        {"720p": {"5": 1, "10": 2}, "1080p": "0.4/s"},
        {(5, HD): "1", (10, HD): "2", (10, FULL_HD): "4.0", (7, HD): None},
    ),
}

NO_LISTS = {
    "nothing": ({}, "it is empty"),
    "a word": ("cheap", "'cheap' is neither a number nor a price per second"),
    "a truth": (True, "True is neither a number"),
    "below nothing": (-1, "-1 is no price"),
    "too much": (1_000_001, "1000001 is no price: it has to be from 0 to 1000000"),
    "too much in words": ("99999999999999999999", "99999999999999999999 is no price"),
    "too much by the second": ("99999999999999999999/s", "99999999999999999999/s is no price"),
    "too much of a length": ({"5": 1, "10": "1000001"}, "10: 1000001 is no price"),
    "too much of a size": ({"720p": {"5": "1000001/s"}}, "720p.5: 1000001/s is no price"),
    "no number": (Decimal("NaN"), "NaN is no price"),
    "a point": (".", "'.' is neither a number"),
    "without end": (Decimal("Infinity"), "Infinity is no price"),
    "a size that is none": ({"big": 1}, "big is neither a length in seconds nor a size"),
    "a size among lengths": ({"5": 1, "720p": 2}, "720p is no length in seconds"),
    "a length of nothing": ({"0": 1}, "0 is no length in seconds"),
    "an empty size": ({"720p": {}}, "720p: it is empty"),
    "a word by both": ({"720p": {"5": "much"}}, "720p.5: 'much' is neither a number"),
}


@pytest.mark.parametrize(("written", "expected"), LISTS.values(), ids=LISTS)
def test_a_price_list_tells_what_a_video_costs(
    written: object, expected: dict[tuple[int, Size], str | None]
) -> None:
    prices = parse_price_list(written)
    wanted = {asked: None if cost is None else Decimal(cost) for asked, cost in expected.items()}
    assert {asked: prices.find(*asked) for asked in expected} == wanted


@pytest.mark.parametrize(("written", "expected"), LISTS.values(), ids=LISTS)
def test_a_price_list_is_written_as_it_is_read(
    written: object, expected: dict[tuple[int, Size], str | None]
) -> None:
    prices = parse_price_list(written)
    again = parse_price_list(prices.written)
    assert {asked: again.find(*asked) for asked in expected} == {
        asked: prices.find(*asked) for asked in expected
    }


@pytest.mark.parametrize(("written", "problem"), NO_LISTS.values(), ids=NO_LISTS)
def test_what_is_no_price_list_says_why(written: object, problem: str) -> None:
    with pytest.raises(ValueError, match=r".+") as refused:
        parse_price_list(written)
    assert str(refused.value).startswith(problem)


def test_credits_are_rounded_up() -> None:
    assert [parse_price_list("0.3/s").credits(seconds, HD) for seconds in (1, 3, 4, 10)] == [1, 1, 2, 3]


def test_a_gap_names_the_first_video_without_a_price() -> None:
    assert parse_price_list({"720p": 1}).gap([5, 10], [HD, FULL_HD]) == "5 s at 1080x1920"
    assert parse_price_list({"720p": 1}).gap([5, 10], [HD]) == ""
