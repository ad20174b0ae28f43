"""What a child process may take and do, and how the bot keeps its secrets from it; only Linux enforces this."""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass

if sys.platform == "linux":
    import resource

# linux/prctl.h
_PR_SET_DUMPABLE = 4
_PR_SET_NO_NEW_PRIVS = 38


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that a child process may take; the kernel refuses it more, or ends it.

    `memory_bytes` of address space, which is some times what is in use; `file_bytes` for each file it writes;
    `cpu_seconds` for one call, all threads together.
    """

    memory_bytes: int
    file_bytes: int
    cpu_seconds: int


def confine(limits: Limits) -> None:
    """Give up, for good, what work on a stranger's file has no need of; to be called in a child, once."""
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        for kind, most in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_FSIZE, limits.file_bytes),
        ):
            _lower(kind, most)
        _prctl(_PR_SET_NO_NEW_PRIVS, 1)
        keep_memory_private()


def begin_call(limits: Limits) -> None:
    """Let the call that begins now take `cpu_seconds`; beyond them the kernel ends this process with SIGXCPU."""
    if sys.platform == "linux":
        spent = os.times()
        most = int(spent.user + spent.system) + 1 + limits.cpu_seconds
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(
            resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )


def keep_memory_private() -> None:
    """Let no process of the same user read this one's memory or environment, and none of it land in a core file.

    What /proc tells of this process's memory, files and environment belongs to root from then on. A program that is
    started afresh, as the children are, has to ask for this anew.
    """
    if sys.platform == "linux":
        _prctl(_PR_SET_DUMPABLE, 0)


def _lower(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (bound, bound))


def _prctl(option: int, value: int) -> None:
    """Raises OSError; no kernel of the last ten years refuses what is asked for here."""
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
