"""Sentences from right to left: what runs the other way keeps its own order."""

from __future__ import annotations

import pytest

from chat.direction import in_a_row, kept_apart

#: First strong isolate and its end, written so that they can be seen.
SEEN = str.maketrans({"\u2068": "[", "\u2069": "]", "\u200f": "‹"})


@pytest.mark.parametrize(
    ("sentence", "apart"),
    [
        pytest.param("مرحبا", "مرحبا", id="nothing runs the other way"),
        pytest.param("بقي {left} من {all}.", "بقي [{left}] من [{all}].", id="placeholders"),
        pytest.param("أرسل /help الآن", "أرسل [/help] الآن", id="a command"),
        pytest.param("أضف --model هنا", "أضف [--model] هنا", id="an option"),
        pytest.param(
            "<b>خيارات</b>: <code>--size 16:9</code> <code>--seconds {n}</code>",
            "<b>خيارات</b>: [<code>--size 16:9</code>] [<code>--seconds {n}</code>]",
            id="code, whole, so that a tap copies nothing else",
        ),
        pytest.param(
            '<a href="https://example.org/{x}">هنا</a>',
            '<a href="https://example.org/{x}">هنا</a>',
            id="an address is no words",
        ),
        pytest.param("<b>{title}</b>", "<b>[{title}]</b>", id="a placeholder in a tag"),
        pytest.param("نعم/لا", "نعم/لا", id="a slash between words"),
    ],
)
def test_what_runs_the_other_way_is_kept_apart(sentence: str, apart: str) -> None:
    assert kept_apart(sentence).translate(SEEN) == apart


def test_a_row_of_facts_begins_on_the_right_and_each_fact_keeps_its_order() -> None:
    assert (
        in_a_row(("Sora 2", "10 ث", "720×1280"), " · ").translate(SEEN) == "‹[Sora 2] · [10 ث] · [720×1280]"
    )
