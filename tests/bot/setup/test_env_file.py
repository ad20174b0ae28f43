"""`.env`, changed: what is set is read as it was meant, and every other line stays."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.settings import Settings, read_settings
from bot.setup.env_file import EnvFile, write_private

BEFORE = """# Reelbot
export TELEGRAM_BOT_TOKEN='old'   # of the bot
OPENAI_API_KEY="sk-other"

#ADMIN_IDS=5
admin_ids = 7
NOTE='two
lines # here'
ADMIN_IDS=8
LOG_LEVEL=DEBUG"""

#: What settings may be: no line ends, and nothing at the ends that they leave out themselves.
TEXTS = (
    st.text(st.characters(min_codepoint=32, exclude_categories=["C", "Z"]) | st.just(" "), min_size=1)
    .map(str.strip)
    .filter(lambda text: text and text[0] not in "\"'" and "${" not in text)
)


def test_what_is_set_is_put_in_its_place_once_and_the_rest_stays() -> None:
    text = EnvFile(BEFORE).with_changes(
        {"TELEGRAM_BOT_TOKEN": "1:new", "ADMIN_IDS": "9", "ACCESS": "open", "LOG_LEVEL": None}
    )
    assert text.splitlines() == [
        "# Reelbot",
        "TELEGRAM_BOT_TOKEN=1:new",
        'OPENAI_API_KEY="sk-other"',
        "",
        "#ADMIN_IDS=5",
        "ADMIN_IDS=9",
        "NOTE='two",
        "lines # here'",
        "ACCESS=open",
    ]


def test_nothing_changed_is_the_same_file() -> None:
    assert EnvFile(BEFORE).with_changes({}) == f"{BEFORE}\n"


def test_names_count_alike_in_small_letters_and_the_last_one_counts() -> None:
    assert EnvFile(BEFORE).values["ADMIN_IDS"] == "8"


@settings(max_examples=40)
@given(value=TEXTS, before=st.sampled_from(["", BEFORE, "DATABASE_URL=x", "A=1\r\n"]))
def test_settings_read_what_was_written(
    value: str, before: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "round-trip.env"
    write_private(
        path, EnvFile(before).with_changes({"DATABASE_URL": value, "VIDEO_API_KEY": "sk-practice-key"})
    )
    read = read_settings(_env_file=path, telegram_bot_token="1:" + "a" * 30)
    assert (read.database_url, read.video_api_key.get_secret_value()) == (value, "sk-practice-key")
    assert dotenv_values(path)["DATABASE_URL"] == value


@pytest.mark.parametrize("line", ["BROKEN='no end", 'BROKEN="no end', "= 5"])
def test_a_line_that_makes_no_sense_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2 makes no sense"):
        EnvFile(f"A=1\n{line}\nB=2\n")


@pytest.mark.parametrize("value", ["${HOME}", "a\nb", "a\x00b"])
def test_what_no_such_file_can_hold_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL has characters"):
        EnvFile().with_changes({"DATABASE_URL": value})


def test_the_file_is_its_owner_s_alone_and_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "secrets" / "env", tmp_path / ".env"
    real.parent.mkdir()
    real.write_text("A=1\n")
    real.chmod(0o644)
    link.symlink_to(real)
    write_private(link, "A=2\n")
    assert (link.is_symlink(), real.read_text(), stat.S_IMODE(real.stat().st_mode)) == (True, "A=2\n", 0o600)
    assert [path.name for path in real.parent.iterdir()] == ["env"]


def test_a_folder_that_nobody_can_write_to_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_private(tmp_path / ".env", "A=2\n")
    assert [path.name for path in tmp_path.iterdir()] == [".env"]


def test_every_setting_of_the_example_is_a_setting() -> None:
    example = Path(__file__).parents[3] / ".env.example"
    names = [line.lstrip("#").partition("=")[0] for line in example.read_text().splitlines() if "=" in line]
    assert [name for name in names if name.isupper() and name.lower() not in Settings.model_fields] == []
