"""Options: taken out of a prompt wherever they stand, and nothing else is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.options import (
    LANDSCAPE,
    OPTIONS,
    PORTRAIT,
    PromptOptions,
    corrected,
    doubtful_option,
    parse_options,
    what_makes_sense,
    with_option,
)
from domain.refusals import OptionRefusal, UnknownOption, ValueMissing, ValueUnusable
from domain.size import Size

WRITTEN = {
    "no option": ("a cat surfing", PromptOptions(prompt="a cat surfing")),
    "nothing": ("", PromptOptions(prompt="")),
    "blanks": (" \n\t ", PromptOptions(prompt="")),
    "first": ("--seconds 15 a cat", PromptOptions(prompt="a cat", seconds=15)),
    "amid": ("a cat --seconds 15 surfing", PromptOptions(prompt="a cat surfing", seconds=15)),
    "last": ("a cat --seconds 15", PromptOptions(prompt="a cat", seconds=15)),
    "alone": ("--portrait", PromptOptions(prompt="", shape=PORTRAIT)),
    "equals sign": ("a cat --seconds=15 surfing", PromptOptions(prompt="a cat surfing", seconds=15)),
    "equals sign in the value": ("a --model=x=y cat", PromptOptions(prompt="a cat", model="x=y")),
    "em dash": ("a cat —seconds 15", PromptOptions(prompt="a cat", seconds=15)),
    "en dash": ("a cat –seconds 15", PromptOptions(prompt="a cat", seconds=15)),
    "em dash and the name of a model": (
        "a cat —model kling-v2.1 —character @mina",
        PromptOptions(prompt="a cat", model="kling-v2.1", character="@mina"),
    ),
    "em dash and a switch at the end": ("a cat —private", PromptOptions(prompt="a cat", private=True)),
    "em dash and a switch before others": (
        "—Private —landscape --seconds 15 a cat",
        PromptOptions(prompt="a cat", private=True, shape=LANDSCAPE, seconds=15),
    ),
    "em dash and a switch's value": ("—private=no a cat", PromptOptions(prompt="a cat", private=False)),
    "before a closing dash": (
        "--seconds 15 a cat-- or a dog",
        PromptOptions(prompt="a cat-- or a dog", seconds=15),
    ),
    "before a dash": ("a cat --private -- surfing", PromptOptions(prompt="a cat -- surfing", private=True)),
    "em dash and equals sign": ("a cat —size=9:16", PromptOptions(prompt="a cat", shape=Size(9, 16))),
    "upper case": ("a cat --SECONDS 15S", PromptOptions(prompt="a cat", seconds=15)),
    "unit": ("a cat --seconds 15s", PromptOptions(prompt="a cat", seconds=15)),
    "model": ("a cat --model Sora-2-Pro", PromptOptions(prompt="a cat", model="Sora-2-Pro")),
    "pixels": ("a cat --size 1280x720", PromptOptions(prompt="a cat", shape=Size(1280, 720))),
    "times sign": ("a cat --size 1280×720", PromptOptions(prompt="a cat", shape=Size(1280, 720))),
    "ratio": ("a cat --size 16:9", PromptOptions(prompt="a cat", shape=LANDSCAPE)),
    "landscape": ("a cat --landscape surfing", PromptOptions(prompt="a cat surfing", shape=LANDSCAPE)),
    "last one wins": ("--portrait a cat --landscape", PromptOptions(prompt="a cat", shape=LANDSCAPE)),
    "shape switched off": ("a cat --portrait=no", PromptOptions(prompt="a cat")),
    "before a comma": ("a cat --landscape, at dusk", PromptOptions(prompt="a cat at dusk", shape=LANDSCAPE)),
    "before a full stop": ("a cat --private.", PromptOptions(prompt="a cat", private=True)),
    "private": ("a cat --private surfing", PromptOptions(prompt="a cat surfing", private=True)),
    "switched off": ("a cat --private --private=off", PromptOptions(prompt="a cat", private=False)),
    "switched on": ("a cat --watermark=Yes", PromptOptions(prompt="a cat", watermark=True)),
    "a switch takes no word": (
        "a cat --private true love",
        PromptOptions(prompt="a cat true love", private=True),
    ),
    "a saved character": ("a cat --character Mina", PromptOptions(prompt="a cat", character="Mina")),
    "a character's clip": (
        "a cat --character-url https://example.org/a.mp4?b=c —character-timestamps 1,3",
        PromptOptions(
            prompt="a cat", character_url="https://example.org/a.mp4?b=c", character_timestamps="1,3"
        ),
    ),
    "all together": (
        "--model sora-2 a —seconds=10 cat --size 16:9 --private surfing --watermark",
        PromptOptions(
            prompt="a cat surfing", model="sora-2", seconds=10, shape=LANDSCAPE, private=True, watermark=True
        ),
    ),
    "copied from a sentence from right to left": (
        "قطة \u2068--seconds\u2069 \u200f15\u200f \u2068--size 16:9\u2069",
        PromptOptions(prompt="قطة", seconds=15, shape=LANDSCAPE),
    ),
    "digits of another script": ("قطة --seconds ١٥", PromptOptions(prompt="قطة", seconds=15)),
    "value on the next line": ("a cat --seconds\n15", PromptOptions(prompt="a cat", seconds=15)),
    "lines kept": (
        "a cat\nsurfing --seconds 15\n\nat dusk",
        PromptOptions(prompt="a cat\nsurfing\n\nat dusk", seconds=15),
    ),
    "a line of its own": ("a cat\n--seconds 15\nsurfing", PromptOptions(prompt="a cat\nsurfing", seconds=15)),
    "a line begun": ("a cat\n--seconds 15 surfing", PromptOptions(prompt="a cat\nsurfing", seconds=15)),
    "two in a row": (
        "a cat\n\n--private --seconds 15\n surfing",
        PromptOptions(prompt="a cat\n\nsurfing", private=True, seconds=15),
    ),
}

PROSE = {
    "dashes between blanks": "a cat — surfing – at sunset",
    "dialogue": "—Hello, said the cat",
    "dialogue that looks like an option": "—Hello there",
    "an aside": "a cat —private, she said– at dusk",
    "a speaker's dash": "— Model of a cat",
    "a switch's name behind an em dash": "a cat —private detective in the rain",
    "a switch's name behind an en dash": "–portrait of a lady with an ermine",
    "a model's": "in the showroom —model trains run around",
    "a length's": "she waits —seconds pass",
    "nearly a length's": "he leaps —second thoughts come too late",
    "a shape's": "two brothers —size matters to both",
    "nearly a shape's": "shoes —sizes vary",
    "a character's": "the hero —character development included",
    "a list": "–portrait of a cat\n–landscape behind it\n–watermark of nothing",
    "an aside between two hyphens": "a man --tired and old-- walks home",
    "an aside that begins like a switch": "noir --private eyes, mostly-- in the rain",
    "an aside of one word": "noir --private-- in the rain",
    "an aside at the end": "a man walks home --tired and old--.",
    "em dash inside words": "a cat—private eye",
    "en dash inside words": "the years–seconds 15",
    "not our alphabet": "a cat —Привет",
    "two hyphens alone": "a cat -- surfing",
    "two hyphens behind a word": "i-- and c--",
    "three hyphens": "a cat ---seconds",
    "one hyphen": "a cat -seconds 15",
    "a number": "a cat --15",
    "wide blanks": "a  cat \t surfing",
    "indented lines": "a cat:\n    - surfs\n    - sleeps",
}

REFUSED = {
    "typing mistake": ("a cat --secnds 15", UnknownOption, {"name": "secnds", "close": ("seconds",)}),
    "mistake behind a dash": ("a cat —secnds 15", UnknownOption, {"name": "secnds", "close": ("seconds",)}),
    "unknown": ("a cat --quality high", UnknownOption, {"name": "quality", "close": ()}),
    "mistake behind a dash at the end": (
        "a cat —privat",
        UnknownOption,
        {"name": "privat", "close": ("private",)},
    ),
    "no value behind a dash": (
        "a cat —seconds --private",
        ValueMissing,
        {"name": "seconds", "example": "10"},
    ),
    "a number and a comma behind a dash": (
        "a cat —seconds 15, surfing",
        ValueUnusable,
        {"name": "seconds", "value": "15,", "example": "10"},
    ),
    "unknown with value": ("a cat --fps=60", UnknownOption, {"name": "fps", "close": ()}),
    "value stuck to it": ("a cat --seconds15", UnknownOption, {"name": "seconds15", "close": ("seconds",)}),
    "underscore": ("a cat --no_sound", UnknownOption, {"name": "no_sound", "close": ()}),
    "no model": ("a cat --model", ValueMissing, {"name": "model", "example": "NAME"}),
    "no value at the end": ("a cat --seconds", ValueMissing, {"name": "seconds", "example": "10"}),
    "no value before an option": (
        "--seconds --private a",
        ValueMissing,
        {"name": "seconds", "example": "10"},
    ),
    "empty value": ("a cat --size= 16:9", ValueMissing, {"name": "size", "example": "16:9"}),
    "empty switch": ("a cat --private=", ValueMissing, {"name": "private", "example": "true"}),
    "no number": (
        "--seconds soon a cat",
        ValueUnusable,
        {"name": "seconds", "value": "soon", "example": "10"},
    ),
    "half a second": ("--seconds 7.5 a", ValueUnusable, {"name": "seconds", "value": "7.5", "example": "10"}),
    "no size": ("a cat --size big", ValueUnusable, {"name": "size", "value": "big", "example": "16:9"}),
    "no area": ("a cat --size 0x720", ValueUnusable, {"name": "size", "value": "0x720", "example": "16:9"}),
    "neither yes nor no": (
        "--private=perhaps a cat",
        ValueUnusable,
        {"name": "private", "value": "perhaps", "example": "true"},
    ),
}

CAT = PromptOptions(prompt="a cat —private eyes", seconds=12, private=True)

PIECES = st.sampled_from(
    ["--", "—", "–", "-", "=", "seconds", "secnds", "mod", "of", "size", "model", "private", "portrait", "a", "15", "s", "16:9", "9x", " ", "\n"]
)  # fmt: skip


@pytest.mark.parametrize(("text", "options"), WRITTEN.values(), ids=WRITTEN)
def test_options_are_taken_out_wherever_they_stand(text: str, options: PromptOptions) -> None:
    assert parse_options(text) == options


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_stays_as_it_was_written(text: str) -> None:
    assert parse_options(text) == PromptOptions(prompt=text)


@pytest.mark.parametrize(("text", "kind", "facts"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_option_of_ours_is_refused_with_its_facts(
    text: str, kind: type[OptionRefusal], facts: dict[str, object]
) -> None:
    with pytest.raises(OptionRefusal) as refused:
        parse_options(text)
    assert (type(refused.value), vars(refused.value)) == (kind, facts | {"text": text})


OTHERWISE = {
    "misspelt": ("a cat --secnds 15", PromptOptions(prompt="a cat", seconds=15), "a cat --secnds 15"),
    "misspelt twice": (
        "a cat --secnds 15 --privat",
        PromptOptions(prompt="a cat", seconds=15, private=True),
        "a cat --secnds 15 --privat",
    ),
    "nothing like it": ("a cat --fps 60", None, "a cat --fps 60"),
    "misspelt, without a value": ("a cat --secnds", None, "a cat --secnds"),
    "no value": ("a cat --seconds soon", None, "a cat"),
}


@pytest.mark.parametrize(("text", "meant", "prompt"), OTHERWISE.values(), ids=OTHERWISE)
def test_what_was_refused_can_be_read_as_it_may_have_been_meant_or_as_words(
    text: str, meant: PromptOptions | None, prompt: str
) -> None:
    if meant is None:
        with pytest.raises(OptionRefusal):
            corrected(text)
    else:
        assert corrected(text) == meant
    assert what_makes_sense(text) == PromptOptions(prompt=prompt)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)))
def test_any_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    try:
        options = parse_options(text)
    except OptionRefusal:
        return
    assert options.prompt == options.prompt.strip()


@given(st.text(st.characters(exclude_characters="-—–")))
def test_text_without_option_marks_comes_back_unchanged_but_for_outer_blanks(text: str) -> None:
    assert parse_options(text) == PromptOptions(prompt=text.strip())


DASHED = [f"{dash}{name}" for dash in "—–" for name in OPTIONS]


@given(
    st.lists(
        st.tuples(st.sampled_from(DASHED), st.sampled_from(["of", "eyes", "a", "is", "Trains"])), min_size=1
    )
)
def test_a_word_of_a_sentence_behind_a_long_dash_is_no_option(pairs: list[tuple[str, str]]) -> None:
    text = " ".join(word for pair in pairs for word in pair)
    assert parse_options(text) == PromptOptions(prompt=text)


DOUBTFUL = {
    "—private a cat": "private",
    "a cat –Portrait of itself": "portrait",
    "she waits —seconds pass": "seconds",
    "a cat —private, she said– at dusk": None,
    "a cat — private": None,
    "a cat --private": None,
    "—Hello there": None,
    "": None,
}


@pytest.mark.parametrize(("prompt", "name"), DOUBTFUL.items())
def test_a_word_that_may_have_been_meant_for_an_option_is_found(prompt: str, name: str | None) -> None:
    assert doubtful_option(prompt) == name


def test_what_looks_like_any_word_is_a_models_name_if_there_is_such_a_model() -> None:
    def is_model(name: str) -> bool:
        return name == "veo"

    assert parse_options("a —model veo cat", is_model=is_model) == PromptOptions(prompt="a cat", model="veo")
    assert parse_options("a —model train", is_model=is_model) == PromptOptions(prompt="a —model train")


@given(
    words=st.lists(st.sampled_from(["a", "cat", "surfing", "—", "at", "dusk"]), min_size=1),
    place=st.integers(min_value=0, max_value=50),
    option=st.sampled_from(["--seconds 15", "--seconds=15", "—seconds 15s", "–Seconds=15"]),
)
def test_an_option_means_the_same_at_every_place(words: list[str], place: int, option: str) -> None:
    text = " ".join([*words[:place], option, *words[place:]])
    assert parse_options(text) == PromptOptions(prompt=" ".join(words), seconds=15)


CHOSEN = {
    "a length": ("seconds", "15", replace(CAT, seconds=15)),
    "another one": ("seconds", "10s", replace(CAT, seconds=10)),
    "a shape": ("size", "16:9", replace(CAT, shape=LANDSCAPE)),
    "a shape's name": ("landscape", "true", replace(CAT, shape=LANDSCAPE)),
    "a shape's name switched off": ("landscape", "no", CAT),
    "a switch": ("private", "no", replace(CAT, private=False)),
    "a model": ("model", "veo", replace(CAT, model="veo")),
}


@pytest.mark.parametrize(("name", "value", "options"), CHOSEN.values(), ids=CHOSEN)
def test_one_option_is_changed_and_all_else_stays(name: str, value: str, options: PromptOptions) -> None:
    assert with_option(CAT, name, value) == options


NOT_CHOSEN = {
    "unknown": ("fps", "60", UnknownOption, {"name": "fps", "close": ()}),
    "empty": ("seconds", "", ValueMissing, {"name": "seconds", "example": "10"}),
    "empty switch": ("private", "", ValueMissing, {"name": "private", "example": "true"}),
    "unusable": ("size", "0x0", ValueUnusable, {"name": "size", "value": "0x0", "example": "16:9"}),
    "two in one": (
        "seconds",
        "15 --private",
        ValueUnusable,
        {"name": "seconds", "value": "15 --private", "example": "10"},
    ),
}


@pytest.mark.parametrize(("name", "value", "kind", "facts"), NOT_CHOSEN.values(), ids=NOT_CHOSEN)
def test_what_is_no_value_of_an_option_is_refused_with_its_facts(
    name: str, value: str, kind: type[OptionRefusal], facts: dict[str, object]
) -> None:
    with pytest.raises(OptionRefusal) as refused:
        with_option(CAT, name, value)
    assert (type(refused.value), vars(refused.value)) == (kind, facts)


OVER = {
    "nothing": (PromptOptions(prompt=""), CAT),
    "other words": (PromptOptions(prompt="a dog"), replace(CAT, prompt="a dog")),
    "another length": (PromptOptions(prompt="", seconds=10), replace(CAT, seconds=10)),
    "a switch that is off": (PromptOptions(prompt="", private=False), replace(CAT, private=False)),
}


@pytest.mark.parametrize(("later", "options"), OVER.values(), ids=OVER)
def test_what_is_said_later_wins(later: PromptOptions, options: PromptOptions) -> None:
    assert later.over(CAT) == options
