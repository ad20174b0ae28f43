"""The page's own files: short, each with one role, and nothing fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from sandbox.practice.server import STATIC

EVERY = pytest.mark.parametrize("path", sorted(STATIC.iterdir()), ids=lambda path: path.name)
STARTS = {".js": "// ", ".css": "/* ", ".html": "<!doctype html>", ".svg": "<svg "}


@EVERY
def test_every_file_is_short_and_says_its_role_first(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(STARTS[path.suffix])
    assert len(lines) <= 300


@EVERY
def test_nothing_is_fetched_from_elsewhere_and_no_text_becomes_markup(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    forbidden = (
        *('src="http', 'href="http', "url(", "@import", "from 'http"),
        *("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("),
    )
    assert [word for word in forbidden if word in text] == []
