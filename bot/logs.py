"""Logs: one line an event, to standard error, and never a secret in it."""

from __future__ import annotations

import base64
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from types import TracebackType

import structlog
from structlog.typing import Processor

#: Telegram's form of a token; in addresses its colon may be written as %3A.
_ANY_TOKEN = re.compile(r"\d{5,}(?::|%3[Aa])[A-Za-z0-9_-]{20,}")
_HIDDEN = "[hidden]"
#: What is shorter would be found in words, and in Base64, that have nothing to do with it.
_SHORTEST = 8
#: At INFO it logs every address it asks, and Telegram's addresses hold the token.
_TALKATIVE = ("httpx", "httpcore", "telegram", "aiosqlite", "alembic", "PIL")

_ON_EVERY_LINE: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
)


class RedactingFormatter(structlog.stdlib.ProcessorFormatter):
    """Cuts secrets out of finished lines, whatever was logged."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__(
            foreign_pre_chain=_ON_EVERY_LINE,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.dev.ConsoleRenderer(
                    colors=False,
                    pad_event_to=0,
                    pad_level=False,
                    exception_formatter=structlog.dev.plain_traceback,
                ),
            ],
        )
        longest_first = sorted({secret for secret in secrets if secret}, key=len, reverse=True)
        self._secrets = [re.compile("|".join(_spellings(secret))) for secret in longest_first]

    def hide(self, secret: str) -> None:
        self._secrets.insert(0, re.compile("|".join(_spellings(secret))))

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = secret.sub(_HIDDEN, line)
        return _ANY_TOKEN.sub(_HIDDEN, line)


def _spellings(secret: str) -> Iterator[str]:
    """Yield patterns of a secret as it is, within JSON, within an address (once or twice over), and within Base64.

    A short one, which can only be a password in an address, is a secret there: elsewhere it would be cut out of words.
    """
    plain = "".join(_letter(letter) for letter in secret)
    if len(secret) >= _SHORTEST:
        yield plain
        yield from _in_base64(secret)
    else:
        yield rf"(?<=:){plain}(?=@)"


def _letter(letter: str) -> str:
    if letter.isascii() and letter.isalnum():
        return letter
    in_address = "".join(f"%(?:25)*{byte:02X}" for byte in letter.encode())
    return rf"(?:\\?{re.escape(letter)}|(?i:{in_address}))"


def _in_base64(secret: str) -> Iterator[str]:
    """Yield what any Base64 has that holds the secret, wherever in its three bytes at a time the secret begins."""
    content = secret.encode()
    for before in range(3):
        encoded = base64.b64encode(bytes(before) + content).decode()
        # Letters at either end hold bits of what stands beside the secret, too.
        first, last = -(-before * 8 // 6), (before + len(content)) * 8 // 6
        sure = re.escape(encoded[first:last]).replace(r"\+", "[+-]").replace("/", "[/_]")
        yield rf"{sure}[A-Za-z0-9+/_-]?=*"


def hide(secret: str) -> None:
    """Cut this, too, out of every line from now on."""
    for handler in logging.root.handlers:
        if isinstance(handler.formatter, RedactingFormatter):
            handler.formatter.hide(secret)


def set_up_logs(level: str, secrets: Iterable[str]) -> None:
    """Send everything through one handler that hides `secrets`; libraries speak only of trouble."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(RedactingFormatter(secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.root.level))
    structlog.configure(
        processors=[*_ON_EVERY_LINE, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    # Python would print what nobody catches as it is, secrets and all; and so would logging what it cannot write.
    sys.excepthook = _log_uncaught
    logging.raiseExceptions = False


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    log = structlog.get_logger(__name__)
    log.critical("the bot broke, and this should not happen", exc_info=(kind, error, trace))
