"""The child process of `bot.media.processes`: does what it is sent over stdin, one call at a time, and ends with its parent.

Its arguments are its limits: bytes of memory, bytes of a file, seconds of CPU for a call.
Both directions carry pickles after their length in four bytes: (module, function, arguments) in, (result, error) out.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from importlib import import_module
from queue import SimpleQueue
from typing import BinaryIO

from bot.media.errors import MediaError
from bot.media.limits import Limits, begin_call, confine

_NICENESS = 5  # the event loop goes first when there are few cores, and clips still get on


def main(limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # meant for the bot, which may still need this process
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    confine(limits)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(
        sys.stderr.fileno(), sys.stdout.fileno()
    )  # whatever a library prints must not end up among the answers
    calls: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, calls), daemon=True).start()
    while True:
        call = calls.get()
        begin_call(limits)
        answer = pickle.dumps(_answer(call))
        answers.write(len(answer).to_bytes(4, "big") + answer)
        answers.flush()


def _listen(stdin: BinaryIO, calls: SimpleQueue[bytes]) -> None:
    """Pass calls on; when there is no parent any more, end at once, whatever is being worked on."""
    while header := stdin.read(4):
        calls.put(stdin.read(int.from_bytes(header, "big")))
    os._exit(0)


def _answer(call: bytes) -> tuple[object, Exception | None]:
    """Any other exception is a bug: it ends this process with a traceback, and the parent says `MediaCrashed`."""
    module, function, arguments = pickle.loads(call)  # noqa: S301 - written by the parent
    try:
        return getattr(import_module(module), function)(*arguments), None
    except (MediaError, OSError) as exc:
        return None, exc


def _limits(arguments: list[str]) -> Limits:
    memory_bytes, file_bytes, cpu_seconds = map(int, arguments)
    return Limits(memory_bytes=memory_bytes, file_bytes=file_bytes, cpu_seconds=cpu_seconds)


if __name__ == "__main__":
    main(_limits(sys.argv[1:]))
