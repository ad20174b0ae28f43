"""The logs: whatever is logged, at whatever level, no secret is in the finished line."""

from __future__ import annotations

import base64
import json
import logging
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote

import httpx
import pytest
import structlog
from telegram import Bot
from telegram.error import InvalidToken

from bot.logs import hide, set_up_logs
from sandbox.telegram.server import TelegramSandbox

TOKEN = "123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
OTHER_TOKEN = "987654321:BBHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
KEY = "sk-practice-0123456789"
PASSWORD = "hunter2hunter2"
URL = f"https://api.telegram.org/bot{TOKEN}/getMe"
LEVELS = [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR, logging.CRITICAL]


@pytest.fixture
def set_up(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Callable[[], str]]]:
    """Return what sets the logs up as the bot does, and returns what reads the lines so far."""
    root, hook = logging.getLogger(), sys.excepthook
    before, level, configuration = root.handlers[:], root.level, structlog.get_config()

    def begin(level: str = "DEBUG", secrets: Sequence[str] = (TOKEN, KEY, PASSWORD)) -> Callable[[], str]:
        root.handlers.clear()  # pytest's own are still needed; setting up closes what it finds
        set_up_logs(level, secrets)
        return lambda: capsys.readouterr().err

    yield begin
    root.handlers[:] = before
    root.setLevel(level)
    sys.excepthook = hook
    logging.raiseExceptions = True
    structlog.configure(**configuration)


def plain(level: int) -> None:
    logging.getLogger("some.library").log(level, f"token {TOKEN} key {KEY} db {PASSWORD}")  # noqa: G004 - as some do


def arguments(level: int) -> None:
    logging.getLogger("some.library").log(level, "token %s in %r", TOKEN, {"key": KEY, "db": [PASSWORD]})


def exception(level: int) -> None:
    try:
        int(f"no such bot: {TOKEN}, {KEY}, {PASSWORD}")
    except ValueError:
        logging.getLogger("some.library").log(level, "it broke", exc_info=True)


def our_event(level: int) -> None:
    structlog.get_logger("bot.some").log(level, f"asking {URL}", key=KEY, nested={"db": (PASSWORD, TOKEN)})


def our_context(level: int) -> None:
    with structlog.contextvars.bound_contextvars(url=URL, key=KEY):
        structlog.get_logger("bot.some").log(level, "asking", db=PASSWORD)


def our_exception(level: int) -> None:
    try:
        int(f"no such bot: {TOKEN}, {KEY}, {PASSWORD}")
    except ValueError:
        structlog.get_logger("bot.some").log(level, "it broke", exc_info=True)


def stack(level: int) -> None:
    logging.getLogger("some.library").log(level, f"{TOKEN}{KEY}{PASSWORD}", stack_info=True)  # noqa: G004 - as some do


@pytest.mark.parametrize("level", LEVELS, ids=logging.getLevelName)
@pytest.mark.parametrize("log", [plain, arguments, exception, our_event, our_context, our_exception, stack])
def test_no_secret_is_in_a_line(
    set_up: Callable[..., Callable[[], str]], log: Callable[[int], None], level: int
) -> None:
    logged = set_up()
    log(level)
    lines = logged()
    assert "[hidden]" in lines
    assert [secret in lines for secret in (TOKEN, KEY, PASSWORD)] == [False, False, False]


@pytest.mark.parametrize(
    "token", [OTHER_TOKEN, OTHER_TOKEN.replace(":", "%3A"), OTHER_TOKEN.replace(":", "%3a")]
)
def test_any_bot_s_token_is_hidden_however_it_is_written(
    set_up: Callable[..., Callable[[], str]], token: str
) -> None:
    logged = set_up()
    logging.getLogger("some.library").warning("GET /bot%s/getMe", token)
    assert "GET /bot[hidden]/getMe" in logged()


AWKWARD = "sk-/a+b=?%c==0123"


def in_base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "spelt",
    [
        AWKWARD,
        quote(AWKWARD),
        quote(AWKWARD, safe=""),
        quote(AWKWARD, safe="").lower(),
        quote(quote(AWKWARD, safe=""), safe=""),
        json.dumps(AWKWARD).replace("/", "\\/"),
        in_base64(AWKWARD),
        in_base64(f"me:{AWKWARD}"),
        in_base64(f"m:{AWKWARD}@host"),
        base64.urlsafe_b64encode(f"?{AWKWARD}".encode()).decode().rstrip("="),
    ],
    ids=["plain", "path", "query", "lower", "twice", "JSON", "Base64", "Basic", "amid", "in addresses"],
)
def test_a_secret_is_hidden_however_it_is_spelt(set_up: Callable[..., Callable[[], str]], spelt: str) -> None:
    logged = set_up(secrets=[AWKWARD])
    logging.getLogger("some.library").warning("asked with <%s> & more", spelt)
    (line,) = logged().splitlines()
    said = line.partition("asked with ")[2]
    assert re.fullmatch(r"<.{0,8}\[hidden\].{0,8}> & more \[some\.library\]", said)


