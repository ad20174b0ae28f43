"""Wording: of an API's words only those reach people that are meant for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upstream.answers import error_text

CLEANED = {
    "plain words stay": ("Prompt is too long.", "Prompt is too long."),
    "chinese stays": ("内容审核未通过：检测到真人形象", "内容审核未通过：检测到真人形象"),
    "request id in brackets": ("无效的令牌 (request id: 20261122103000123abcDEF)", "无效的令牌"),
    "request id as a sentence": ("It broke, request_id=req_8f14e45fceea167a", "It broke"),
    "bare request id": ("It broke req_8f14e45fceea167a today", "It broke today"),
    "request id in the middle": ("It broke. (request id: 2026abc) Sorry.", "It broke Sorry."),
    "trace id": ("服务繁忙 [traceId: 9f-8e]", "服务繁忙"),
    "address loses all but its host": (
        "See https://cdn.example/sora/secret.mp4?sig=abc&se=1 for it.",
        "See cdn.example for it.",
    ),
    "address with a password": ("at https://user:pass@cdn.example/x", "at cdn.example"),
    "key": ("Incorrect API key provided: sk-proj-abc***xyz.", "Incorrect API key provided: …"),
    "bearer": ("header was Bearer abcdef", "header was …"),
    "json at the end": ('upstream error: {"error":{"message":"no"}}', "upstream error"),
    "nothing but json": ('{"trace": 1}', ""),
    "html": ("<html><head><title>502</title></head></html>", ""),
    "doctype": ("  <!DOCTYPE html><p>Hi", ""),
    "lines and controls": ("one\r\n\ttwo\x00three\u202e", "one two three"),
    "less than in words": ("1 < 2 seconds", "1 < 2 seconds"),
}


@pytest.mark.parametrize(("raw", "expected"), CLEANED.values(), ids=CLEANED)
def test_words_are_cleaned_for_people(raw: str, expected: str) -> None:
    assert error_text.clean(raw) == expected


def test_long_words_are_cut_to_three_hundred_characters() -> None:
    cut = error_text.clean("word " * 100)
    assert (len(cut), cut.endswith("…")) == (300, True)


@given(st.text(max_size=2000))
def test_whatever_comes_is_one_short_line(text: str) -> None:
    cleaned = error_text.clean(text)
    assert len(cleaned) <= error_text.LONGEST
    assert not set(cleaned) & {"\n", "\r", "\t", "\x00"}


@given(st.text(max_size=100))
def test_what_is_long_is_cut_before_it_is_read(text: str) -> None:
    long = text.ljust(2000, "x")[:2000]
    assert error_text.clean(long + " <html> sk-0123456789 " * 1000) == error_text.clean(long)
