"""Ideas for videos: examples that are made by one tap, and surprises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chat.language import gettext as _
from chat.language import mark


@dataclass(frozen=True, slots=True, kw_only=True)
class _Example:
    """A picture, and the prompt beside it on a button, which is made as it stands."""

    icon: str
    prompt: str


#: By names that buttons in people's chats carry: a name is never given to another idea.
_EXAMPLES: Mapping[str, _Example] = {
    # Translators: on a button, between a picture and a price: it has room for 24 characters, like the next two.
    "cat": _Example(icon="🐈", prompt=mark("A cat surfing at sunset")),
    "boats": _Example(icon="⛵", prompt=mark("Paper boats in the rain")),
    "lighthouse": _Example(icon="🌊", prompt=mark("A lighthouse in a storm")),
}
_SURPRISES: Mapping[str, str] = {
    "train": mark(
        "A small red train crosses a stone bridge high above a misty valley at dawn, filmed from a drone"
    ),
    "whale": mark(
        "A whale swims slowly between the clouds over a city at night, its belly lit by the streets"
    ),
    "fox": mark("A fox in a red scarf waits at a snowy bus stop, and the bus arrives, full of other animals"),
    "tea": mark("Inside a teacup a tiny sailing ship fights a storm of tea, close-up, warm morning light"),
    "robot": mark(
        "An old robot waters the flowers on its balcony while rain begins to fall, gentle film light"
    ),
    "library": mark("Books fly like birds through a vast old library, and their pages turn into feathers"),
    "jellyfish": mark(
        "Glowing jellyfish float up from a lake in the forest and light the trees, slow motion"
    ),
    "penguins": mark("Penguins in yellow raincoats run a busy noodle bar, steam, neon signs in the window"),
    "balloon": mark(
        "A hot-air balloon made of patchwork quilts drifts over lavender fields in the evening sun"
    ),
    "astronaut": mark(
        "An astronaut plants a single sunflower on the moon, and it slowly turns towards the Earth"
    ),
    "puddle": mark("A dog leaps into a puddle and comes out among the stars, seen from below, slow motion"),
    "city": mark(
        "A city of paper unfolds out of an open book, with streets, trams and little lights, stop motion"
    ),
}


def examples() -> Mapping[str, str]:
    """Return what stands on the buttons of the examples, without a price, by the examples' names."""
    return {name: f"{one.icon} {_(one.prompt)}" for name, one in _EXAMPLES.items()}


def example(name: str) -> str | None:
    """Return the prompt of an example in the language that is spoken now; None if there is none of this name."""
    found = _EXAMPLES.get(name)
    return None if found is None else _(found.prompt)


def names() -> list[str]:
    """Return the names of the surprises."""
    return list(_SURPRISES)


def surprise(name: str) -> str | None:
    """Return the prompt of a surprise in the language that is spoken now; None if there is none of this name."""
    found = _SURPRISES.get(name)
    return None if found is None else _(found)


def name_of(prompt: str) -> str | None:
    """Return the name of the surprise that a prompt is, in the language that is spoken now."""
    return next((name for name, words in _SURPRISES.items() if _(words) == prompt), None)


def after(name: str) -> str:
    """Return the name of the next surprise: all of them come by before one comes again."""
    every = names()
    return every[(every.index(name) + 1) % len(every)]
