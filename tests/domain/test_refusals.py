"""Refusals: the drawing at the top of the file is the tree."""

import inspect

from domain import refusals


def test_every_refusal_stands_in_the_drawing() -> None:
    classes = [name for name, _ in inspect.getmembers(refusals, inspect.isclass)]
    drawn = refusals.__doc__ or ""
    assert [name for name in classes if name not in drawn.split()] == []


def test_every_refusal_is_of_the_tree() -> None:
    classes = [kind for _, kind in inspect.getmembers(refusals, inspect.isclass)]
    assert [kind for kind in classes if not issubclass(kind, refusals.Refusal)] == []
