"""Takes the README's pictures of the practice chat, the moving one too: `./reelbot dev python docs/pictures.py`, where a Chromium is installed.

A bot, a practice Telegram and a practice video API run while it looks; fonts are the system's, so that emoji want
fonts-noto-color-emoji and Chinese fonts-noto-cjk.
"""
# ruff: noqa: INP001, T201 (a script beside the packages, for whoever runs it)

from __future__ import annotations

import asyncio
import io
import random
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import Browser, Page
from sqlalchemy import text

from sandbox.telegram.chats import Chat, Message, User

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent))

from bot.demo.one_video import (  # noqa: E402 - found by the line above
    bot_process,
    bot_settings,
    practice_video_api,
)
from bot.demo.practice import model_titles  # noqa: E402 - see there
from domain.job import Place  # noqa: E402 - see there
from domain.queue import Concurrency  # noqa: E402 - see there
from domain.quota import SpendingRules  # noqa: E402 - see there
from domain.request import VideoRequest  # noqa: E402 - see there
from domain.size import Size  # noqa: E402 - see there
from sandbox.practice.breakage_rows import breakages  # noqa: E402 - see there
from sandbox.practice.server import PracticeChat  # noqa: E402 - see there
from sandbox.serving import serving  # noqa: E402 - see there
from sandbox.telegram.server import TelegramSandbox  # noqa: E402 - see there
from sandbox.video_api.server import VideoApiSandbox, running  # noqa: E402 - see there
from storage.database import Database  # noqa: E402 - see there
from storage.jobs import Jobs  # noqa: E402 - see there
from tests.browser import chromium, visiting  # noqa: E402 - see there

DESKTOP = {"width": 1180, "height": 760}
TALL = {"width": 1180, "height": 980}
PHONE = {"width": 390, "height": 800}
COLOURS = 256
#: Of the moving picture: how it is looked at, how often, in seconds, and for how long its last picture stays.
FILMED = {"width": 390, "height": 680}
PAUSE, LAST = 0.15, 3.0
FILM_COLOURS = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class Sandbox:
    """The people and places that are seen."""

    telegram: TelegramSandbox
    video_api: VideoApiSandbox
    you: User
    mei: User
    operator: User
    chat: Chat
    office: Chat
    club: Chat
    ideas: int


async def main() -> None:
    await film("reelbot.gif")
    async with AsyncExitStack() as stack:
        sandbox = settle(TelegramSandbox())
        page = PracticeChat(
            sandbox.telegram, breakages(sandbox.video_api, sandbox.telegram, titles=model_titles())
        )
        address = await stack.enter_async_context(serving(page.app))
        await stack.enter_async_context(bot_at_work(sandbox))
        await talk_alone(sandbox)
        await talk_in_the_club(sandbox)
        await talk_as_operator(sandbox)
        browser = await stack.enter_async_context(chromium())
        alone = f"{address}/#{sandbox.you.id}/{sandbox.chat.id}"
        club = f"{address}/#{sandbox.you.id}/{sandbox.club.id}/{sandbox.ideas}"
        office = f"{address}/#{sandbox.operator.id}/{sandbox.office.id}"
        for ending, scheme in (("", "light"), ("-dark", "dark")):
            desktop, phone = f"practice-chat{ending}.png", f"practice-chat-phone{ending}.png"
            await take(browser, alone, desktop, "video", viewport=DESKTOP, color_scheme=scheme)
            await take(browser, club, phone, "video", viewport=PHONE, color_scheme=scheme)
            operator = f"practice-chat-operator{ending}.png"
            await take(browser, office, operator, ".photo img", viewport=TALL, color_scheme=scheme)


def settle(telegram: TelegramSandbox) -> Sandbox:
    you = telegram.add_user("You")
    mei = telegram.add_user("Mei", language_code="zh-hans")
    operator = telegram.add_user("Operator")
    club = telegram.add_group("Film club", [you, mei], forum=True)
    ideas = telegram.add_topic(club, "Ideas")
    telegram.add_topic(club, "Premieres")
    chat = telegram.private_chat(you)
    telegram.chat_between(you, mei)
    return Sandbox(
        telegram=telegram,
        video_api=practice_video_api(seconds_to_render=2),
        you=you,
        mei=mei,
        operator=operator,
        chat=chat,
        office=telegram.private_chat(operator),
        club=club,
        ideas=ideas,
    )


