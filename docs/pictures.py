"""Takes the README's pictures of the practice chat: `uv run python docs/pictures.py`, where a Chromium is installed.

A bot, a practice Telegram and a practice video API run while it looks; fonts are the system's, so that emoji want
fonts-noto-color-emoji and Chinese fonts-noto-cjk.
"""
# ruff: noqa: INP001, T201 (a script beside the packages, for whoever runs it)

from __future__ import annotations

import asyncio
import io
import sys
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent))

from bot.demo import KEY, bot_process, bot_settings  # noqa: E402 - found by the line above
from sandbox.practice.server import PracticeChat  # noqa: E402 - see there
from sandbox.serving import serving  # noqa: E402 - see there
from sandbox.telegram import TelegramSandbox  # noqa: E402 - see there
from sandbox.video_api import VideoApiSandbox, running  # noqa: E402 - see there
from tests.browser import chromium, visiting  # noqa: E402 - see there

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from playwright.async_api import Browser

    from sandbox.chats import Chat, Message, User

DESKTOP = {"width": 1180, "height": 760}
PHONE = {"width": 390, "height": 800}
COLOURS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """The people and places that are seen."""

    telegram: TelegramSandbox
    you: User
    mei: User
    chat: Chat
    club: Chat
    ideas: int


async def main() -> None:
    async with AsyncExitStack() as stack:
        town = settle(TelegramSandbox())
        address = await stack.enter_async_context(serving(PracticeChat(town.telegram).app))
        await stack.enter_async_context(bot_at_work(town.telegram))
        await talk_alone(town)
        await talk_in_the_club(town)
        browser = await stack.enter_async_context(chromium())
        alone = f"{address}/#{town.you.id}/{town.chat.id}"
        club = f"{address}/#{town.you.id}/{town.club.id}/{town.ideas}"
        for ending, scheme in (("", "light"), ("-dark", "dark")):
            desktop, phone = f"practice-chat{ending}.png", f"practice-chat-phone{ending}.png"
            await take(browser, alone, desktop, viewport=DESKTOP, color_scheme=scheme)
            await take(browser, club, phone, viewport=PHONE, color_scheme=scheme)


def settle(telegram: TelegramSandbox) -> Town:
    you = telegram.add_user("You")
    mei = telegram.add_user("Mei", language_code="zh-hans")
    club = telegram.add_group("Film club", [you, mei], forum=True)
    ideas = telegram.add_topic(club, "Ideas")
    telegram.add_topic(club, "Premieres")
    chat = telegram.private_chat(you)
    telegram.chat_between(you, mei)
    return Town(telegram=telegram, you=you, mei=mei, chat=chat, club=club, ideas=ideas)


@asynccontextmanager
async def bot_at_work(telegram: TelegramSandbox) -> AsyncIterator[None]:
    video_api = VideoApiSandbox(api_key=KEY, seconds_to_render=2)
    with TemporaryDirectory() as folder:
        async with serving(telegram.app) as origin, running(video_api) as origins:
            settings = bot_settings(telegram, origin, origins.api)
            async with bot_process(settings, Path(folder)):
                yield


async def talk_alone(town: Town) -> None:
    """A card, its button, and the video."""
    town.telegram.say(town.chat, town.you, "a cat surfing at sunset, filmed from a drone --landscape")
    card = await town.telegram.until(lambda: newest(town.chat, lambda message: bool(message.buttons)))
    town.telegram.press(town.you, card, "Make the video")
    await town.telegram.until(lambda: newest(town.chat, is_video), timeout=60)
    await town.telegram.until(lambda: not busy(town.chat), timeout=60)


async def talk_in_the_club(town: Town) -> None:
    """Two languages, a command, and the video that answers it."""
    telegram, club, ideas = town.telegram, town.club, town.ideas
    telegram.say(club, town.mei, "下周放什么？", thread_id=ideas)
    telegram.say(club, town.you, "Something with rain?", thread_id=ideas)
    telegram.say(club, town.mei, "/video 雨中的纸船，慢镜头 --landscape", thread_id=ideas)
    video = await telegram.until(lambda: newest(club, is_video), timeout=60)
    await telegram.until(lambda: not busy(club), timeout=60)
    telegram.say(club, town.you, "Lovely! That one opens the evening.", reply_to=video, thread_id=ideas)


def newest(chat: Chat, fits: Callable[[Message], bool]) -> Message | None:
    found = [message for message in chat.present() if message.sender_is_bot and fits(message)]
    return found[-1] if found else None


def is_video(message: Message) -> bool:
    return message.video is not None or message.animation is not None


def busy(chat: Chat) -> bool:
    """Tell whether a status message still stands there."""
    return any(message.sender_is_bot and not is_video(message) for message in chat.present())


async def take(browser: Browser, address: str, name: str, **looks: object) -> None:
    """Save one picture with few colours: it is to be loaded with the README."""
    async with visiting(browser, address, device_scale_factor=2, locale="en-GB", **looks) as page:
        await page.locator("video").last.wait_for()
        # The first picture of a clip is often its dullest.
        await page.evaluate(
            "Promise.all([...document.querySelectorAll('video')].map(video => new Promise(done => {"
            "video.addEventListener('seeked', done, {once: true}); video.controls = false; video.currentTime = 2 })))"
        )
        await page.evaluate("document.activeElement.blur()")
        taken = await page.screenshot()
    with Image.open(io.BytesIO(taken)) as picture:
        few = picture.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        few.save(FOLDER / name, optimize=True)
    print(f"{FOLDER / name}: {(FOLDER / name).stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    asyncio.run(main())
