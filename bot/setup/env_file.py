"""Changes settings in `.env`, and leaves every other line as it is."""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from dotenv.parser import parse_stream

#: What every reader of such files takes as it stands: python-dotenv, Docker, Compose, systemd and shells.
_PLAIN = re.compile(r"[A-Za-z0-9_.,:/@+=%~-]*")
#: What python-dotenv puts other variables in place of, in quotes too; there is no way to write it otherwise.
_VARIABLE = "${"


class EnvFile:
    """The file's lines, and the values of the names in it; names count alike in capitals and small letters."""

    def __init__(self, text: str = "") -> None:
        """Read the file's text; raises ValueError, which names the line, for a quote that does not end, say.

        Such a line would take whatever is written behind it for its own.
        """
        self._bindings = list(parse_stream(io.StringIO(text)))
        wrong = next((binding.original.line for binding in self._bindings if binding.error), None)
        if wrong is not None:
            raise ValueError(f"line {wrong} makes no sense; mend it, or take it out")

    @classmethod
    def read(cls, path: Path) -> EnvFile:
        """Read a file; one that is not there is empty. Raises OSError, and ValueError if it makes no sense."""
        try:
            return cls(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls()

    @property
    def values(self) -> Mapping[str, str]:
        """What is set to something, by names in capitals."""
        return {
            binding.key.upper(): binding.value for binding in self._bindings if binding.key and binding.value
        }

    def with_changes(self, changes: Mapping[str, str | None]) -> str:
        """Return the file's text with these values in place of those before, or, of None, without them.

        Raises ValueError for a value that such a file cannot hold.
        """
        left = {name: _line(name, value) for name, value in changes.items() if value is not None}
        lines = "".join(self._lines(changes, left))
        if lines and not lines.endswith("\n"):
            lines += "\n"
        return lines + "".join(left.values())

    def _lines(self, changes: Mapping[str, str | None], left: dict[str, str]) -> Iterator[str]:
        """Yield the lines, changed; what is yet to be set remains in `left`."""
        for binding in self._bindings:
            name = (binding.key or "").upper()
            if name not in changes:
                yield binding.original.string
            elif name in left:
                yield left.pop(name)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all; raises OSError."""
    path = path.resolve()  # whoever has made a link of it wants it to stay one
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # for its owner alone
    try:
        with os.fdopen(number, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _line(name: str, value: str) -> str:
    if _VARIABLE in value or not value.isprintable():
        raise ValueError(f"{name} has characters that .env cannot hold; put it into the environment")
    if not _PLAIN.fullmatch(value):
        value = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return f"{name}={value}\n"
