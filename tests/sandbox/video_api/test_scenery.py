"""Practice clips: what words lead to what is seen, in any language, and that it moves and can be changed."""

import io
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from sandbox.video_api.clip_spec import ClipSpec
from sandbox.video_api.frames import pictures
from sandbox.video_api.scenery.plan import Plan, plan_of
from sandbox.video_api.scenery.words import Figure, Manner, Place, Time, Weather

SIZE = (96, 160)
#: Letters without a picture, that join, turn round, break off, or are none.
STRANGE = st.text(st.sampled_from("a 猫ق\u0301\u200d\u202e\x00\n\t\ud83d🐈🌊'-.…[*%{\\"), max_size=40)
ENGLISH = {
    "surfing": ("a cat surfing at sunset", Time.SUNSET, Weather.CLEAR, Place.SEA, (Figure.CAT,)),
    "boats": ("paper boats on the sea, rain by day", Time.DAY, Weather.RAIN, Place.SEA, (Figure.PAPER_BOAT,)),
    "lighthouse": ("A LIGHTHOUSE at night!", Time.NIGHT, Weather.CLEAR, Place.SEA, (Figure.LIGHTHOUSE,)),
    "town": ("a train in a foggy city, morning", Time.DAWN, Weather.FOG, Place.CITY, (Figure.TRAIN,)),
    "hot air": ("hot air balloons, dawn desert", Time.DAWN, Weather.CLEAR, Place.DESERT, (Figure.AIRSHIP,)),
    "two": (
        "fox and dog in winter woods, noon",
        Time.DAY,
        Weather.SNOW,
        Place.FOREST,
        (Figure.FOX, Figure.DOG),
    ),
    "home": ("fish, midday", Time.DAY, Weather.CLEAR, Place.REEF, (Figure.FISH,)),
    "picture": ("🐈🌊🌙", Time.NIGHT, Weather.CLEAR, Place.SEA, (Figure.CAT,)),
}
#: A cat at sea on a rainy night.
CATS = {
    "en": "a cat on the sea on a rainy night",
    "de": "Eine Katze auf dem Meer, nachts im Regen",
    "es": "un gato en el mar, una noche de lluvia",
    "fr": "un chat sur l'océan, la nuit sous la pluie",
    "ru": "кошка на море дождливой ночью",
    "zh": "雨夜海上的猫，星空",
    "ja": "夜の海、雨の中の猫",
    "pt": "um gato no mar, noite de chuva",
    "tr": "yağmurlu bir gece denizde bir kedi",
    "id": "kucing di laut, malam hujan",
    "hi": "बारिश की रात समुद्र में बिल्ली",
    "ar": "قطة في البحر، ليلة ممطرة",
}


def seen(plan: Plan) -> tuple[Time, Weather, Place, tuple[Figure, ...]]:
    return plan.time, plan.weather, plan.place, plan.figures


def drawn(prompt: str, *, photos: tuple[bytes, ...] = (), edited: tuple[str, ...] = ()) -> list[Image.Image]:
    width, height = SIZE
    spec = ClipSpec(width=width, height=height, seconds=1, prompt=prompt, photos=photos, edited=edited)
    return list(pictures(spec))


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean of all pixels' differences above the caption."""
    box = (0, 0, SIZE[0], SIZE[1] - 50)
    return sum(ImageStat.Stat(ImageChops.difference(one.crop(box), other.crop(box))).mean)


