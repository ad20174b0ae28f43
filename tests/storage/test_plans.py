"""Plans: no call looks at every row of a table that grows, and what is under way is found without what is over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from storage.database import Database
from tests.storage.calls import NEEDING, SIMPLE, Scene, opened
from tests.storage.statements import Statements, faults, public_calls

#: Calls that make no statement of their own.
CARRIERS = {"GroupCommit.write", "Eraser.erase_at_once", "Eraser.erase_later", "Storage.load"}
SIMPLE_CALLS = [(kind, name) for kind, calls in SIMPLE.items() for name in calls]


@pytest.fixture
async def scene(database: Database) -> Scene:
    """Return the scene with a job in the queue; plans do not depend on how many there are."""
    scene = Scene(database)
    await scene.add()
    return scene


def test_the_table_of_calls_leaves_out_none() -> None:
    tried = {f"{kind.__name__}.{name}" for kind, name in SIMPLE_CALLS}
    tried |= {name for names in NEEDING for name in names}
    assert tried | CARRIERS == public_calls()


@pytest.mark.parametrize(
    ("kind", "name"), SIMPLE_CALLS, ids=[f"{kind.__name__}.{name}" for kind, name in SIMPLE_CALLS]
)
async def test_a_call_looks_at_no_more_rows_than_it_needs(
    scene: Scene, path: Path, kind: type, name: str
) -> None:
    made = Statements()
    with made.recording(scene.database):
        await getattr(opened(kind, scene.database), name)(**SIMPLE[kind][name])
    assert faults(path, made) == set()


@pytest.mark.parametrize("call", NEEDING.values(), ids=[" and ".join(names) for names in NEEDING])
async def test_a_call_that_needs_another_first_looks_at_no_more_rows_either(
    scene: Scene, path: Path, call: Callable[[Scene], Awaitable[object]]
) -> None:
    made = Statements()
    with made.recording(scene.database):
        await call(scene)
    assert made
    assert faults(path, made) == set()
