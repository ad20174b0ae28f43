"""Brings the tables up to date, one migration after the other."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from storage.errors import DatabaseUnusable

_MIGRATIONS: Final = Path(__file__).parent


def migrate(connection: Connection) -> None:
    """Take the steps that are missing, all or none; raises DatabaseUnusable if there are some that we do not know."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseUnusable(
            f"the database {connection.engine.url!r} was written by another version of the bot ({error}): run that "
            "version, or let DATABASE_URL name another database"
        ) from error
