"""What is installed: the same versions whichever way the README goes, each known by its hashes."""

import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SCRIPT = runpy.run_path(str(ROOT / ".ci" / "lock.py"))
LOCKS = [lock for locks in SCRIPT["LOCKS"].values() for lock in locks]


@pytest.mark.parametrize("name", SCRIPT["LOCKS"])
def test_uv_goes_by_what_the_locks_pin(name: str) -> None:
    assert PROJECT["tool"]["uv"][name] == SCRIPT["pins"](*SCRIPT["LOCKS"][name])


@pytest.mark.parametrize(
    ("lock", "needed"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependency-groups"]["dev"]),
        ("requirements-build.lock", PROJECT["build-system"]["requires"]),
    ],
)
def test_everything_that_is_needed_is_pinned(lock: str, needed: list[str]) -> None:
    pinned = {pin.partition("==")[0] for pin in SCRIPT["pins"](lock)}
    assert {need.partition(">")[0].partition("=")[0].partition("[")[0] for need in needed} - pinned == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_its_hashes_and_no_lock_says_where_it_was_renewed(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = text.replace("\\\n", "").splitlines()
    assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []
    assert [word for word in ("://", "--index", "--find-links", "@") if word in text] == []