@asynccontextmanager
async def bot_at_work(sandbox: Sandbox) -> AsyncIterator[None]:
    with TemporaryDirectory() as folder:
        await live_through_a_month(Path(folder))
        async with serving(sandbox.telegram.app) as origin, running(sandbox.video_api) as origins:
            settings = bot_settings(sandbox.telegram, origin, origins)
            settings["ADMIN_IDS"] = str(sandbox.operator.id)
            async with bot_process(settings, Path(folder)):
                yield


async def live_through_a_month(folder: Path) -> None:
    """Give the bot a past, so that its statistics have something to show: a month with more videos every week."""
    (folder / "data").mkdir()
    dice, now = random.Random(8), datetime.now(UTC)  # noqa: S311 (a sandbox's life, no secret)
    async with Database.open(f"sqlite:///{folder}/data/reelbot.db") as database:
        jobs = Jobs(database)
        for day in range(29, 0, -1):
            for number in range(dice.randint(12, 20) + 22 - day // 2):
                at = now - timedelta(days=day, minutes=number)
                person = dice.randint(1, 30)
                await jobs.add(
                    idempotency_key=f"message:{person}:{day}:{number}",
                    place=Place(account_id=person, requester_id=person, chat_id=person),
                    request=VideoRequest(
                        prompt="a cat", model="gemini-omni", seconds=5, size=Size(1280, 720), price=1
                    ),
                    rules=SpendingRules(allowance=None),
                    concurrency=Concurrency(in_all=20, per_person=2),
                    now=at,
                )
        async with database.transaction() as connection:
            await connection.execute(text(_ENDINGS))


# One in nine failed, one in thirteen was called off, the others took about two minutes.
_ENDINGS = """
UPDATE jobs SET
    state = CASE WHEN id % 9 = 0 THEN 'failed' WHEN id % 13 = 0 THEN 'cancelled' ELSE 'done' END,
    failure = CASE WHEN id % 9 <> 0 THEN NULL WHEN id % 2 = 0 THEN 'moderated' ELSE 'busy' END,
    ordered_at = created_at + 1000000,
    rendered_at = created_at + (90 + id % 60) * 1000000,
    finished_at = created_at + (95 + id % 60) * 1000000,
    result_message_id = id
"""


async def talk_alone(sandbox: Sandbox) -> None:
    """A card, its button, and the video."""
    sandbox.telegram.say(sandbox.chat, sandbox.you, "a cat surfing at sunset, filmed from a drone")
    card = await sandbox.telegram.until(lambda: newest(sandbox.chat, lambda message: bool(message.buttons)))
    sandbox.telegram.press(sandbox.you, card, "Make it")
    await sandbox.telegram.until(lambda: newest(sandbox.chat, is_video), timeout=60)
    await sandbox.telegram.until(lambda: not busy(sandbox.chat), timeout=60)


async def talk_in_the_club(sandbox: Sandbox) -> None:
    """Two languages, a command, and the video that answers it."""
    telegram, club, ideas = sandbox.telegram, sandbox.club, sandbox.ideas
    telegram.say(club, sandbox.mei, "下周放什么？", thread_id=ideas)
    telegram.say(club, sandbox.you, "Something with rain?", thread_id=ideas)
    telegram.say(club, sandbox.mei, "/video 雨中的纸船，慢镜头", thread_id=ideas)
    await telegram.until(lambda: newest(club, is_video), timeout=60)
    await telegram.until(lambda: not busy(club), timeout=60)
    telegram.say(club, sandbox.you, "Lovely! That one opens the evening.", thread_id=ideas)


async def talk_as_operator(sandbox: Sandbox) -> None:
    """A stranger asks to be let in, and a month in figures."""
    telegram, office, operator = sandbox.telegram, sandbox.office, sandbox.operator
    telegram.say(office, operator, "/access invite")
    await telegram.until(lambda: newest(office, lambda message: "Invite" in message.words))
    stranger = telegram.add_user("Sam")
    telegram.say(telegram.private_chat(stranger), stranger, "/video my dog on the moon")
    card = await telegram.until(lambda: newest(office, lambda message: "Sam" in message.words))
    telegram.press(operator, card, "✅ Allow")
    await telegram.until(
        lambda: newest(telegram.private_chat(stranger), lambda message: "in" in message.words), timeout=30
    )
    telegram.say(office, operator, "/stats 30")
    await telegram.until(lambda: newest(office, lambda message: bool(message.photo)), timeout=30)


def newest(chat: Chat, fits: Callable[[Message], bool]) -> Message | None:
    found = [message for message in chat.present() if message.sender_is_bot and fits(message)]
    return found[-1] if found else None


def is_video(message: Message) -> bool:
    return message.video is not None or message.animation is not None


def busy(chat: Chat) -> bool:
    """Tell whether a status message still stands there, behind what a person said last."""
    asked = max((message.id for message in chat.present() if not message.sender_is_bot), default=0)
    said = [message for message in chat.present() if message.sender_is_bot and message.id > asked]
    return not all(map(is_video, said))


async def film(name: str) -> None:
    """Save a first minute as a moving picture: words, the card, its progress, the video, and a variant of it."""
    telegram, video_api = TelegramSandbox(), practice_video_api(seconds_to_render=4)
    you = telegram.add_user("You", language_code="en")
    where = f"#{you.id}/{telegram.private_chat(you).id}"
    page = PracticeChat(telegram, breakages(video_api, telegram, titles=model_titles()))
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(serving(page.app))
        origin = await stack.enter_async_context(serving(telegram.app))
        origins = await stack.enter_async_context(running(video_api))
        folder = Path(stack.enter_context(TemporaryDirectory()))
        await stack.enter_async_context(bot_process(bot_settings(telegram, origin, origins), folder))
        browser = await stack.enter_async_context(chromium())
        visit = visiting(
            browser, f"{address}/{where}", viewport=FILMED, device_scale_factor=1, locale="en-GB"
        )
        seen = await stack.enter_async_context(visit)
        shots: list[tuple[float, bytes]] = []
        async with asyncio.TaskGroup() as tasks:
            camera = tasks.create_task(keep_taking(seen, shots))
            await act(seen)
            camera.cancel()
    develop(shots, FOLDER / name)


async def act(page: Page) -> None:
    """Do what a person does in their first minute."""
    await page.get_by_role("button", name="Start", exact=True).click()
    await page.get_by_role("button", name="Surprise me").wait_for()
    await asyncio.sleep(1.5)
    await page.get_by_label("Message", exact=True).click()
    await page.keyboard.type("a cat surfing at sunset", delay=70)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Make it").wait_for()
    await asyncio.sleep(1.5)
    await page.get_by_role("button", name="Make it").click()
    await watch(page, 1)
    await page.get_by_role("button", name="Variant").click()
    portrait = page.get_by_role("button", name="Portrait").first
    await portrait.wait_for()
    await asyncio.sleep(1.5)
    await portrait.click()
    await watch(page, 2)


async def watch(page: Page, number: int) -> None:
    """Wait for the video of this number, and play it."""
    video = page.locator("article video").nth(number - 1)
    await video.wait_for(timeout=120_000)
    await video.evaluate("video => { video.controls = false; video.muted = true; return video.play() }")
    await asyncio.sleep(3.5)


async def keep_taking(page: Page, shots: list[tuple[float, bytes]]) -> None:
    """Take pictures of the page, each with when it was taken, until cancelled."""
    clock = asyncio.get_running_loop().time
    while True:
        shots.append((clock(), await page.screenshot()))
        await asyncio.sleep(PAUSE)


def develop(shots: Sequence[tuple[float, bytes]], path: Path) -> None:
    """Save pictures as a GIF that shows each for as long as nothing changed, all with the same few colours."""
    distinct = [shot for before, shot in pairwise([(0.0, b""), *shots]) if before[1] != shot[1]]
    pictures = [Image.open(io.BytesIO(picture)).convert("RGB") for _, picture in distinct]
    width, height = pictures[0].size
    sheet = Image.new("RGB", (width, height * len(pictures[::6])))
    for number, picture in enumerate(pictures[::6]):
        sheet.paste(picture, (0, number * height))
    palette = sheet.quantize(FILM_COLOURS, method=Image.Quantize.MEDIANCUT)
    first, *others = [picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in pictures]
    starts = [at for at, _ in distinct]
    spans = [later - at for at, later in pairwise(starts)]
    first.save(
        path,
        save_all=True,
        append_images=others,
        duration=[*(round(span * 1000) for span in spans), round(LAST * 1000)],
        loop=0,
        optimize=True,
    )
    print(f"{path}: {path.stat().st_size / 1000:.0f} kB, {len(pictures)} pictures")


async def take(browser: Browser, address: str, name: str, shown: str, **looks: object) -> None:
    """Save one picture with few colours: it is to be loaded with the README. `shown` has to be there before."""
    async with visiting(browser, address, device_scale_factor=2, locale="en-GB", **looks) as page:
        await page.locator(shown).last.wait_for()
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