def photo(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", SIZE, colour).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(("prompt", "time", "weather", "place", "figures"), ENGLISH.values(), ids=ENGLISH)
def test_what_the_words_name_is_seen(
    prompt: str, time: Time, weather: Weather, place: Place, figures: tuple[Figure, ...]
) -> None:
    assert seen(plan_of([prompt])) == (time, weather, place, figures)


@pytest.mark.parametrize("prompt", CATS.values(), ids=CATS)
def test_it_is_seen_in_every_language(prompt: str) -> None:
    assert seen(plan_of([prompt])) == (Time.NIGHT, Weather.RAIN, Place.SEA, (Figure.CAT,))


@pytest.mark.parametrize(
    ("prompt", "manners", "colour"),
    [
        ("two red balloons", {Manner.MANY}, (226, 62, 57)),
        ("a neon street", {Manner.NEON}, None),
        ("northern lights, green", {Manner.AURORA}, (70, 170, 90)),
        ("surfende Hunde", {Manner.SURFING}, None),
    ],
    ids=["many", "neon", "aurora", "surfing"],
)
def test_how_it_is_seen(prompt: str, manners: set[Manner], colour: tuple[int, int, int] | None) -> None:
    plan = plan_of([prompt])
    assert (set(plan.manners), plan.colour) == (manners, colour)


def test_prompts_that_name_nothing_have_scenes_of_their_own() -> None:
    plans = [plan_of([prompt]) for prompt in ("peace", "joy", "work", "?", "", "zwölf", "hm")]
    assert len({seen(plan) for plan in plans}) > 3
    assert all(plan.figures for plan in plans)


@pytest.mark.parametrize(
    ("change", "time", "weather", "figures"),
    [
        ("make it night", Time.NIGHT, Weather.RAIN, (Figure.SAILBOAT,)),
        ("make it snow", Time.SUNSET, Weather.SNOW, (Figure.SAILBOAT,)),
        ("add a whale", Time.SUNSET, Weather.RAIN, (Figure.SAILBOAT, Figure.WHALE)),
    ],
    ids=["time", "weather", "company"],
)
def test_an_edit_changes_what_it_names_and_nothing_else(
    change: str, time: Time, weather: Weather, figures: tuple[Figure, ...]
) -> None:
    before, after = (
        plan_of(["a boat in the rain at sunset"]),
        plan_of(["a boat in the rain at sunset", change]),
    )
    assert seen(after) == (time, weather, before.place, figures)
    assert (after.seed, after.light_side) == (before.seed, before.light_side)


@pytest.mark.parametrize("place", [*Place])
@pytest.mark.parametrize("time", [Time.DAY, Time.NIGHT])
def test_every_place_moves(place: Place, time: Time) -> None:
    shown = drawn(f"{place} {time} snow storm")
    assert [picture.size for picture in shown] == [SIZE] * 8
    assert all(difference(*pair) > 0 for pair in pairwise(shown))


@pytest.mark.parametrize("figure", [*Figure])
def test_every_figure_is_seen(figure: Figure) -> None:
    words = "paper boat" if figure is Figure.PAPER_BOAT else str(figure).replace("hot-air balloon", "airship")
    assert plan_of([words]).figures == (figure,)
    alone, other = drawn(f"{words}, hills, noon"), drawn(f"{words}, hills, noon, snow")
    assert difference(alone[0], other[0]) > 5


def test_the_same_prompt_is_the_same_clip() -> None:
    assert [one.tobytes() for one in drawn("peace")] == [one.tobytes() for one in drawn("peace")]


@pytest.mark.parametrize("photos", [(), (photo("orange"),)], ids=["scene", "photo"])
@pytest.mark.parametrize("change", ["make it night", "make it snow", "in the fog"])
def test_an_edit_is_plain_to_see(photos: tuple[bytes, ...], change: str) -> None:
    first = "a cat by day"
    before, after = drawn(first, photos=photos), drawn(change, photos=photos, edited=(first,))
    assert difference(before[0], after[0]) > 30


def test_several_photos_follow_each_other() -> None:
    shown = drawn("an album", photos=(photo("red"), photo("blue")))
    reds = [ImageStat.Stat(picture).mean[0] for picture in shown]
    assert (reds[0] > 150, 40 < reds[3] < 150, reds[-1] < 40) == (True, True, True)


@settings(max_examples=25, derandomize=True, deadline=None)
@given(prompt=STRANGE, before=STRANGE)
def test_no_prompt_is_too_strange(prompt: str, before: str) -> None:
    spec = ClipSpec(width=48, height=32, seconds=1, prompt=prompt, edited=(before,), frames_per_second=1)
    assert [picture.size for picture in pictures(spec)] == [(48, 32)]


@pytest.mark.parametrize("size", [(1, 1), (2, 200), (200, 2), (16, 9)], ids=str)
@pytest.mark.parametrize("prompt", ["a cat surfing in a storm", "neon city", "x" * 4000, "\ud83d"])
def test_no_size_is_too_small(size: tuple[int, int], prompt: str) -> None:
    spec = ClipSpec(width=size[0], height=size[1], seconds=1, prompt=prompt, frames_per_second=1)
    assert [picture.size for picture in pictures(spec)] == [size]
