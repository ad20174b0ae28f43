"""The chart: as large as a phone shows it, a bar of the right height and colours for each day, from one to ninety."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from bot.media.chart import BLUE, GREEN, GREY, HEIGHT, RED, WIDTH, YELLOW, Scale, draw
from bot.media.processes import MediaProcesses
from domain.statistics import MOST_DAYS, Day, Outcomes

LAST = date(2026, 11, 22)
COLOURS: dict[object, str] = {GREEN: "green", RED: "red", YELLOW: "yellow", GREY: "grey", BLUE: "blue"}
#: Where the bars of the two charts stand.
BASE_OF_VIDEOS, BASE_OF_PEOPLE = 432, 616


def days(*outcomes: Outcomes, people: int = 1) -> list[Day]:
    first = LAST - timedelta(days=len(outcomes) - 1)
    return [
        Day(date=first + timedelta(days=index), outcomes=came, people=people)
        for index, came in enumerate(outcomes)
    ]


def drawn(chart: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(chart))
    assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (1280, 720))
    return picture


def colour_at(picture: Image.Image, x: int, y: int) -> str | None:
    return COLOURS.get(picture.getpixel((x, y)))


def columns(picture: Image.Image, base: int) -> list[int]:
    """Return the middle of each bar that stands on the line at `base`."""
    coloured = [colour_at(picture, x, base - 1) is not None for x in range(WIDTH)]
    begins = [x for x in range(1, WIDTH) if coloured[x] and not coloured[x - 1]]
    ends = [x for x in range(1, WIDTH) if not coloured[x] and coloured[x - 1]]
    return [(begin + end) // 2 for begin, end in zip(begins, ends, strict=True)]


def bar(picture: Image.Image, x: int, base: int) -> dict[str, int]:
    """Return how many pixels each colour of a bar is high, from the bottom up."""
    parts: dict[str, int] = {}
    for y in range(base - 1, 0, -1):
        colour = colour_at(picture, x, y)
        if colour is None and colour_at(picture, x, y - 3) is None:
            break
        if colour is not None:
            parts[colour] = parts.get(colour, 0) + 1
    return parts


def test_a_bar_has_a_part_of_the_right_height_for_each_outcome() -> None:
    came = Outcomes(delivered=50, failed=25, under_way=15, cancelled=10)
    picture = drawn(draw(days(came, Outcomes(), Outcomes(delivered=50), people=3)))
    first, last = columns(picture, BASE_OF_VIDEOS)
    whole = BASE_OF_VIDEOS - 64  # 100 videos: the top line
    found = bar(picture, first, BASE_OF_VIDEOS)
    assert list(found) == ["green", "red", "yellow", "grey"]
    expected = [whole * number // 100 for number in (50, 25, 15, 10)]
    assert list(found.values()) == pytest.approx(expected, abs=4)  # the gap between two is of neither
    assert bar(picture, last, BASE_OF_VIDEOS) == pytest.approx({"green": whole // 2}, abs=2)


def test_people_have_bars_of_their_own_below() -> None:
    picture = drawn(draw(days(*[Outcomes(delivered=1)] * 7, people=4)))
    people = columns(picture, BASE_OF_PEOPLE)
    assert people == columns(picture, BASE_OF_VIDEOS)
    heights = [bar(picture, x, BASE_OF_PEOPLE)["blue"] for x in people]
    assert heights == pytest.approx([BASE_OF_PEOPLE - 512] * 7, abs=2)


def test_one_failure_among_thousands_can_still_be_seen() -> None:
    picture = drawn(draw(days(Outcomes(delivered=9000, failed=1))))
    (middle,) = columns(picture, BASE_OF_VIDEOS)
    assert list(bar(picture, middle, BASE_OF_VIDEOS)) == ["green", "red"]


@pytest.mark.parametrize("number", [1, 2, 7, 14, 30, 31, 60, MOST_DAYS])
@pytest.mark.parametrize("videos", [1, 70, 123_456])
def test_any_number_of_days_and_videos_has_a_bar_for_each_day(number: int, videos: int) -> None:
    picture = drawn(draw(days(*[Outcomes(delivered=videos)] * number, people=videos)))
    assert len(columns(picture, BASE_OF_VIDEOS)) == number
    assert len(columns(picture, BASE_OF_PEOPLE)) == number


def test_days_without_anything_are_an_empty_chart() -> None:
    picture = drawn(draw(days(*[Outcomes()] * 7, people=0)))
    assert [columns(picture, base) for base in (BASE_OF_VIDEOS, BASE_OF_PEOPLE)] == [[], []]


@pytest.mark.parametrize("number", [1, 7, 30, MOST_DAYS])
def test_nothing_is_written_beyond_the_edge(number: int) -> None:
    picture = drawn(draw(days(*[Outcomes(delivered=99_999)] * number, people=99_999)))
    edges = [
        (0, 0, WIDTH, 8),
        (0, HEIGHT - 8, WIDTH, HEIGHT),
        (0, 0, 8, HEIGHT),
        (WIDTH - 8, 0, WIDTH, HEIGHT),
    ]
    assert [picture.crop(edge).getextrema() for edge in edges] == [((255, 255),) * 3] * 4


@pytest.mark.parametrize(
    ("highest", "lines", "scale"),
    [
        (0, 6, Scale(top=1, step=1)),
        (1, 6, Scale(top=1, step=1)),
        (6, 6, Scale(top=6, step=1)),
        (7, 6, Scale(top=8, step=2)),
        (107, 6, Scale(top=120, step=20)),
        (3, 2, Scale(top=4, step=2)),
        (99_999, 6, Scale(top=100_000, step=20_000)),
    ],
)
def test_an_axis_has_round_numbers_and_room_for_the_highest(highest: int, lines: int, scale: Scale) -> None:
    assert Scale.up_to(highest, lines=lines) == scale


async def test_the_chart_is_drawn_in_a_child_process() -> None:
    wanted = days(Outcomes(delivered=3, failed=1), Outcomes(cancelled=2))
    async with MediaProcesses() as room:
        assert await room.draw_chart(wanted) == draw(wanted)
