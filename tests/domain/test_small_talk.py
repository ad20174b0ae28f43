"""Greetings, thanks and questions about the bot are told from descriptions of videos."""

from __future__ import annotations

import pytest

from domain.small_talk import is_short_question, is_small_talk

TALK = (
    "hi",
    "Hi!",
    "  HELLO 👋 ",
    "Thank you!! ❤️",
    "What can you do?",
    "how much does it cost",
    "Привет)",
    "что ты умеешь?",
    "¡Hola!",
    "¿Cuánto cuesta?",
    "Olá",
    "Grüß Gott",
    "Ça va ?",
    "C'est combien ?",
    "Günaydın",
    "Apa kabar?",
    "नमस्ते 🙏",
    "السلام عليكم",
    "你好！",
    "多少钱？",
    "ありがとうございます。",
)
DESCRIPTIONS = (
    "a cat",
    "hi there, a cat waves at the camera",
    "hello kitty dances",
    "a sign that says hello",
    "help the cat down from the tree",
    "привет, медвед танцует",
    "你好猫在跳舞",
    "👋",
    "",
)
QUESTIONS = {
    "can you make a cat dance?": True,
    "why is the sky blue?": True,
    "你能让猫跳舞吗？": True,
    "هل يمكنك ذلك؟": True,
    "why is the sky blue? a documentary about light": False,
    "a man walks through the rain and asks himself: where did I leave the umbrella?": False,
    "一只猫在日落时冲浪，用无人机从很高的地方拍摄，好吗？": False,
    "a cat": False,
    "": False,
}


@pytest.mark.parametrize("words", TALK)
def test_small_talk_is_known_however_it_is_written(words: str) -> None:
    assert is_small_talk(words)


@pytest.mark.parametrize("words", DESCRIPTIONS)
def test_a_description_is_no_small_talk(words: str) -> None:
    assert not is_small_talk(words)


@pytest.mark.parametrize(("words", "is_one"), QUESTIONS.items())
def test_only_a_short_sentence_with_a_question_mark_is_a_question(words: str, is_one: bool) -> None:  # noqa: FBT001 - a table
    assert is_short_question(words) is is_one
