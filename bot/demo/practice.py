"""`reelbot demo` without a prompt: the practice chat in the browser, with the real bot behind it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import webbrowser
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.demo.one_video import ENDS, MODELS, bot_settings, practice_video_api
from bot.demo.practice_bot import PracticeBot
from domain.catalogue_file import packaged_catalogue
from sandbox.practice.breakage_rows import breakages
from sandbox.practice.server import PracticeChat
from sandbox.serving import serving
from sandbox.telegram.chats import User
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.server import running


class PortTaken(Exception):
    """Somebody else listens on the port."""


async def practice(port: int, *, seconds_to_render: float, say: Callable[[str], None]) -> bool:
    """Serve the page at `port` (0 takes any free one) until told to stop; False if the bot ended before.

    Raises PortTaken.
    """
    telegram = TelegramSandbox()
    operator = settle(telegram)
    video_api = practice_video_api(seconds_to_render=seconds_to_render)
    stopping = _told_to_stop()
    async with AsyncExitStack() as opened:
        folder = opened.enter_context(TemporaryDirectory(prefix="reelbot-demo-"))
        telegram_origin = await opened.enter_async_context(serving(telegram.app))
        origins = await opened.enter_async_context(running(video_api))
        settings = bot_settings(telegram, telegram_origin, origins)
        settings["ADMIN_IDS"] = str(operator.id)
        bot = PracticeBot(telegram, video_api, settings, Path(folder))
        rows = [bot.breakage(), *breakages(video_api, telegram, titles=model_titles())]
        page = PracticeChat(telegram, rows, is_up=lambda: bot.is_up)
        try:
            address = await opened.enter_async_context(serving(page.app, port=port))
        except OSError as error:
            raise PortTaken(
                f"port {port} cannot be used ({error.strerror}): name another one with --port."
            ) from error
        await _until_stopped(bot, stopping, address, say)
        return stopping.is_set()


def settle(telegram: TelegramSandbox) -> User:
    """Add people and chats: the newcomer, two friends with other languages, a chat with one, a group with topics.

    Returns who runs the bot: another person, for the newcomer should see what everybody sees, limits and all.
    """
    you = telegram.add_user("You", username="you", language_code="en")
    friends = [
        telegram.add_user("Mei", username="mei", language_code="zh-hans"),
        telegram.add_user("Omar", username="omar", language_code="ar"),
    ]
    operator = telegram.add_user("Operator", username="operator", language_code="en")
    for person in (you, *friends, operator):
        telegram.private_chat(person)
    telegram.chat_between(you, friends[0])
    club = telegram.add_group("Film club", [you, *friends, operator], forum=True)
    telegram.add_topic(club, "Ideas")
    telegram.add_topic(club, "Premieres")
    return operator


def model_titles() -> dict[str, str]:
    """Return what the bot calls the models of the practice API, by their names there."""
    known = packaged_catalogue()
    return {name: model.title for name in MODELS if (model := known.find(name)) is not None}


def _told_to_stop() -> asyncio.Event:
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, *ENDS):
        loop.add_signal_handler(sign, stopping.set)
    return stopping


async def _until_stopped(
    bot: PracticeBot, stopping: asyncio.Event, address: str, say: Callable[[str], None]
) -> None:
    """Run the bot until it ends by itself or is told to stop."""
    async with asyncio.TaskGroup() as tasks:
        life = tasks.create_task(bot.run())
        told = tasks.create_task(stopping.wait())
        showing = tasks.create_task(_show(bot, address, say))
        await asyncio.wait({life, told}, return_when=asyncio.FIRST_COMPLETED)
        for task in (life, told, showing):
            task.cancel()


async def _show(bot: PracticeBot, address: str, say: Callable[[str], None]) -> None:
    """Open the page, which says itself that the bot is being started, and tell when it is up."""
    say(f"The practice chat is at {address}")
    await _open_browser(address)
    await bot.listening()
    say("The bot is up: the real one. No tokens, no internet, nothing to pay. Ctrl-C ends it.")


async def _open_browser(address: str) -> None:
    """Show the page, if somebody sits before a screen; a text browser would take the terminal over."""
    has_screen = sys.platform in {"darwin", "win32"} or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if has_screen and sys.stdout.isatty():
        await asyncio.to_thread(webbrowser.open, address)
