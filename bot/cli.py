"""The command line: `reelbot run`, `demo`, `check`, `health`. Each command opens only the rooms that it needs."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.settings import Settings, SettingsError, read_settings
from domain.catalogue import Catalogue, CatalogueError, packaged_catalogue, parse_catalogue
from storage.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(
    name="reelbot",
    help="A Telegram bot that turns prompts and photos into videos, and never loses one.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_WRONG_SETTING = 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; what an operator can mend ends in one line, not in a traceback."""
    try:
        app(arguments)
    except (SettingsError, CatalogueError, DatabaseUnusable) as error:
        print(f"reelbot: {error}", file=sys.stderr)  # noqa: T201 - logs may not be set up yet
        sys.exit(_WRONG_SETTING)


@app.command()
def run() -> None:
    """Serve people until told to stop (SIGTERM, Ctrl-C)."""
    from bot.logs import set_up_logs  # noqa: PLC0415 - see the module
    from bot.run import run as serve_people  # noqa: PLC0415 - see the module

    settings = read_settings()
    catalogue = read_catalogue(settings)
    set_up_logs(settings.log_level, secrets_of(settings))
    try:
        asyncio.run(serve_people(settings, catalogue))
    except OSError as error:
        raise SettingsError(f"DATA_DIR {settings.data_dir} cannot be used: {error.strerror}") from error


@app.command()
def check() -> None:
    """Read the settings, talk to Telegram and to the video API, and say what is wrong."""
    from bot.check import check as look  # noqa: PLC0415 - see the module

    settings = read_settings()
    catalogue = read_catalogue(settings)
    problems = asyncio.run(look(settings, catalogue, say=typer.echo))
    raise typer.Exit(1 if problems else 0)


@app.command()
def demo(
    prompt: Annotated[list[str], typer.Argument(help="What should happen in the video.")],
    photo: Annotated[
        Path | None, typer.Option(help="A photo that comes alive.", exists=True, dir_okay=False)
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the video is saved.")] = Path("reelbot-demo.mp4"),
) -> None:
    """Watch the bot make a video, with a practice Telegram and a practice video API. No tokens, no internet."""
    from bot.demo import demo as show  # noqa: PLC0415 - see the module

    succeeded = asyncio.run(show(" ".join(prompt), photo, out.resolve()))
    raise typer.Exit(0 if succeeded else 1)


@app.command()
def health() -> None:
    """Tell whether the bot beside this process is alive (for a container's health check)."""
    from bot.heartbeat import find_dead  # noqa: PLC0415 - see the module

    dead = find_dead(read_settings().data_dir, datetime.now(UTC))
    for part in dead:
        typer.echo(f"no sign of life: {part}")
    raise typer.Exit(1 if dead else 0)


def read_catalogue(settings: Settings) -> Catalogue:
    """Return the catalogue that the settings name; raises CatalogueError, which names file and line."""
    if settings.models_file is None:
        return packaged_catalogue()
    try:
        return parse_catalogue(settings.models_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"MODELS_FILE {settings.models_file} cannot be read: {error}") from error
    except CatalogueError as error:
        raise CatalogueError(f"MODELS_FILE {settings.models_file}: {error}") from error


def secrets_of(settings: Settings) -> list[str]:
    return [settings.telegram_bot_token.get_secret_value(), settings.video_api_key.get_secret_value()]
