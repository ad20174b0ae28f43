"""Remembers across restarts what status messages say, so that none is edited to the text it has already."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_CACHE_SIZE = 5000


class StatusMemory:
    """Digests of texts by the numbers of their jobs, kept in a file if there is one; what is lost costs an edit."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._said = {} if path is None else _read(path)
        self._is_new = False

    def says(self, job_id: int, text: str) -> bool:
        """Tell whether the job's message is known to say this."""
        return self._said.get(job_id) == _digest(text)

    def note(self, job_id: int, text: str) -> None:
        # Put last: the first is then the one that has said the same for longest.
        self._said.pop(job_id, None)
        self._said[job_id] = _digest(text)
        if len(self._said) > _CACHE_SIZE:
            del self._said[next(iter(self._said))]
        self._is_new = True

    def forget(self, job_id: int) -> None:
        if self._said.pop(job_id, None) is not None:
            self._is_new = True

    async def save(self) -> None:
        """Write what is new into the file."""
        if self._path is not None and self._is_new:
            self._is_new = False
            await asyncio.to_thread(_write, self._path, json.dumps(self._said))


def _digest(text: str) -> str:
    return blake2b(text.encode(errors="replace"), digest_size=8).hexdigest()


def _write(path: Path, content: str) -> None:
    with suppress(OSError):
        fresh = path.with_suffix(".new")
        fresh.write_text(content, encoding="ascii")
        fresh.replace(path)


def _read(path: Path) -> dict[int, str]:
    with suppress(OSError, ValueError, AttributeError):
        read = json.loads(path.read_text(encoding="ascii"))
        return {int(job_id): str(digest) for job_id, digest in read.items()}
    return {}
