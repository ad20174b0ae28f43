"""Who hears which language, and for how long it is spoken."""

from __future__ import annotations

import pytest

from chat.language import LANGUAGES, is_right_to_left, nearest, speaking, spoken, telegram_code


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


def test_every_language_has_two_letters_of_its_own_for_telegram() -> None:
    codes = [telegram_code(language) for language in LANGUAGES]
    assert codes == ["en", "zh", "ru", "es", "pt", "hi", "ar", "id", "fr", "de", "ja", "tr"]


def test_one_language_runs_from_right_to_left() -> None:
    assert [language for language in LANGUAGES if is_right_to_left(language)] == ["ar"]


@pytest.mark.parametrize(("asked_for", "heard"), [("ja", "ja"), ("tlh", "en")])
def test_a_language_is_spoken_within_its_block(asked_for: str, heard: str) -> None:
    with speaking("fr"):
        with speaking(asked_for):
            within = spoken()
        assert (within, spoken()) == (heard, "fr")
    assert spoken() == "en"
