"""The errors of storage: the drawing at the top of the file is the tree."""

import inspect

from storage import errors


def test_every_error_is_of_the_tree_and_stands_in_the_drawing() -> None:
    classes = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    drawn = (errors.__doc__ or "").split()
    assert [kind for kind in classes if not issubclass(kind, errors.StorageError)] == []
    assert [kind.__name__ for kind in classes if kind.__name__ not in drawn] == []
