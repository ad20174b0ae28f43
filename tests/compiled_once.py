"""The dialect of SQLite, made once for a whole process, so that what one test's database compiled serves the next.

A bot has one database for as long as it lives, and compiles each statement once; a test opens databases by the hundred.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import SQLiteDialect_aiosqlite

_compiled: dict[Any, Any] = {}


class CompiledOnce(SQLiteDialect_aiosqlite):
    """As SQLAlchemy's own, but every engine gets the same one, and the same statements with it."""

    supports_statement_cache = True
    _only: CompiledOnce | None = None
    _is_initialized = False

    def __new__(cls, **_: Any) -> CompiledOnce:  # noqa: ANN401, PYI034 - whatever SQLAlchemy asks for
        return cls._only or super().__new__(cls)

    def __init__(self, **wanted: Any) -> None:  # noqa: ANN401 - see above
        if CompiledOnce._only is None:
            super().__init__(**wanted)
            CompiledOnce._only = self

    def initialize(self, connection: Connection) -> None:
        if not self._is_initialized:
            super().initialize(connection)
            self._is_initialized = True

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        engine.update_execution_options(compiled_cache=_compiled)


def compile_once() -> None:
    """Let every engine of this process that is made from here on have this dialect."""
    registry.register("sqlite.aiosqlite", __name__, CompiledOnce.__name__)
