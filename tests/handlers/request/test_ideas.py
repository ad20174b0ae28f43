"""Ideas: on buttons that a phone shows whole, in every language, and prompts that any model takes."""

from __future__ import annotations

import pytest

from chat.formatting import credits_of, side_by_side, utf16_length
from chat.language import LANGUAGES, speaking
from domain.catalogue import Catalogue
from domain.options import parse_options
from domain.request import make_request
from handlers.request import ideas

#: Isolates, and the mark at the beginning of a line.
DIRECTING = dict.fromkeys(map(ord, "\u2068\u2069\u200f"))
SHOWN = 40  # what a phone shows of a button that has a line of its own


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_idea_is_a_prompt_in_every_language(language: str, catalogue: Catalogue) -> None:
    with speaking(language):
        buttons = [side_by_side(words, credits_of(1)) for words in ideas.examples().values()]
        prompts = [ideas.example(name) for name in ideas.examples()]
        prompts += [ideas.surprise(name) for name in ideas.names()]
        found = [ideas.name_of(ideas.surprise(name) or "") for name in ideas.names()]
    assert [words for words in buttons if utf16_length(words.translate(DIRECTING)) > SHOWN] == []
    assert len({*prompts}) == len(prompts) == 15
    assert found == ideas.names()
    for prompt in prompts:
        options = parse_options(prompt or "")
        assert (options.prompt, make_request(options, catalogue).prompt) == (prompt, prompt)


def test_an_idea_that_is_gone_is_none() -> None:
    assert (ideas.example("dragon"), ideas.surprise("cat"), ideas.name_of("a cat")) == (None, None, None)
