"""The command line: `reelbot demo`, `setup`, `run`, `check`, `models`, `health`. Each command imports only what it needs."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import __version__

app = typer.Typer(
    name="reelbot",
    help=(
        "A Telegram bot that turns prompts and photos into videos, and never loses one.\n\n"
        "First: `reelbot demo`, to try it without any account. Then: `reelbot setup`, which asks for what it needs, and "
        "`reelbot run`.\n\nMore: the section Run it in README.md, and docs/operating.md."
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

_WRONG_SETTING = 2
_CLIP = Path("reelbot-demo.mp4")
_PORT = 8090
_INTERRUPTED = 130  # as shells have it: 128 and the number of SIGINT


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; what an operator can mend ends in one line, not in a traceback."""
    try:
        app(arguments, prog_name="reelbot")
    except SystemExit:
        raise
    except _mendable() as error:
        print(f"reelbot: {error}", file=sys.stderr)  # noqa: T201 - logs may not be set up yet
        sys.exit(_WRONG_SETTING)


def _mendable() -> tuple[type[Exception], ...]:
    """Return the errors that an operator can mend; asked for only when there is one, for that is slow."""
    from bot.settings import SettingsError
    from domain.catalogue_file import CatalogueError
    from storage.errors import DatabaseUnusable

    return SettingsError, CatalogueError, DatabaseUnusable


def _show_version(is_wanted: bool) -> None:  # noqa: FBT001 - typer calls it
    """Say what every report of a bug should begin with."""
    if is_wanted:
        from importlib.metadata import version as version_of

        python, telegram = platform.python_version(), version_of("python-telegram-bot")
        system = f"{platform.system()} {platform.machine()}"
        typer.echo(f"reelbot {__version__} (Python {python}, python-telegram-bot {telegram}, {system})")
        raise typer.Exit


