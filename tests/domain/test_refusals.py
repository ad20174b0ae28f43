"""Refusals: the drawing at the top of the file is the tree."""

import inspect

from domain import refusals

ERRORS = {
    name: kind
    for name, kind in inspect.getmembers(refusals, inspect.isclass)
    if kind.__module__ == refusals.__name__ and issubclass(kind, Exception)
}


def test_every_refusal_stands_in_the_drawing() -> None:
    drawn = refusals.__doc__ or ""
    assert [name for name in ERRORS if name not in drawn.split()] == []


def test_every_refusal_is_of_the_tree() -> None:
    assert len(ERRORS) > 20
    assert [kind for kind in ERRORS.values() if not issubclass(kind, refusals.Refusal)] == []
