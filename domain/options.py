"""Takes the options out of what a person wrote: `a cat --seconds 15` is a prompt and a length."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import Any, Self

from domain.refusals import OptionRefusal, UnknownOption, ValueMissing, ValueUnusable
from domain.size import Size

PORTRAIT, LANDSCAPE = Size(9, 16), Size(16, 9)

# Phones turn "--" into one long dash; a dash inside a word or before a blank stays what it is. Prose has long dashes
# before words, too: behind one, a word has to look like an option in all that follows it.
_WORD = re.compile(r"(?P<dash>--|—|–)(?P<name>[A-Za-z][\w-]*)(?:=(?P<value>\S*)|(?P<stop>[.,;:!?)]+))?")
#: What only directs the words around it, and comes along when text from right to left is copied (Unicode Standard
#: Annex 9, section 2).
_DIRECTING = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_NUMBER, _SHAPE = re.compile(r"\d"), re.compile(r"\d+\s*[x×:]\s*\d", re.IGNORECASE)
#: What no word of a sentence looks like: `sora-2`, `kling-v2.1`.
_NAME_WITH_VERSION = re.compile(r"(?=.*\d)(?=.*[-._])[A-Za-z]")
_YES, _NO = frozenset({"true", "yes", "on", "1"}), frozenset({"false", "no", "off", "0"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptOptions:
    """What a person asked for; None where nothing was said and the catalogue decides."""

    prompt: str
    model: str | None = None
    seconds: int | None = None
    shape: Size | None = None
    private: bool | None = None
    watermark: bool | None = None
    #: The name of a character that the person has saved.
    character: str | None = None
    #: A character that is not saved: its clip's address, and where in it, in seconds.
    character_url: str | None = None
    character_timestamps: str | None = None

    def over(self, earlier: Self) -> Self:
        """Return these options, and those that were said earlier where nothing is said here."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return replace(earlier, **{name: value for name, value in said.items() if value not in {None, ""}})


NOTHING_SAID = PromptOptions(prompt="")


def _switch(value: str) -> bool:
    match value.lower():
        case yes if yes in _YES:
            return True
        case no if no in _NO:
            return False
        case _:
            raise ValueError(f"{value!r} is neither true nor false")


@dataclass(frozen=True, slots=True)
class _Option:
    """One option: the field that it sets, an example of its value (None for a switch), and how that is read."""

    field: str
    example: str | None = None
    #: Raises ValueError for what is no value; None changes nothing.
    read: Callable[[str], object] = _switch
    #: What its values begin with, and words of a sentence do not.
    beginning: re.Pattern[str] = re.compile(r"(?!)")


