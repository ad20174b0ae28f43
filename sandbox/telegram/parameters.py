"""Reads a call's parameters by type, and says which a method takes."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import TypeAdapter

from sandbox.telegram.errors import BadRequest
from sandbox.telegram.shapes import shaped
from sandbox.telegram.state import TelegramState
from sandbox.telegram.uploads import Received, Upload

T = TypeVar("T")

ATTACHED = "attach://"


class Parameters:
    """A call's parameters; forms send all as text, JSON sends real types, and both are read alike."""

    def __init__(self, received: Received) -> None:
        self._raw = received.parameters
        self._files = received.files

    @property
    def names(self) -> set[str]:
        """Every parameter given; a file that another parameter points to with attach:// is none."""
        attached = json.dumps(self._raw)
        return self._raw.keys() | {name for name in self._files if f"{ATTACHED}{name}" not in attached}

    @property
    def shown(self) -> dict[str, Any]:
        """The parameters with files by name, for the log of calls."""
        return self._raw | {name: f"<{upload.file_name}>" for name, upload in self._files.items()}

    def text(self, name: str, default: str = "") -> str:
        value = self._raw.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number.

        Raises:
            BadRequest: Something else.
        """
        value = self._raw.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError, OverflowError) as exc:
            raise BadRequest(f"wrong parameter {name} in request: expected a number") from exc

    def optional_number(self, name: str) -> int | None:
        return self.number(name) if name in self._raw else None

    def flag(self, name: str) -> bool:
        return self.text(name).strip('"').lower() in {"true", "1", "yes"}

    def parsed(self, name: str) -> Any:  # noqa: ANN401 (any JSON may stand here)
        """A parameter that holds JSON; None when it is not given.

        Raises:
            BadRequest: Text that is no JSON.
        """
        value = self._raw.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError as exc:
            raise BadRequest(f"can't parse {name} JSON object") from exc

    def shaped(self, name: str, shape: TypeAdapter[T]) -> T | None:
        """A parameter that holds JSON of a known shape; None when it is not given.

        Raises:
            BadRequest: JSON of another shape, saying where it differs.
        """
        return shaped(name, self.parsed(name), shape)

    def file(self, name: str) -> Upload | str:
        """A file that came under this name, or the file_id that stands there."""
        return self._files.get(name) or self.attached(self.text(name))

    def attached(self, value: str) -> Upload | str:
        """The file that attach:// points to, or the value itself.

        Raises:
            BadRequest: It points to nothing.
        """
        if not value.startswith(ATTACHED):
            return value
        upload = self._files.get(value.removeprefix(ATTACHED))
        if upload is None:
            raise BadRequest("can't get URL of the attached file")
        return upload


Run = Callable[[TelegramState, Parameters], Awaitable[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A Bot API method: what it takes, what the server says when a required parameter is missing, what it does."""

    run: Run
    takes: frozenset[str] = frozenset()
    requires: dict[str, str] = field(default_factory=dict)
    #: Counts against the flood limits, as messages and their edits do.
    is_message: bool = False

    def check(self, name: str, parameters: Parameters) -> None:
        """Refuses unknown names, which the real server would ignore: they are typing errors.

        Raises:
            BadRequest: A parameter is unknown or missing.
        """
        given = parameters.names
        unknown = given - self.takes - self.requires.keys()
        if unknown:
            raise BadRequest(f"{name} takes no parameter {min(unknown)!r} (the sandbox is strict)")
        for required, complaint in self.requires.items():
            if required not in given:
                raise BadRequest(complaint)
