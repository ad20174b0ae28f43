"""The files of jobs under way: apart from each other, and gone when their job is over."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.jobs.files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    files = Files(tmp_path / "a" / "data")
    files.open()
    return files


def every(files: Files, job_id: int) -> list[Path]:
    return [
        files.photo(job_id, 1),
        files.picture(job_id, 1),
        files.clip(job_id),
        files.sendable(job_id),
        files.thumbnail(job_id),
    ]


@pytest.mark.parametrize("is_there", [False, True], ids=["new", "older"])
def test_only_the_bot_s_own_user_can_look_into_the_folder(tmp_path: Path, is_there: bool) -> None:  # noqa: FBT001 - of the table
    folder = tmp_path / "data" / "jobs"
    if is_there:
        folder.mkdir(parents=True, mode=0o755)
    Files(tmp_path / "data").open()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_no_two_files_of_any_jobs_share_a_name(files: Files) -> None:
    assert len({path for job_id in (1, 11, 111) for path in every(files, job_id)}) == 15


def test_a_job_that_is_over_leaves_nothing_and_others_alone(files: Files) -> None:
    for path in (*every(files, 1), *every(files, 11)):
        path.touch()
    half_a_download = files.clip(1).with_suffix(".mp4.part")
    half_a_download.touch()
    files.forget(1)

    assert [path.exists() for path in (*every(files, 1), half_a_download)] == [False] * 6
    assert [path.exists() for path in every(files, 11)] == [True] * 5


def test_forgetting_a_job_without_files_is_no_trouble(files: Files) -> None:
    files.forget(7)


def test_what_cannot_be_removed_stops_nobody(files: Files) -> None:
    files.sendable(7).mkdir()
    files.clip(7).touch()
    files.forget(7)
    assert (files.clip(7).exists(), files.sendable(7).exists()) == (False, True)


def test_the_latest_problem_is_told_until_each_job_is_mended_or_over(files: Files) -> None:
    told = [files.problem]
    for job_id, problem in ((1, "No space left on device"), (2, "Too many open files"), (1, "Read-only")):
        files.note_problem(job_id, problem)
        told.append(files.problem)
    files.note_success(1)
    told.append(files.problem)
    files.forget(2)
    told.append(files.problem)
    assert told == [
        None,
        "No space left on device",
        "Too many open files",
        "Read-only",
        "Too many open files",
        None,
    ]


def test_a_problem_that_is_not_met_again_is_over(tmp_path: Path) -> None:
    now = [0.0]
    files = Files(tmp_path, clock=lambda: now[0])
    files.note_problem(1, "No space left on device")
    now[0] = 900.0
    told = [files.problem]
    files.note_problem(2, "Too many open files")
    for now[0] in (901.0, 1800.0, 1801.0):
        told.append(files.problem)
    assert told == ["No space left on device", *["Too many open files"] * 2, None]


def test_jobs_with_files_are_known_and_strange_files_are_nobody_s(files: Files) -> None:
    files.clip(3).touch()
    files.sendable(3).touch()
    files.photo(12, 1).touch()
    files.clip(3).with_name("notes.txt").touch()
    assert set(files.known_jobs()) == {3, 12}


def test_opening_leaves_nothing_and_may_be_done_again(files: Files) -> None:
    files.open()
    assert list(files.known_jobs()) == []
    assert list(files.clip(1).parent.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file stands in the way")
    with pytest.raises(NotADirectoryError):
        Files(tmp_path / "data").open()