OPTIONS = {
    "model": _Option("model", "NAME", str, _NAME_WITH_VERSION),
    "seconds": _Option("seconds", "10", lambda value: int(value.lower().removesuffix("s")), _NUMBER),
    "size": _Option("shape", "16:9", Size.parse, _SHAPE),
    "portrait": _Option("shape", read=lambda value: PORTRAIT if _switch(value) else None),
    "landscape": _Option("shape", read=lambda value: LANDSCAPE if _switch(value) else None),
    "private": _Option("private"),
    "watermark": _Option("watermark"),
    "character": _Option("character", "NAME", str, re.compile("[@＠]")),
    "character-url": _Option("character_url", "https://example.org/clip.mp4", str, re.compile(r"\w+://")),
    "character-timestamps": _Option("character_timestamps", "1,3", str, _NUMBER),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How words that were refused once are to be read instead, by the names that were written behind the dashes."""

    #: What an option that there is none of was meant for; None for words.
    meant: Mapping[str, str | None] = field(default_factory=dict)
    #: Options that are left out where their value is missing or makes no sense.
    left_out: frozenset[str] = frozenset()


AS_WRITTEN = Reading()


def parse_options(
    text: str, *, is_model: Callable[[str], object] = lambda _: None, reading: Reading = AS_WRITTEN
) -> PromptOptions:
    """Return the prompt without its options, and the options; raises an OptionRefusal, which holds the text.

    `--NAME` is an option wherever it stands, unless it opens an aside --such as this-- of prose. Behind one long dash
    it is one only if what follows says so: `=`, a value that fits, the end of the text, or another option. `is_model`
    tells whether a word is the name of a model, for that may look like any word.
    """
    try:
        return _parse(text, is_model, reading)
    except OptionRefusal as refused:
        refused.text = text
        raise


def corrected(text: str, *, is_model: Callable[[str], object] = lambda _: None) -> PromptOptions:
    """Read words with each misspelt option taken for the nearest one; raises an OptionRefusal for anything else."""
    meant: dict[str, str | None] = {}
    while True:
        try:
            return parse_options(text, is_model=is_model, reading=Reading(meant=meant))
        except UnknownOption as refused:
            if not refused.close:
                raise
            meant[refused.name] = refused.close[0]


def what_makes_sense(text: str, *, is_model: Callable[[str], object] = lambda _: None) -> PromptOptions:
    """Read words of which some were refused: options that there are none of are words, unusable values fall away."""
    reading = AS_WRITTEN
    while True:
        try:
            return parse_options(text, is_model=is_model, reading=reading)
        except UnknownOption as refused:
            reading = replace(reading, meant={**reading.meant, refused.name: None})
        except (ValueMissing, ValueUnusable) as refused:
            reading = replace(reading, left_out=reading.left_out | {refused.name})


def _parse(text: str, is_model: Callable[[str], object], reading: Reading) -> PromptOptions:
    words = re.split(r"(\s+)", text.strip())
    options, kept = NOTHING_SAID, list[str]()
    while words:
        word = words.pop(0)
        option = _option_at(word.translate(_DIRECTING), words, is_model, reading.meant)
        if option is None:
            kept.append(word)
            continue
        name, value = option
        try:
            if value is None:
                value = _value_behind(name, words)
            options = with_option(options, name, value)
        except (ValueMissing, ValueUnusable):
            if name not in reading.left_out:
                raise
        _close_gap(kept, words)
    return replace(options, prompt="".join(kept).strip())


def doubtful_option(prompt: str) -> str | None:
    """Return the name of an option that stands in a prompt behind a long dash, and may have been meant; None if none."""
    for word in prompt.split():
        found = _WORD.fullmatch(word.translate(_DIRECTING))
        is_one = found is not None and found["dash"] != "--" and not found["stop"]
        if found is not None and is_one and found["name"].lower() in OPTIONS:
            return found["name"].lower()
    return None


def with_option(options: PromptOptions, name: str, value: str) -> PromptOptions:
    """Return the options with another value for the one of this name; raises an OptionRefusal."""
    option = OPTIONS.get(name)
    if option is None:
        raise UnknownOption(name, ())
    example = option.example or "true"
    if not value:
        raise ValueMissing(name, example)
    try:
        read: Any = option.read(value)
    except ValueError as error:
        raise ValueUnusable(name, value, example) from error
    return options if read is None else replace(options, **{option.field: read})


def _option_at(
    word: str, behind: Sequence[str], is_model: Callable[[str], object], meant: Mapping[str, str | None]
) -> tuple[str, str | None] | None:
    """Return the option that a word names, and its value if that is stuck to it; None if the word is prose."""
    found = _WORD.fullmatch(word)
    if found is None:
        return None
    name, value = found["name"].lower(), found["value"]
    if name in meant:
        corrected = meant[name]
        return None if corrected is None else (corrected, value)
    close = [name] if name in OPTIONS else get_close_matches(name, OPTIONS, n=2)
    is_like_one = bool(close) and _reads_as_option(close[0], value, behind, is_model)
    if found["dash"] == "--":
        is_prose = name.endswith("--") or (not is_like_one and _is_closed(behind))
    else:
        # Behind a long dash a comma is a sentence's.
        is_prose = not is_like_one or bool(found["stop"])
    if is_prose:
        return None
    if name not in OPTIONS:
        raise UnknownOption(name, tuple(close))
    return name, value


def _is_closed(behind: Sequence[str]) -> bool:
    """Tell whether two hyphens stand for a dash, for those behind a later word close what they open."""
    for word in behind:
        if word.startswith("--"):
            return False
        if word.rstrip(".,;:!?").endswith("--"):
            return True
    return False


def _reads_as_option(
    name: str, value: str | None, behind: Sequence[str], is_model: Callable[[str], object]
) -> bool:
    following = next((word for word in behind if word and not word.isspace()), "").translate(_DIRECTING)
    if value is not None or not following or _looks_like_option(following):
        return True
    option = OPTIONS[name]
    return option.beginning.match(following) is not None or (name == "model" and bool(is_model(following)))


def _looks_like_option(word: str) -> bool:
    found = _WORD.fullmatch(word)
    return found is not None and (found["dash"] == "--" or found["name"].lower() in OPTIONS)


def _value_behind(name: str, words: list[str]) -> str:
    """Take the value of `name` off the words that follow; a switch needs none."""
    example = OPTIONS[name].example
    if example is None:
        return "true"
    while words and (not words[0] or words[0].isspace()):
        words.pop(0)
    value = words.pop(0).translate(_DIRECTING) if words else ""
    if not value or _WORD.fullmatch(value):
        raise ValueMissing(name, example)
    return value


def _close_gap(kept: list[str], words: list[str]) -> None:
    """Of the two blanks around an option that was taken out leave one: rather a line's end than a space."""
    if kept and words:
        behind = words.pop(0)
        if behind.count("\n") > kept[-1].count("\n"):
            kept[-1] = behind
