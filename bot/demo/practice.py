"""`reelbot demo` without a prompt: the practice chat in the browser, with the real bot behind it."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import webbrowser
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.demo.one_video import MODELS, bot_process, bot_settings, practice_video_api
from domain.catalogue_file import packaged_catalogue
from sandbox.practice.breakages import breakages
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
    page = PracticeChat(telegram, breakages(video_api, titles=model_titles()))
    stopping = _told_to_stop()
    async with AsyncExitStack() as opened:
        folder = opened.enter_context(TemporaryDirectory(prefix="reelbot-demo-"))
        try:
            address = await opened.enter_async_context(serving(page.app, port=port))
        except OSError as error:
            raise PortTaken(
                f"port {port} cannot be used ({error.strerror}): name another one with --port."
            ) from error
        telegram_origin = await opened.enter_async_context(serving(telegram.app))
        origins = await opened.enter_async_context(running(video_api))
        settings = bot_settings(telegram, telegram_origin, origins.api)
        settings["ADMIN_IDS"] = str(operator.id)
        process = await opened.enter_async_context(bot_process(settings, Path(folder)))
        await _until_one(_until_listening(telegram), process.wait(), stopping.wait())
        say(f"The practice chat is at {address}")
        say("The bot behind it is the real one. No tokens, no internet, nothing to pay. Ctrl-C ends it.")
        await _open_browser(address)
        await _until_one(process.wait(), stopping.wait())
        return stopping.is_set()


def settle(telegram: TelegramSandbox) -> User:
    """Add people and chats: the newcomer, two friends with other languages, a chat with one, a group with topics.

    Returns who runs the bot: another person, for the newcomer should see what everybody sees, limits and all.
    """
    you = telegram.add_user("You", language_code="en")
    friends = [
        telegram.add_user("Mei", language_code="zh-hans"),
        telegram.add_user("Omar", language_code="ar"),
    ]
    operator = telegram.add_user("Operator", language_code="en")
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
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stopping.set)
    return stopping


async def _until_listening(telegram: TelegramSandbox) -> None:
    """Wait until the bot has said who it is and waits for messages."""
    while not telegram.state.updates.is_polled:
        await telegram.state.happenings.next()


async def _until_one(*events: Coroutine[Any, Any, object]) -> None:
    """Wait until one of these has happened."""
    async with asyncio.TaskGroup() as waits:
        tasks = {waits.create_task(event) for event in events}
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()


async def _open_browser(address: str) -> None:
    """Show the page, if somebody sits before a screen; a text browser would take the terminal over."""
    has_screen = sys.platform in {"darwin", "win32"} or {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
    if has_screen and sys.stdout.isatty():
        await asyncio.to_thread(webbrowser.open, address)
