"""Whether other processes work on the same database."""

from __future__ import annotations

from pathlib import Path

from bot.process_lock import ProcessLock


def test_the_first_is_alone_until_another_comes_and_once_it_is_gone(tmp_path: Path) -> None:
    database = tmp_path / "reelbot.db"
    with ProcessLock.held(database) as first:
        before = first.is_alone()
        with ProcessLock.held(database) as second:
            meanwhile = first.is_alone(), second.is_alone()
        after = first.is_alone()
    assert (before, meanwhile, after) == (True, (False, False), True)


def test_who_asked_in_vain_is_still_seen_by_others(tmp_path: Path) -> None:
    database = tmp_path / "reelbot.db"
    with ProcessLock.held(database) as first, ProcessLock.held(database) as second:
        answers = [lock.is_alone() for lock in (first, second, first, second)]
    assert answers == [False] * 4


def test_without_a_file_nobody_knows_to_be_alone(tmp_path: Path) -> None:
    with ProcessLock.held(None) as nowhere, ProcessLock.held(tmp_path / "gone" / "reelbot.db") as unwritable:
        assert (nowhere.is_alone(), unwritable.is_alone()) == (False, False)
