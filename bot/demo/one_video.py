"""`reelbot demo PROMPT`: shows in the terminal how a person asks the real bot for a video in a practice Telegram."""

from __future__ import annotations

import asyncio
import mimetypes
import os
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.text import Text

from bot.demo.screen import Screen
from sandbox.serving import serving
from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.files import Media
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.server import Origins, VideoApiSandbox, running

KEY = "practice-key"
#: What ends the demo besides Ctrl-C: whoever runs it, and the terminal that is closed (there is no such signal on Windows).
ENDS = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
#: Where the practice API says that its clips are: for what needs a public address, such as a character. Nobody has it.
_PUBLIC_CDN = "https://cdn.practice.example.org"
#: What the practice API has, by its names there: a few of today's models, the default one first, and one that makes
#: private videos, brings characters in and changes a video that is made.
MODELS = (
    "gemini-omni-1.2-flash",
    "muse-video",
    "grok-imagine-video-1.5",
    "minimax/h3",
    "veo-3.1-fast-generate-001",
    "sora-2",
)
#: Credits enough to try everything in one sitting, and few enough to see the last one refused.
_ALLOWANCE = 20
_TIMEOUT_SECONDS = 180.0
#: So long the bot may take to put its status message away once the video is there.
_TIDYING = 5.0
#: What the bot's process needs of this one's environment, and nothing that could be a setting.
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
#: How the status message of an accepted request begins; any other answer is a refusal or a failure.
_UNDER_WAY = ("👍", "⏳", "🎬", "📤")
_WELCOME = """\
[bold]A practice Telegram and a practice video API run on this computer now.[/bold]
Between them works the real bot, in a process of its own, as [cyan]reelbot run[/cyan]
starts it. No tokens, no internet, nothing to pay. Ctrl-C ends it.
"""


async def demo(prompt: str, photo: Path | None, out: Path, *, seconds_to_render: float) -> bool:
    """Show the conversation, save the video to `out` and print its path; False if there is no video.

    What `ENDS` it is raised as CancelledError once everything is put away.
    """
    _cancel_on_ends()
    telegram = TelegramSandbox()
    video_api = practice_video_api(seconds_to_render=seconds_to_render)
    person = telegram.add_user("You")
    chat = telegram.private_chat(person)
    operator = telegram.add_user("Operator")
    telegram.private_chat(operator)
    console = Console(highlight=False)
    console.print(_WELCOME)
    with TemporaryDirectory(prefix="reelbot-demo-") as folder:
        async with serving(telegram.app) as telegram_origin, running(video_api) as origins:
            settings = bot_settings(telegram, telegram_origin, origins)
            settings["ADMIN_IDS"] = str(operator.id)
            async with (
                bot_process(settings, Path(folder), stderr=PIPE) as process,
                Screen(console, telegram, chat, video_api),
            ):
                _ask(telegram, chat, person, prompt, photo)
                ending = await _ending(telegram, chat, process, console)
        clip = ending.video or ending.animation if ending is not None else None
        if clip is None:
            console.print("\nThere is no video." if ending else "\nThe bot did not answer.", style="red")
            return False
        await asyncio.to_thread(shutil.copyfile, clip.file.path, out)
    _say_where(console, clip, out)
    return True


def practice_video_api(*, seconds_to_render: float) -> VideoApiSandbox:
    """Return the video API that the demo's bot orders from."""
    return VideoApiSandbox(
        api_key=KEY,
        models=MODELS,
        seconds_to_render=seconds_to_render,
        public_cdn=_PUBLIC_CDN,
        watched=True,
    )


def bot_settings(telegram: TelegramSandbox, telegram_origin: str, video_api: Origins) -> dict[str, str]:
    """Return what the bot needs to work between the two practice servers."""
    return {
        # Nothing leaves this computer: what is looked for elsewhere is answered, and refused, at once.
        "HTTPS_PROXY": video_api.cdn,
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_API_URL": telegram_origin,
        "VIDEO_API_KEY": KEY,
        "VIDEO_API_URL": video_api.api,
        "POLL_INTERVAL_SECONDS": "1",
        "ACCESS": "open",
        "DAILY_ALLOWANCE": str(_ALLOWANCE),
        "DAILY_BUDGET": "0",
        "LOG_LEVEL": "WARNING",
    }


