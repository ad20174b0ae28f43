"""Who hears which language, and for how long it is spoken."""

from __future__ import annotations

import pytest

from chat.language import (
    LANGUAGES,
    is_right_to_left,
    languages_of_menus,
    nearest,
    nearest_of,
    speaking,
    spoken,
    telegram_code,
)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("zh-hans", "zh_Hans"),
        ("zh-hant", "zh_Hans"),
        ("zh", "zh_Hans"),
        ("pt-br", "pt_BR"),
        ("pt", "pt_BR"),
        ("PT_br", "pt_BR"),
        ("ar", "ar"),
        ("id", "id"),
        ("nl", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_people_hear_the_language_of_ours_that_is_nearest_to_theirs(theirs: str | None, ours: str) -> None:
    assert nearest(theirs) == ours


#: As it would be with catalogues for Taiwan and Portugal too.
MORE = ["en", "zh_Hans", "zh_Hant", "pt_BR", "pt_PT"]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("zh", "zh_Hans"),
        ("zh-hans", "zh_Hans"),
        ("zh-hant", "zh_Hant"),
        ("zh-tw", "zh_Hant"),
        ("zh-HK", "zh_Hant"),
        ("zh-sg", "zh_Hans"),
        ("pt", "pt_BR"),
        ("pt-br", "pt_BR"),
        ("pt-PT", "pt_PT"),
        ("pt-ao", "pt_BR"),
        ("tr", None),
        ("tr_TR.UTF-8", None),
        ("🐈", None),
        ("-", None),
        ("x" * 300, None),
    ],
)
def test_scripts_and_countries_are_told_apart_where_we_speak_both(theirs: str, ours: str | None) -> None:
    assert nearest_of(MORE, theirs) == ours


def test_telegram_knows_each_language_by_two_letters() -> None:
    codes = [telegram_code(language) for language in LANGUAGES]
    assert codes == ["en", "zh", "ru", "es", "pt", "hi", "ar", "id", "fr", "de", "ja", "tr"]


def test_of_languages_with_the_same_two_letters_the_first_has_the_menu() -> None:
    assert languages_of_menus(MORE) == ["en", "zh_Hans", "pt_BR"]


def test_one_language_runs_from_right_to_left() -> None:
    assert [language for language in LANGUAGES if is_right_to_left(language)] == ["ar"]


@pytest.mark.parametrize(("asked_for", "heard"), [("ja", "ja"), ("tlh", "en")])
def test_a_language_is_spoken_within_its_block(asked_for: str, heard: str) -> None:
    with speaking("fr"):
        with speaking(asked_for):
            within = spoken()
        assert (within, spoken()) == (heard, "fr")
    assert spoken() == "en"
