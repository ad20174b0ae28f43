"""The translations: none missing, none left over, and each with the placeholders, tags and commands of its source."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from gettext import c2py
from importlib import resources
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from chat.direction import kept_apart
from chat.language import LANGUAGES, SOURCE, gettext, is_right_to_left, speaking
from locales.update import TEMPLATE, extract, untranslated, written
from sandbox.telegram.entities import read_text

ROOT = Path(__file__).parent.parent.parent
UPDATE = "./reelbot dev python -m locales.update"
TRANSLATED = [
    code for code in LANGUAGES if (ROOT / "locales" / code / "LC_MESSAGES" / "reelbot.po").is_file()
]
HEADER = ["Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"]

PLACEHOLDER = re.compile(r"{[^{}]*}")
NUMBER = "{n}"
TAG = re.compile(r"<[^>]*>")
#: What a person types as it stands here, whatever they speak.
TYPED = re.compile(r"(?<![\w/<])/[a-z_]+|(?<![\w-])--[a-z][a-z-]*")
LEADING_SYMBOLS = re.compile(r"^[^\w<{/(¿¡«「“\"'-]*")

by_language = pytest.mark.parametrize("language", TRANSLATED)


def file_of(language: str) -> Path:
    return ROOT / "locales" / language / "LC_MESSAGES" / "reelbot.po"


def catalogue(language: str) -> Catalog:
    with file_of(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def template() -> Catalog:
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def written_in_code() -> set[str]:
    """Return what the code itself passes to gettext and its like, wherever it stands."""
    calls = (
        node
        for folder in ("bot", "chat", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        if node.func.id in {"_", "ngettext", "lazy_gettext", "mark"}
    )
    words = (call.args[0] for call in calls if call.args)
    return {
        first.value for first in words if isinstance(first, ast.Constant) and isinstance(first.value, str)
    }


def sources(message: Message) -> tuple[str, ...]:
    """Return the source's one form, or both."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    match message.string:
        case None | "":
            return ()
        case str(words):
            return (words,)
        case several:
            return tuple(several)


def placeholders(words: str) -> Counter[str]:
    found = Counter(PLACEHOLDER.findall(words))
    del found[NUMBER]
    return found


def differing(language: str, found: Callable[[str], object]) -> list[str]:
    """Return the translations in which something else is found than in any form of their source."""
    return [
        form
        for message in catalogue(language)
        if message.id
        for form in forms(message)
        if form and found(form) not in [found(source) for source in sources(message)]
    ]


def test_the_extraction_misses_no_text_not_even_inside_of_an_f_string() -> None:
    extracted = {sources(message)[0] for message in template() if message.id}
    assert written_in_code() - extracted == set()


def test_the_template_is_what_the_code_says() -> None:
    assert TEMPLATE.read_bytes() == written(extract(), is_template=True), f"run: {UPDATE}"


@by_language
def test_an_update_changes_no_catalogue_that_is_up_to_date(language: str) -> None:
    updated = catalogue(language)
    updated.update(template())
    assert file_of(language).read_bytes() == written(updated), f"run: {UPDATE}"
    assert untranslated(updated) == 0


def test_a_new_text_is_empty_and_one_that_is_gone_leaves_the_catalogue() -> None:
    updated, changed = catalogue("de"), template()
    changed.delete("Sorry, the bot's owner has not given you access.")
    changed.add("A sentence like no other in the whole catalogue, about walruses.")
    updated.update(changed)
    assert untranslated(updated) == 1
    texts = written(updated).decode()
    assert "walruses" in texts
    assert "the bot's owner has not given you access" not in texts


def test_the_way_to_renew_the_catalogues_is_written_down() -> None:
    assert UPDATE in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()


def test_the_catalogues_are_installed_with_the_bot() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "locales" in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert resources.files("locales").joinpath("reelbot.pot").is_file()


def test_every_language_has_a_catalogue() -> None:
    assert [SOURCE, *TRANSLATED] == list(LANGUAGES)


@by_language
def test_every_text_is_translated_in_every_form(language: str) -> None:
    translated = catalogue(language)
    complete = {
        message.id: len(forms(message)) for message in translated if message.id and all(forms(message))
    }
    wanted = {
        message.id: translated.num_plurals if message.pluralizable else 1
        for message in template()
        if message.id
    }
    assert complete == wanted, f"run: {UPDATE}; then translate what is new"


@by_language
def test_nothing_is_left_over_and_nothing_is_guessed(language: str) -> None:
    translated = catalogue(language)
    assert [message.id for message in translated if message.fuzzy and message.id] == []
    assert list(translated.obsolete) == []


@by_language
def test_placeholders_are_those_of_the_source(language: str) -> None:
    """Of a plural each form may say the number or not, as the language has it."""
    assert differing(language, placeholders) == []


@by_language
def test_tags_are_those_of_the_source_and_well_formed(language: str) -> None:
    assert differing(language, lambda words: Counter(TAG.findall(words))) == []
    for message in catalogue(language):
        for form in forms(message) if message.id else ():
            read_text(form, parse_mode="HTML", given=[])


@by_language
def test_commands_and_options_stay_as_they_are_typed(language: str) -> None:
    assert differing(language, lambda words: Counter(TYPED.findall(words))) == []


@by_language
def test_lines_begin_and_end_as_in_the_source(language: str) -> None:
    def outline(words: str) -> object:
        symbols = [LEADING_SYMBOLS.findall(line) for line in words.split("\n")]
        return symbols, words[:1].isspace(), words[-1:].isspace()

    assert differing(language, outline) == []


@by_language
def test_the_header_tells_what_programs_need_and_nothing_of_persons(language: str) -> None:
    text = file_of(language).read_text(encoding="utf-8")
    header = text.strip().partition("\n\n")[0].splitlines()
    told = "".join(line.strip('"') for line in header[2:])
    fields = dict(field.split(": ", 1) for field in told.split("\\n") if field)
    assert header[:2] == ['msgid ""', 'msgstr ""']
    assert list(fields) == HEADER
    assert fields["Language"] == language
    assert fields["Content-Type"] == "text/plain; charset=utf-8"


@by_language
def test_every_plural_form_is_used_by_some_number(language: str) -> None:
    translated = catalogue(language)
    form_of = c2py(translated.plural_expr)
    assert {form_of(number) for number in range(200)} == set(range(translated.num_plurals))


@pytest.mark.parametrize("language", [code for code in TRANSLATED if is_right_to_left(code)])
def test_what_runs_the_other_way_is_kept_apart_in_what_is_said(language: str) -> None:
    single = [message for message in catalogue(language) if message.id and not message.pluralizable]
    with speaking(language):
        said = [gettext(sources(message)[0]) for message in single]
    assert said == [kept_apart(forms(message)[0]) for message in single]
