"""Mentions: `@NAME` of somebody's character, and no other @."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.mentions import find_mentions, find_unknown, may_mention, renamed, without_marks

NAMES = {"mina", "mina-two", "小猫", "мина", "मीना", "미나", "r2_d2"}
MENTIONED = {
    "alone": ("@mina", ["mina"], "mina"),
    "first": ("@mina surfs", ["mina"], "mina surfs"),
    "amid": ("a cat and @mina surf", ["mina"], "a cat and mina surf"),
    "capitals": ("@MINA surfs", ["mina"], "MINA surfs"),
    "wide signs": ("＠ｍｉｎａ surfs", ["mina"], "ｍｉｎａ surfs"),
    "before a comma": ("look, @mina, at me", ["mina"], "look, mina, at me"),
    "in quotes": ('"@mina"', ["mina"], '"mina"'),
    "before a dash": ("@mina- and then", ["mina"], "mina- and then"),
    "somebody's own": ("@mina's dog", ["mina"], "mina's dog"),
    "the longest name": ("@mina-two", ["mina-two"], "mina-two"),
    "twice": ("@mina meets @mina", ["mina", "mina"], "mina meets mina"),
    "two": ("@mina meets @r2_d2", ["mina", "r2_d2"], "mina meets r2_d2"),
    "Chinese without blanks": ("让@小猫跳舞", ["小猫"], "让小猫跳舞"),
    "a name amid Chinese": ("让@mina跳舞", ["mina"], "让mina跳舞"),
    "Russian": ("@Мина танцует", ["мина"], "Мина танцует"),
    "Hindi with its vowel signs": ("@मीना नाचती है", ["मीना"], "मीना नाचती है"),
    "Korean with a particle": ("@미나가 춤춘다", ["미나"], "미나가 춤춘다"),
}
PLAIN = {
    "nobody": "a cat @home",
    "nobody's character": "@boris surfs",
    "the beginning of another name": "@minaret at dusk",
    "Russian with an ending": "@минах",
    "mail": "write to a@mina.org",
    "an @ alone": "a cat @ dusk",
    "two @": "@@mina",
    "a name without @": "mina surfs",
}


@pytest.mark.parametrize(("prompt", "names", "plain"), MENTIONED.values(), ids=MENTIONED)
def test_characters_are_found_by_their_names_and_the_mark_is_taken_off(
    prompt: str, names: list[str], plain: str
) -> None:
    mentions = find_mentions(prompt, NAMES)
    assert may_mention(prompt)
    assert [mention.name for mention in mentions] == names
    assert without_marks(prompt, mentions) == plain


@pytest.mark.parametrize("prompt", PLAIN.values(), ids=PLAIN)
def test_any_other_at_stays_plain_text(prompt: str) -> None:
    mentions = find_mentions(prompt, NAMES)
    assert mentions == []
    assert without_marks(prompt, mentions) == prompt


@given(st.text(st.sampled_from("@＠aminA-_ 小猫,.２")))
def test_only_marks_are_ever_taken_off(prompt: str) -> None:
    mentions = find_mentions(prompt, NAMES)
    plain = without_marks(prompt, mentions)
    assert len(plain) == len(prompt) - len(mentions)
    assert [sign for sign in plain if sign not in "@＠"] == [sign for sign in prompt if sign not in "@＠"]


UNKNOWN = {
    "at the beginning": ("@mia surfs", "mia", "@mina surfs"),
    "amid": ("a cat and @mia, at night", "mia", "a cat and @mina, at night"),
    "behind a known one": ("@mina and @mia", "mia", "@mina and @mina"),
    "Chinese": ("@小狗 surfs", "小狗", "@mina surfs"),
    "before a dash": ("@mia- and then", "mia", "@mina- and then"),
}


@pytest.mark.parametrize(("prompt", "name", "meant"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_name_of_nobody_is_found_and_can_be_another(prompt: str, name: str, meant: str) -> None:
    mention = find_unknown(prompt, NAMES)
    assert mention is not None
    assert (mention.name, renamed(prompt, mention, "mina")) == (name, meant)


@pytest.mark.parametrize(
    "prompt", ["a cat", "@mina surfs", "write to a@mia.org", "a cat @ dusk", "at @5pm", f"@{'x' * 33} surfs"]
)
def test_what_is_no_name_of_nobody_is_not_asked_about(prompt: str) -> None:
    assert find_unknown(prompt, NAMES) is None
