"""What a clip shall show: read from its prompt, and from those that it is an edit of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sandbox.video_api.scenery.brush import Colour, dice
from sandbox.video_api.scenery.words import (
    COLOURS,
    FIGURES,
    MANNERS,
    PLACES,
    TIMES,
    WEATHERS,
    Figure,
    Manner,
    Place,
    Time,
    Vocabulary,
    Weather,
)

Found = TypeVar("Found")

#: More are not looked at.
MOST_FIGURES = 4
_TIMES, _WEATHERS, _PLACES = Vocabulary(TIMES), Vocabulary(WEATHERS), Vocabulary(PLACES)
_FIGURES, _COLOURS, _MANNERS = Vocabulary(FIGURES), Vocabulary(COLOURS), Vocabulary(MANNERS)

#: Where they are at home, if nothing else is said.
HOMES = {
    Figure.PAPER_BOAT: Place.SEA,
    Figure.SAILBOAT: Place.SEA,
    Figure.LIGHTHOUSE: Place.SEA,
    Figure.WHALE: Place.SEA,
    Figure.FISH: Place.REEF,
    Figure.ROCKET: Place.SPACE,
    Figure.FOX: Place.FOREST,
    Figure.TRAIN: Place.MOUNTAINS,
    Figure.PLANE: Place.MOUNTAINS,
    Figure.SNOWMAN: Place.HILLS,
    Figure.FLOWERS: Place.HILLS,
    Figure.BUTTERFLY: Place.HILLS,
    Figure.HOUSE: Place.HILLS,
    Figure.TREE: Place.HILLS,
}
#: Who may be there, if nobody is named.
GUESTS: dict[Place, tuple[Figure, ...]] = {
    Place.SEA: (Figure.SAILBOAT, Figure.LIGHTHOUSE, Figure.WHALE),
    Place.BEACH: (Figure.SAILBOAT, Figure.BIRDS),
    Place.HILLS: (Figure.TREE, Figure.HOUSE, Figure.AIRSHIP, Figure.FLOWERS),
    Place.MOUNTAINS: (Figure.AIRSHIP, Figure.BIRDS, Figure.TRAIN),
    Place.FOREST: (Figure.FOX, Figure.BIRDS),
    Place.CITY: (Figure.PLANE, Figure.CAR),
    Place.DESERT: (Figure.BIRDS, Figure.AIRSHIP),
    Place.SPACE: (Figure.ROCKET,),
    Place.REEF: (Figure.FISH,),
}
#: Of these each is drawn as likely as it is often.
CHOICES = (
    Place.SEA,
    Place.SEA,
    Place.HILLS,
    Place.HILLS,
    Place.MOUNTAINS,
    Place.MOUNTAINS,
    Place.FOREST,
    Place.DESERT,
)
HOURS = (Time.SUNSET, Time.SUNSET, Time.DAWN, Time.DAY, Time.NIGHT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is seen, where and when; `seed` decides what no word does."""

    time: Time
    weather: Weather
    place: Place
    figures: tuple[Figure, ...]
    manners: frozenset[Manner] = frozenset()
    colour: Colour | None = None
    #: Where the light comes from: 0 is left, 1 right.
    light_side: float = 0.5
    seed: str = ""

    def has(self, manner: Manner) -> bool:
        return manner in self.manners


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """What the words say of light and weather; None of what they do not."""

    time: Time | None
    weather: Weather | None


def mood_of(prompt: str) -> Mood:
    """Return what the prompt asks of a photo."""
    return Mood(time=_last(_TIMES.keys(prompt)), weather=_last(_WEATHERS.keys(prompt)))


def plan_of(prompts: Sequence[str]) -> Plan:
    """Return what to draw for the last prompt, the first of which made the scene and the others changed it.

    The same prompts always make the same scene. Of times, weathers and places that exclude each other, the one
    said last holds; who is there stays.
    """
    text = "\n".join(prompts)
    seed = prompts[0] if prompts else ""
    chance = dice(seed)
    manners = frozenset(_MANNERS.keys(text))
    figures = _figures(text)
    guessed = HOMES.get(figures[0]) if figures else None
    some_place, some_time = chance.choice(CHOICES), chance.choice(HOURS)
    at_sea = Place.SEA if Manner.SURFING in manners else None
    place = _last(_PLACES.keys(text)) or guessed or at_sea or some_place
    dark = not manners.isdisjoint({Manner.NEON, Manner.AURORA})
    mood = mood_of(text)
    return Plan(
        time=mood.time or (Time.NIGHT if dark else some_time),
        weather=mood.weather or Weather.CLEAR,
        place=place,
        figures=figures or (chance.choice(_guests(place, seed)),),
        manners=manners | ({Manner.MANY} if _is_plural(text) else set()),
        colour=_last(_COLOURS.keys(text)),
        light_side=chance.random(),
        seed=seed,
    )


def _guests(place: Place, seed: str) -> Sequence[Figure]:
    """Who may be there: nothing that flowers if the scene began in snow."""
    if mood_of(seed).weather is not Weather.SNOW:
        return GUESTS[place]
    return [one for one in GUESTS[place] if one not in (Figure.FLOWERS, Figure.TREE)]


def _last(found: Sequence[Found]) -> Found | None:
    return found[-1] if found else None


def _figures(text: str) -> tuple[Figure, ...]:
    """Who is named, each once; of paper only boats are folded, and what flies on hot air is no toy."""
    found = list(dict.fromkeys(_FIGURES.keys(text.casefold().replace("hot air", "hot-air"))))
    if Figure.PAPER_BOAT in found:
        found.remove(Figure.SAILBOAT if Figure.SAILBOAT in found else Figure.PAPER_BOAT)
    if Figure.AIRSHIP in found and Figure.BALLOON in found:
        found.remove(Figure.BALLOON)
    return tuple(found[:MOST_FIGURES])


def _is_plural(text: str) -> bool:
    """Whether a figure stands in an English plural: other languages say it in too many ways."""
    return any(word.isascii() and word.endswith("s") for _, word in _FIGURES.named(text))