@asynccontextmanager
async def bot_process(
    settings: Mapping[str, str], folder: Path, *, stderr: int | None = None
) -> AsyncIterator[Process]:
    """Run the bot in a process of its own, with `folder` as its world; it does not outlive this process, however that ends.

    Its logs go to `stderr`, this process's own unless told otherwise (asyncio.subprocess: PIPE, DEVNULL).
    """
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment |= {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **settings}
    theirs, ours = os.pipe()
    with os.fdopen(theirs), os.fdopen(ours, "w"):
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot.demo"),
            cwd=folder,
            env=environment,
            stdin=theirs,
            stderr=stderr,
            start_new_session=True,  # what ends a terminal's programs ends this one through its parent, in order
        )
        try:
            yield process
        finally:
            if process.returncode is None:
                process.terminate()
            # Reads what is left in a pipe: a process that cannot write does not end.
            await process.communicate()


def _cancel_on_ends() -> None:
    if (task := asyncio.current_task()) is None:
        return
    for sign in ENDS:
        asyncio.get_running_loop().add_signal_handler(sign, task.cancel)


def _ask(telegram: TelegramSandbox, chat: Chat, person: User, prompt: str, photo: Path | None) -> None:
    """Send the prompt, as a photo's caption if there is one; what is no photo goes as a file, as people would."""
    if photo is None:
        telegram.say(chat, person, f"/video {prompt}")
        return
    mime_type = mimetypes.guess_type(photo.name)[0] or "application/octet-stream"
    content = photo.read_bytes()
    if mime_type == "image/jpeg":
        with suppress(BadRequest):
            telegram.send_photo(chat, person, content, caption=prompt)
            return
    telegram.send_document(chat, person, content, filename=photo.name, mime_type=mime_type, caption=prompt)


async def _ending(
    telegram: TelegramSandbox, chat: Chat, process: Process, console: Console
) -> Message | None:
    """Wait for the video or the reason why there is none; None if the bot falls silent or dies."""
    async with asyncio.TaskGroup() as waits:
        ending = waits.create_task(_ending_in_time(telegram, chat))
        death = waits.create_task(_show_logs(process, console))
        await asyncio.wait({ending, death}, return_when=asyncio.FIRST_COMPLETED)
        result = ending.result() if ending.done() else None
        ending.cancel()
        death.cancel()
    return result


async def _show_logs(process: Process, console: Console) -> None:
    """Show what the bot complains about until it ends, which it should not."""
    if process.stderr is None:
        return
    async for line in process.stderr:
        console.print(Text(f"bot: {line.decode(errors='replace').rstrip()}", style="dim"))


async def _ending_in_time(telegram: TelegramSandbox, chat: Chat) -> Message | None:
    try:
        ending = await telegram.until(lambda: _last_word(telegram, chat), timeout=_TIMEOUT_SECONDS)
    except TimeoutError:
        return None
    with suppress(TimeoutError):
        await telegram.until(lambda: len(_said(telegram, chat)) == 1, timeout=_TIDYING)
    return ending


def _last_word(telegram: TelegramSandbox, chat: Chat) -> Message | None:
    said = _said(telegram, chat)
    clips = [message for message in said if message.video or message.animation]
    if clips or not said:
        return clips[0] if clips else None
    return None if said[-1].words.startswith(_UNDER_WAY) else said[-1]


def _said(telegram: TelegramSandbox, chat: Chat) -> list[Message]:
    return [message for message in telegram.messages(chat) if message.sender_is_bot]


def _say_where(console: Console, clip: Media, out: Path) -> None:
    size = f"{clip.width}×{clip.height}, {clip.duration} s, {out.stat().st_size / 1_000_000:.1f} MB"
    console.print(f"\n[green]✓[/green] The video is here: [bold]{out}[/bold] ({size})", soft_wrap=True)
    console.print("  The practice API only draws your words; a real one films them. The README")
    console.print("  says how to get a bot of your own, and [cyan]reelbot check[/cyan] tries its settings.")
