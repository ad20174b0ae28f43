"""`reelbot demo`: a person asks the real bot for a video, in a practice Telegram, before one's eyes."""

from __future__ import annotations

import asyncio
import mimetypes
import os
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from rich.console import Console

from bot.demo_screen import Screen
from sandbox.serving import serving
from sandbox.telegram import TelegramSandbox
from sandbox.video_api import VideoApiSandbox, running

if TYPE_CHECKING:
    from asyncio.subprocess import Process
    from collections.abc import AsyncIterator, Mapping

    from sandbox.chats import Chat, Message, User

_KEY = "practice-key"
_SECONDS_TO_RENDER = 10.0
_PATIENCE = 180.0
#: What the bot's process needs of this one's environment, and nothing that could be a setting.
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
#: How the status message of an accepted request begins; any other answer is a refusal or a failure.
_UNDER_WAY = ("👍", "⏳", "🎬", "📤")


async def demo(prompt: str, photo: Path | None, out: Path) -> bool:
    """Show the conversation, save the video to `out` and print its path; False if there is no video."""
    telegram = TelegramSandbox()
    video_api = VideoApiSandbox(api_key=_KEY, seconds_to_render=_SECONDS_TO_RENDER)
    person = telegram.add_user("You")
    chat = telegram.private_chat(person)
    console = Console(highlight=False)
    with TemporaryDirectory(prefix="reelbot-demo-") as folder:
        async with serving(telegram.app) as telegram_origin, running(video_api) as origins:
            settings = {
                "TELEGRAM_BOT_TOKEN": telegram.token,
                "TELEGRAM_API_URL": telegram_origin,
                "VIDEO_API_KEY": _KEY,
                "VIDEO_API_URL": origins.api,
                "POLL_INTERVAL_SECONDS": "1",
                "LOG_LEVEL": "WARNING",
            }
            async with bot_process(settings, Path(folder)) as process, Screen(console, telegram, chat):
                _ask(telegram, chat, person, prompt, photo)
                ending = await _ending(telegram, chat, process)
        clip = ending.video or ending.animation if ending is not None else None
        if clip is None:
            console.print("\nThere is no video." if ending else "\nThe bot did not answer.", style="red")
            return False
        await asyncio.to_thread(shutil.copyfile, clip.file.path, out)
    console.print(f"\nThe video is here: [bold]{out}[/bold]", soft_wrap=True)
    return True


@asynccontextmanager
async def bot_process(settings: Mapping[str, str], folder: Path) -> AsyncIterator[Process]:
    """Run the bot as `python -m bot run` in a process of its own, with `folder` as its world."""
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **settings}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=folder, env=environment
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


def _ask(telegram: TelegramSandbox, chat: Chat, person: User, prompt: str, photo: Path | None) -> None:
    if photo is None:
        telegram.say(chat, person, f"/video {prompt}")
        return
    mime_type = mimetypes.guess_type(photo.name)[0] or "application/octet-stream"
    content = photo.read_bytes()
    if mime_type == "image/jpeg":
        telegram.send_photo(chat, person, content, caption=prompt)
    else:
        telegram.send_document(
            chat, person, content, filename=photo.name, mime_type=mime_type, caption=prompt
        )


async def _ending(telegram: TelegramSandbox, chat: Chat, process: Process) -> Message | None:
    """Wait for the video or the reason why there is none; None if the bot falls silent or dies."""
    async with asyncio.TaskGroup() as waits:
        ending = waits.create_task(_ending_in_time(telegram, chat))
        death = waits.create_task(process.wait())
        await asyncio.wait({ending, death}, return_when=asyncio.FIRST_COMPLETED)
        result = ending.result() if ending.done() else None
        ending.cancel()
        death.cancel()
    return result


async def _ending_in_time(telegram: TelegramSandbox, chat: Chat) -> Message | None:
    try:
        return await telegram.until(lambda: _last_word(telegram, chat), timeout=_PATIENCE)
    except TimeoutError:
        return None


def _last_word(telegram: TelegramSandbox, chat: Chat) -> Message | None:
    said = [message for message in telegram.messages(chat) if message.sender_is_bot]
    clips = [message for message in said if message.video or message.animation]
    if clips or not said:
        return clips[0] if clips else None
    return None if said[-1].words.startswith(_UNDER_WAY) else said[-1]