def test_what_is_no_secret_is_not_hidden(set_up: Callable[..., Callable[[], str]]) -> None:
    logged = set_up(secrets=["", "ab", "sk-practice"])
    logging.getLogger("some.library").warning("%s", in_base64("a video of the sea") + " sk-practise %61")
    assert "[hidden]" not in logged()


async def test_the_library_that_logs_addresses_says_nothing(
    set_up: Callable[..., Callable[[], str]], telegram: TelegramSandbox, telegram_origin: str
) -> None:
    logged = set_up()
    async with Bot(telegram.token, base_url=f"{telegram_origin}/bot") as bot:
        await bot.get_my_commands()
    async with httpx.AsyncClient() as client:
        await client.get(f"{telegram_origin}/bot{telegram.token}/getMe")
    assert "HTTP" not in logged()
    assert logging.getLogger("httpx").isEnabledFor(logging.WARNING)


async def test_a_refused_token_is_not_told(
    set_up: Callable[..., Callable[[], str]], telegram_origin: str
) -> None:
    logged = set_up()
    log = structlog.get_logger("bot.some")
    with pytest.raises(InvalidToken):
        await _start_with_wrong_token(telegram_origin, log)
    lines = logged()
    assert "InvalidToken" in lines
    assert TOKEN not in lines


async def _start_with_wrong_token(origin: str, log: structlog.stdlib.BoundLogger) -> None:
    try:
        async with Bot(TOKEN, base_url=f"{origin}/bot"):
            pass
    except InvalidToken:
        log.exception("the bot could not be started")
        raise


def test_an_event_is_one_line_with_its_time_level_place_and_facts(
    set_up: Callable[..., Callable[[], str]],
) -> None:
    logged = set_up()
    with structlog.contextvars.bound_contextvars(job=7):
        structlog.get_logger("bot.jobs.worker").warning("the order was not taken", problem="busy")
    (line,) = logged().splitlines()
    time, words = line.split(" ", 1)
    assert time.endswith("Z")
    assert words == "[warning] the order was not taken [bot.jobs.worker] job=7 problem=busy"


@pytest.mark.parametrize(
    ("level", "shown"), [("DEBUG", 4), ("INFO", 3), ("WARNING", 2), ("ERROR", 1)], ids=str
)
def test_the_level_is_kept(set_up: Callable[..., Callable[[], str]], level: str, shown: int) -> None:
    logged = set_up(level)
    log = structlog.get_logger("bot.some")
    for say in (log.debug, log.info, log.warning, log.error):
        say("an event")
    assert len(logged().splitlines()) == shown


def test_an_error_that_nobody_catches_is_logged_without_secrets(
    set_up: Callable[..., Callable[[], str]],
) -> None:
    logged = set_up()
    error = RuntimeError(f"cannot ask {URL} with {KEY}")
    sys.excepthook(RuntimeError, error, None)
    lines = logged()
    assert "cannot ask https://api.telegram.org/bot[hidden]/getMe with [hidden]" in lines


def test_a_line_that_cannot_be_written_does_not_come_out_raw(
    set_up: Callable[..., Callable[[], str]],
) -> None:
    logged = set_up()
    logging.getLogger("some.library").warning("%d updates of %s", TOKEN, KEY)
    assert logged() == ""


def test_a_short_password_is_hidden_in_an_address_and_cut_out_of_no_word(
    set_up: Callable[..., Callable[[], str]],
) -> None:
    logged = set_up(secrets=["bot"])
    logging.getLogger("some.library").warning("reelbot reads postgresql://bot:bot@db/reelbot")
    assert logged().rstrip().endswith("reelbot reads postgresql://bot:[hidden]@db/reelbot [some.library]")


def test_what_becomes_a_secret_later_is_hidden_from_then_on(set_up: Callable[..., Callable[[], str]]) -> None:
    logged = set_up()
    log = logging.getLogger("some.library")
    log.warning("open ?start=admin_code-0123456789")
    hide("admin_code-0123456789")
    log.warning("open ?start=admin_code-0123456789")
    first, second = logged().splitlines()
    assert ["admin_code" in first, "?start=[hidden]" in second] == [True, True]
