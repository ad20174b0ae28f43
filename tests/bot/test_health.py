"""Signs of life, as one process leaves them and another reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.health import Heartbeat, find_dead, path_of
from tests.bot.conftest import Clock


@pytest.fixture
def heartbeat(tmp_path: Path, clock: Clock) -> Heartbeat:
    def monotonic() -> float:
        return clock.now.timestamp()

    return Heartbeat(tmp_path, clock, monotonic)


def test_a_bot_that_was_never_started_is_dead(tmp_path: Path, clock: Clock) -> None:
    assert find_dead(tmp_path, clock.now) == ["polling", "worker"]


def test_a_bot_that_gives_signs_lives(tmp_path: Path, heartbeat: Heartbeat, clock: Clock) -> None:
    heartbeat.polling()
    heartbeat.worker()
    assert find_dead(tmp_path, clock.move(90)) == []


def test_a_part_that_falls_silent_is_named(tmp_path: Path, heartbeat: Heartbeat, clock: Clock) -> None:
    heartbeat.polling()
    for _ in range(10):
        clock.move(10)
        heartbeat.worker()
    assert find_dead(tmp_path, clock.now) == ["polling"]
    assert find_dead(tmp_path, clock.move(91)) == ["polling", "worker"]


def test_signs_are_written_once_a_second_at_most(tmp_path: Path, heartbeat: Heartbeat, clock: Clock) -> None:
    heartbeat.worker()
    written = path_of(tmp_path).stat().st_mtime_ns
    for _ in range(9):
        clock.move(0.1)
        heartbeat.worker()
    assert path_of(tmp_path).stat().st_mtime_ns == written

    clock.move(0.2)
    heartbeat.worker()
    assert json.loads(path_of(tmp_path).read_text())["worker"] == clock.now.timestamp()


def test_signs_go_on_when_the_clock_is_set(tmp_path: Path, clock: Clock) -> None:
    monotonic = 0.0
    heartbeat = Heartbeat(tmp_path, clock, lambda: monotonic)
    heartbeat.polling()
    for hours in (-2, 5):
        clock.move(hours * 3600)
        monotonic += 30
        heartbeat.worker()
        assert find_dead(tmp_path, clock.now) == []


def test_a_sign_from_the_future_is_none(tmp_path: Path, heartbeat: Heartbeat, clock: Clock) -> None:
    heartbeat.worker()
    assert find_dead(tmp_path, clock.move(-3600)) == ["polling", "worker"]


def test_a_sign_that_cannot_be_written_does_not_stop_the_bot(tmp_path: Path, clock: Clock) -> None:
    heartbeat = Heartbeat(tmp_path / "gone", clock)
    heartbeat.polling()
    assert find_dead(tmp_path / "gone", clock.now) == ["polling", "worker"]


@pytest.mark.parametrize("content", ["", "{}", "[]", "7", '{"polling": "now", "worker": null}', "\xff"])
def test_a_file_that_makes_no_sense_is_no_sign(tmp_path: Path, clock: Clock, content: str) -> None:
    path_of(tmp_path).write_text(content, encoding="latin-1")
    assert find_dead(tmp_path, clock.now) == ["polling", "worker"]