@app.callback()
def _options(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the versions.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Options that need no command."""


@app.command()
def run() -> None:
    """Serve people until told to stop (SIGTERM, Ctrl-C)."""
    _offer_setup()
    _run()


def _run() -> None:
    import asyncio
    import gc

    gc.disable()  # what is loaded now stays, and looking through it for garbage takes a seventh of the start
    from bot.settings import read_catalogue, read_settings, secrets_of

    settings = read_settings()
    catalogue = read_catalogue(settings)
    # What takes longest to load comes when nothing is wrong with the settings.
    from bot.logs import set_up_logs
    from bot.providers import read_providers, secrets_of_providers
    from bot.run import run as serve_people

    providers = read_providers(settings, catalogue)
    set_up_logs(settings.log_level, [*secrets_of(settings), *secrets_of_providers(providers)])
    asyncio.run(serve_people(settings, catalogue, providers))


@app.command()
def setup() -> None:
    """Ask for the bot's token, the video API and who may use it; check each at once, write .env, and start."""
    if not _is_at_terminal():
        typer.echo(
            "reelbot: setup asks questions, and there is nobody to answer here: run it in a terminal (with Docker: "
            "-it), or copy .env.example to .env and fill it in",
            err=True,
        )
        raise typer.Exit(_WRONG_SETTING)
    if _set_up():
        _run()


def _is_at_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _set_up() -> bool:
    """Ask and write .env; return whether the bot shall be started."""
    from bot.logs import set_up_logs
    from bot.setup.terminal import Stopped
    from bot.setup.wizard import set_up

    set_up_logs("CRITICAL", [])
    try:
        return set_up()
    except (KeyboardInterrupt, Stopped):
        typer.echo("\nStopped.", err=True)
        raise typer.Exit(_INTERRUPTED) from None


def _offer_setup() -> None:
    """At a terminal, offer to ask for what is needed if it is not there yet."""
    if not _is_at_terminal():
        return
    from bot.settings import SettingsError, read_settings

    try:
        read_settings()
    except SettingsError as error:
        if not error.is_missing:
            raise
        typer.echo(f"{error.setting} is not set.")
        if not typer.confirm("Set the bot up now?", default=True):
            raise
        if not _set_up():
            raise typer.Exit from None


@app.command()
def check() -> None:
    """Read the settings, talk to Telegram and to the video API, and say what is wrong."""
    import asyncio

    _offer_setup()
    from bot.settings import read_catalogue, read_settings, secrets_of

    settings = read_settings()
    catalogue = read_catalogue(settings)
    from bot.check import check as look
    from bot.logs import set_up_logs
    from bot.providers import read_providers, secrets_of_providers

    providers = read_providers(settings, catalogue)
    set_up_logs("CRITICAL", [*secrets_of(settings), *secrets_of_providers(providers)])
    problems = asyncio.run(look(settings, catalogue, providers, say=typer.echo))
    raise typer.Exit(1 if problems else 0)


@app.command()
def models(
    write: Annotated[
        Path | None,
        typer.Option(help="Write a catalogue of what the providers list to this new file.", dir_okay=False),
    ] = None,
) -> None:
    """Show the known models, which of them the providers list, and what they cost."""
    import asyncio

    from bot.settings import read_catalogue, read_settings, secrets_of

    settings = read_settings()
    catalogue = read_catalogue(settings)
    from bot.logs import set_up_logs
    from bot.model_list import show_models
    from bot.providers import read_providers, secrets_of_providers

    providers = read_providers(settings, catalogue)
    set_up_logs("CRITICAL", [*secrets_of(settings), *secrets_of_providers(providers)])
    raise typer.Exit(0 if asyncio.run(show_models(settings, catalogue, providers, write)) else 1)


def _place_for_clip(out: Path) -> Path:
    """Return the place in full; refuse it now if it could not be written to at the end."""
    out = out.resolve()
    if out.is_dir() or not out.parent.is_dir() or not os.access(out if out.exists() else out.parent, os.W_OK):
        raise typer.BadParameter(f"{out} cannot be written: name a file in a folder of yours.")
    return out


@app.command(context_settings={"ignore_unknown_options": True})
def demo(
    prompt: Annotated[
        list[str] | None,
        typer.Argument(
            help="What should happen in the video, with options such as --landscape. "
            "Without it, a practice chat opens in the browser."
        ),
    ] = None,
    photo: Annotated[
        Path | None, typer.Option(help="A photo that comes alive.", exists=True, dir_okay=False)
    ] = None,
    out: Annotated[Path, typer.Option(help="Where the video is saved.", callback=_place_for_clip)] = _CLIP,
    render_seconds: Annotated[
        float, typer.Option(help="How long the practice video API takes.", min=0, max=120)
    ] = 5,
    port: Annotated[int, typer.Option(help="Where the practice chat is served.", min=0, max=65535)] = _PORT,
) -> None:
    """Try the bot in a practice chat in the browser, or one video in the terminal. No tokens, no internet."""
    if prompt:
        _show_one_video(" ".join(prompt), photo, out, render_seconds)
    elif photo is not None:
        raise typer.BadParameter("Say what should happen in the photo.", param_hint="PROMPT")
    else:
        _open_practice_chat(port, render_seconds)


def _show_one_video(prompt: str, photo: Path | None, out: Path, render_seconds: float) -> None:
    import asyncio

    typer.echo("Starting…")  # what comes next takes a second to load
    from bot.demo.one_video import demo as show

    try:
        succeeded = asyncio.run(show(prompt, photo, out, seconds_to_render=render_seconds))
    except (KeyboardInterrupt, asyncio.CancelledError):
        typer.echo("\nStopped. There is no video.", err=True)
        raise typer.Exit(_INTERRUPTED) from None
    raise typer.Exit(0 if succeeded else 1)


def _open_practice_chat(port: int, render_seconds: float) -> None:
    import asyncio

    typer.echo("Starting…")  # what comes next takes a second to load
    from bot.demo.practice import PortTaken, practice

    try:
        succeeded = asyncio.run(practice(port, seconds_to_render=render_seconds, say=typer.echo))
    except PortTaken as error:
        typer.echo(f"reelbot: {error}", err=True)
        raise typer.Exit(_WRONG_SETTING) from None
    if not succeeded:
        typer.echo("reelbot: the bot ended by itself.", err=True)
        raise typer.Exit(1)


@app.command()
def health() -> None:
    """Tell whether the bot beside this process is alive (for a container's health check)."""
    from bot.health import find_dead
    from bot.settings import read_settings

    dead = find_dead(read_settings().data_dir, datetime.now(UTC))
    for part in dead:
        typer.echo(f"no sign of life: {part}")
    raise typer.Exit(1 if dead else 0)
