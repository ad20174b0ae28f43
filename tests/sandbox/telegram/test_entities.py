"""Entities: offsets in UTF-16, what Telegram finds by itself, and its complaints about broken HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.telegram.entities import find_entities, parse_html, read_text, utf16_length
from sandbox.telegram.errors import BadRequest


def shown(text: str) -> list[tuple[str, int, int]]:
    return [(entity.type, entity.offset, entity.length) for entity in find_entities(text)]


def parsed(text: str) -> tuple[str, list[tuple[str, int, int]]]:
    plain, entities = parse_html(text)
    return plain, [(entity.type, entity.offset, entity.length) for entity in entities]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("/video a cat", [("bot_command", 0, 6)], id="command"),
        pytest.param("/video@reelbot_bot hi", [("bot_command", 0, 18)], id="command for a bot"),
        pytest.param("🐈 /video", [("bot_command", 3, 6)], id="after a character of two code units"),
        pytest.param("and/or 1/2", [], id="a slash inside a word"),
        pytest.param("/видео", [], id="commands are ASCII"),
        pytest.param("hi @anna_k!", [("mention", 3, 7)], id="mention"),
        pytest.param("a@b.com", [], id="an address is no mention"),
        pytest.param("see https://a.b/c?d.", [("url", 4, 15)], id="link without its full stop"),
        pytest.param("#cats #1", [("hashtag", 0, 5)], id="a hashtag needs a letter"),
        pytest.param("", [], id="empty"),
    ],
)
def test_telegram_marks_what_it_knows(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("plain", ("plain", []), id="plain"),
        pytest.param("<b>a</b> c", ("a c", [("bold", 0, 1)]), id="bold"),
        pytest.param("🐈<i>b</i>", ("🐈b", [("italic", 2, 1)]), id="utf-16"),
        pytest.param("<b>a<i>b</i></b>", ("ab", [("bold", 0, 2), ("italic", 1, 1)]), id="nested"),
        pytest.param("&lt;b&gt; &amp; &quot;", ('<b> & "', []), id="named characters"),
        pytest.param("&#65;&#x42;", ("AB", []), id="numbered characters"),
        pytest.param("&nbsp; & co", ("&nbsp; & co", []), id="other names stay as they are"),
        pytest.param("<b></b>x", ("x", []), id="nothing marked"),
        pytest.param(
            "<blockquote expandable>q</blockquote>", ("q", [("expandable_blockquote", 0, 1)]), id="expandable"
        ),
        pytest.param('<span class="tg-spoiler">s</span>', ("s", [("spoiler", 0, 1)]), id="spoiler"),
        pytest.param(
            '<pre><code class="language-python">x</code></pre>',
            ("x", [("pre", 0, 1), ("pre", 0, 1)]),
            id="code",
        ),
    ],
)
def test_html_becomes_text_and_entities(text: str, expected: tuple[str, list[tuple[str, int, int]]]) -> None:
    assert parsed(text) == expected


def test_a_link_keeps_its_address() -> None:
    _, entities = parse_html('<a href="https://a.b/?c&amp;d">here</a>')
    assert entities[0].to_json() == {"type": "text_link", "offset": 0, "length": 4, "url": "https://a.b/?c&d"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("a <foo>", 'Unsupported start tag "foo" at byte offset 2', id="unknown tag"),
        pytest.param("ü <3 you", 'Unsupported start tag "3" at byte offset 3', id="offset in bytes"),
        pytest.param("<b>a", 'Can\'t find end tag corresponding to start tag "b"', id="left open"),
        pytest.param("a</b>", "Unexpected end tag at byte offset 1", id="never opened"),
        pytest.param(
            "<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"', id="crossed"
        ),
        pytest.param("a < b", "Unclosed start tag at byte offset 2", id="a bare less-than sign"),
        pytest.param("a <b", "Unclosed start tag at byte offset 2", id="cut off"),
        pytest.param("<b>a</b", "Unclosed end tag at byte offset 4", id="cut off at its end"),
        pytest.param(
            "<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="bare span"
        ),
    ],
)
def test_broken_html_is_refused_with_its_place(text: str, complaint: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        parse_html(text)
    assert refusal.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_an_unknown_parse_mode_is_refused() -> None:
    with pytest.raises(BadRequest, match="unsupported parse_mode"):
        read_text("x", parse_mode="BBCode", given=[])


def test_white_space_at_both_ends_is_dropped_and_entities_move_along() -> None:
    text, entities = read_text(" \n <b>bold</b> end \n", parse_mode="HTML", given=[])
    assert (text, [(e.type, e.offset, e.length) for e in entities]) == ("bold end", [("bold", 0, 4)])


def test_commands_in_code_are_not_marked() -> None:
    _, entities = read_text("<code>/video</code> /help", parse_mode="HTML", given=[])
    assert [(entity.type, entity.offset) for entity in entities] == [("code", 0), ("bot_command", 7)]


@given(st.text())
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == (text, [])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_lengths_are_counted_as_utf_16_does(text: str) -> None:
    assert utf16_length(text) == sum(2 if ord(character) > 0xFFFF else 1 for character in text)
