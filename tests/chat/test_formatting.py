"""Lengths, times and amounts as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.formatting import (
    about,
    bar,
    clock_time,
    credits_of,
    drawn_shape,
    duration,
    fitted,
    in_sequence,
    megabytes,
    moment,
    one_of,
    per_cent,
    side_by_side,
    told_from,
    utf16_length,
)
from chat.language import speaking
from domain.size import Size

WAITS = {
    "nothing": (timedelta(), "1 sec"),
    "less than a second": (timedelta(milliseconds=1), "1 sec"),
    "seconds": (timedelta(seconds=59), "59 sec"),
    "part of a second": (timedelta(seconds=58, milliseconds=1), "59 sec"),
    "almost a minute": (timedelta(seconds=59, milliseconds=1), "1 min"),
    "a minute": (timedelta(minutes=1), "1 min"),
    "part of a minute": (timedelta(minutes=1, seconds=1), "2 min"),
    "almost an hour": (timedelta(minutes=59, seconds=1), "1 hr"),
    "hours and minutes": (timedelta(hours=3, minutes=11, seconds=30), "3 hr 12 min"),
    "a day": (timedelta(hours=24), "24 hr"),
}
FORESEEN = {
    "nothing": (timedelta(), "0 sec"),
    "seconds": (timedelta(seconds=24.9), "20 sec"),
    "almost a minute": (timedelta(seconds=59.9), "55 sec"),
    "a minute": (timedelta(seconds=69.9), "1 min"),
    "minutes": (timedelta(minutes=9, seconds=59), "9 min 50 sec"),
    "many minutes": (timedelta(minutes=10, seconds=50), "10 min"),
    "hours": (timedelta(hours=3, minutes=11, seconds=30), "3 hr 11 min"),
}
SPANS = {
    "before it began": (timedelta(seconds=-3), "0:00"),
    "seconds": (timedelta(seconds=5), "0:05"),
    "rounded": (timedelta(seconds=59.6), "1:00"),
    "minutes": (timedelta(minutes=12, seconds=30), "12:30"),
    "hours": (timedelta(hours=23, minutes=1, seconds=2), "23:01:02"),
}
SHAPES = {
    "portrait": ("720x1280", "720x1280 1280x720", "📱 Portrait"),
    "landscape": ("1280x720", "720x1280 1280x720", "🖥 Landscape"),
    "square": ("512x512", "512x512", "◻️ Square"),
    "of a model that is gone": ("720x1280", "", "📱 Portrait"),
    "another resolution": ("1920x1080", "1280x720 1920x1080 3840x2160 720x1280", "🖥 Landscape 1080p"),
    "4K": ("3840x2160", "1280x720 1920x1080 3840x2160", "🖥 Landscape 4K"),
    "another ratio": ("1024x768", "1344x768 768x1344 1024x768", "🖥 Landscape 1024×768"),
    "alone in its orientation": ("768x1344", "1344x768 768x1344 1024x768", "📱 Portrait"),
}
BARS = {0: "▱▱▱▱▱▱▱▱▱▱", 9: "▱▱▱▱▱▱▱▱▱▱", 10: "▰▱▱▱▱▱▱▱▱▱", 99: "▰▰▰▰▰▰▰▰▰▱", 100: "▰▰▰▰▰▰▰▰▰▰"}


NOON = datetime(2026, 11, 28, 12, 30, 40, tzinfo=UTC)
MOMENTS = {
    "a moment ago": (NOON, "en", "today 12:30 UTC"),
    "the hour after midnight": (NOON.replace(hour=0), "en", "today 00:30 UTC"),
    "yesterday": (NOON - timedelta(hours=13), "en", "yesterday 23:30 UTC"),
    "tomorrow": (NOON + timedelta(hours=12), "en", "tomorrow 00:30 UTC"),
    "this year": (NOON - timedelta(days=2), "en", "Nov 26, 12:30 UTC"),
    "another year": (NOON + timedelta(days=40), "en", "Jan 7, 2027, 12:30 UTC"),
    "in Indonesian": (NOON - timedelta(days=2), "id", "26 Nov, 12.30 UTC"),
    "in Chinese": (NOON - timedelta(days=2), "zh_Hans", "11月26日 12:30 UTC"),
}


@pytest.mark.parametrize(("at", "language", "written"), MOMENTS.values(), ids=list(MOMENTS))
def test_a_date_is_written_as_people_say_it(at: datetime, language: str, written: str) -> None:
    with speaking(language):
        assert moment(at, NOON) == written


@pytest.mark.parametrize(("span", "written"), WAITS.values(), ids=list(WAITS))
def test_a_wait_is_never_promised_too_short(span: timedelta, written: str) -> None:
    assert duration(span) == written


@pytest.mark.parametrize(("span", "written"), FORESEEN.values(), ids=list(FORESEEN))
def test_what_is_foreseen_is_written_in_coarse_steps(span: timedelta, written: str) -> None:
    assert about(span) == written


@pytest.mark.parametrize(("span", "written"), SPANS.values(), ids=list(SPANS))
def test_a_span_is_written_like_a_clock(span: timedelta, written: str) -> None:
    assert clock_time(span) == written


@pytest.mark.parametrize(("size", "among", "drawn"), SHAPES.values(), ids=SHAPES)
def test_a_shape_has_a_name_and_what_tells_it_from_others_of_that_name(
    size: str, among: str, drawn: str
) -> None:
    assert drawn_shape(Size.parse(size), map(Size.parse, among.split())) == drawn


def test_the_first_shape_of_an_orientation_needs_no_more_than_its_name() -> None:
    sizes = [Size(1280, 720), Size(720, 1280), Size(1920, 1080)]
    assert [drawn_shape(size, told_from(size, sizes)) for size in sizes] == [
        "🖥 Landscape",
        "📱 Portrait",
        "🖥 Landscape 1080p",
    ]


@pytest.mark.parametrize(("per_cent", "drawn"), BARS.items())
def test_a_bar_is_full_only_at_the_end(per_cent: int, drawn: str) -> None:
    assert bar(per_cent) == drawn


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0 credits"), (1, "1 credit"), (2, "2 credits"), (25, "25 credits")]
)
def test_credits_have_a_plural(number: int, written: str) -> None:
    assert credits_of(number) == written


@pytest.mark.parametrize(
    ("size_bytes", "written"),
    [(20 * 1024 * 1024, "20 MB"), (21_500_000, "20.5 MB"), (1_500_000_000, "1,430.5 MB")],
)
def test_megabytes_are_those_that_telegram_counts(size_bytes: int, written: str) -> None:
    assert megabytes(size_bytes) == written


@pytest.mark.parametrize(
    ("words", "limit", "cut"),
    [
        pytest.param("a cat", 5, "a cat", id="fits"),
        pytest.param("a cat surfing", 6, "a cat…", id="blank before the cut"),
        pytest.param("🐈🐈🐈", 6, "🐈🐈🐈", id="six units are three cats"),
        pytest.param("🐈🐈🐈", 5, "🐈🐈…", id="a cat is never halved"),
        pytest.param("🐈🐈🐈", 4, "🐈…", id="nor is the next one"),
    ],
)
def test_words_are_cut_as_telegram_counts_them(words: str, limit: int, cut: str) -> None:
    assert fitted(words, limit) == cut


WRITTEN = {
    "en": "3 hr 12 min|38.1 MB|40%|a · b",
    "zh_Hans": "3小时 12分钟|38.1 MB|40%|a · b",
    "ru": "3 ч 12 мин|38,1 МБ|40 %|a · b",
    "es": "3 h 12 min|38,1 MB|40 %|a · b",
    "pt_BR": "3 h 12 min|38,1 MB|40%|a · b",
    "hi": "3 घं॰ 12 मि॰|38.1 MB|40%|a · b",
    "ar": "3 س 12 د|38.1 م.ب|40%|\u200f\u2068a\u2069 · \u2068b\u2069",
    "id": "3 j 12 mnt|38,1 MB|40%|a · b",
    "fr": "3 h 12 min|38,1 Mo|40 %|a · b",
    "de": "3 Std 12 Min|38,1 MB|40 %|a · b",
    "ja": "3 時間 12 分|38.1 MB|40%|a · b",
    "tr": "3 sa 12 dk|38,1 MB|%40|a · b",
}


@pytest.mark.parametrize(("language", "written"), WRITTEN.items())
def test_every_language_writes_measures_in_its_own_way(language: str, written: str) -> None:
    with speaking(language):
        said = [
            duration(timedelta(hours=3, minutes=12)),
            megabytes(40_000_000),
            per_cent(40),
            side_by_side("a", "b"),
        ]
    assert [" ".join(one.split()) for one in said] == written.split("|")


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "1 hr"), ("es", "1 hora"), ("pt_BR", "1 hora"), ("de", "1 Std"), ("fr", "1 h")],
)
def test_one_hour_is_one(language: str, written: str) -> None:
    with speaking(language):
        assert " ".join(duration(timedelta(hours=1)).split()) == written


@pytest.mark.parametrize(
    ("language", "written", "joined"),
    [
        ("en", "5, 8, or 10", "One. Two."),
        ("zh_Hans", "5、8或10", "One.Two."),
        ("de", "5, 8 oder 10", "One. Two."),
    ],
)
def test_choices_and_sentences_are_put_together_as_the_language_does(
    language: str, written: str, joined: str
) -> None:
    with speaking(language):
        assert one_of(["5", "8", "10"]) == written
        assert in_sequence(["One.", "Two."]) == joined


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 40))
def test_cut_words_always_fit_and_begin_as_they_were(words: str, limit: int) -> None:
    cut = fitted(words, limit)
    assert utf16_length(cut) <= limit
    assert words.startswith(cut.removesuffix("…"))
