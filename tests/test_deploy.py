"""What the bot is run by: the container, the Compose file and the systemd unit name settings that exist."""

import re
import runpy
from configparser import ConfigParser
from pathlib import Path

from bot.cli import _WRONG_SETTING
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
SETTINGS = {name.upper() for name in Settings.model_fields}
#: Seconds that a stop may take beside an order on the wire.
OTHERWISE = 6
OTHER_PROGRAMS = {"PATH", "PYTHONUNBUFFERED"}
BOT_API_SERVERS = {"TELEGRAM_API_ID", "TELEGRAM_API_HASH", "TELEGRAM_LOCAL"}


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def unit() -> ConfigParser:
    parser = ConfigParser(interpolation=None, strict=True, comment_prefixes=("#",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser's own pages do
    parser.read_string(text_of("deploy/reelbot.service"))
    return parser


def test_every_variable_is_a_setting() -> None:
    named = {name: set(re.findall(r"\b([A-Z]+(?:_[A-Z]+)+)(?=[=:] ?\S)", text_of(name))) for name in (
        "compose.yaml", "Dockerfile", "deploy/reelbot.service"
    )}  # fmt: skip
    assert {name: found - SETTINGS - OTHER_PROGRAMS for name, found in named.items()} == {
        "compose.yaml": BOT_API_SERVERS,
        "Dockerfile": set(),
        "deploy/reelbot.service": set(),
    }
    assert named["compose.yaml"] & SETTINGS == {
        "TELEGRAM_API_URL",
        "UPLOAD_LIMIT_MB",
    }


def test_nothing_kills_the_bot_before_an_order_on_the_wire_has_had_its_time() -> None:
    needed = Settings.model_fields["stop_grace_seconds"].default + OTHERWISE
    (compose,) = re.findall(r"stop_grace_period: (\d+)s", text_of("compose.yaml"))
    (docker,) = re.findall(r"--stop-timeout (\d+)", text_of("Dockerfile"))
    given = [int(compose), int(docker), unit().getint("Service", "TimeoutStopSec")]
    assert [seconds for seconds in given if seconds <= needed] == []


def test_a_wrong_setting_is_not_tried_again_and_again() -> None:
    assert unit().getint("Service", "RestartPreventExitStatus") == _WRONG_SETTING


def test_the_commands_that_a_newcomer_is_proven_to_need_are_the_readmes() -> None:
    commands = runpy.run_path(str(ROOT / ".ci" / "newcomer"))["commands"]()
    assert commands == ['./reelbot demo "a cat surfing at sunset"', "./reelbot test"]
    assert commands[1] in text_of(".ci/run").splitlines()
