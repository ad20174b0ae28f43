"""Says in a few words why a server could not be reached, whoever asked it over HTTP."""

from __future__ import annotations

import errno
import os
import socket
import ssl
from collections.abc import Iterator, Mapping
from typing import Final

import httpx

_OF_KINDS: Final[Mapping[type, str]] = {
    socket.gaierror: "names cannot be looked up: is there internet?",
    ssl.SSLCertVerificationError: "its certificate is not trusted",
    ssl.SSLError: "it does not speak https",
    TimeoutError: "no answer in time",
    httpx.TimeoutException: "no answer in time",
    httpx.ConnectError: "no connection",
    httpx.HTTPError: "the connection broke",
}
#: Of what the operating system says; the rest is told in its own words.
_OF_NUMBERS: Final = {
    errno.ECONNREFUSED: "nothing listens there",
    errno.ENETUNREACH: "there is no way there: is there internet?",
    errno.EHOSTUNREACH: "there is no way there: is there internet?",
    errno.ECONNRESET: "the connection broke",
}


def reason_of(error: BaseException) -> str | None:
    """Return the words for what has kept an answer away, from the whole chain of causes; None if that is no network's."""
    told = [words for cause in reversed(list(_causes(error))) if (words := _reason(cause))]
    return told[0] if told else None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, what caused it, and so on; of several at once the first."""
    while error is not None:
        yield error
        error = (
            error.exceptions[0]
            if isinstance(error, BaseExceptionGroup)
            else error.__cause__ or error.__context__
        )


def _reason(error: BaseException) -> str | None:
    match error:
        case httpx.ProxyError():
            return str(error)
        case socket.gaierror(errno=socket.EAI_NONAME):
            return "no such name"
    kind = next((kind for kind in type(error).__mro__ if kind in _OF_KINDS), None)
    if kind is not None:
        return _OF_KINDS[kind]
    number = error.errno if isinstance(error, OSError) else None
    return None if number is None else _OF_NUMBERS.get(number, os.strerror(number))
