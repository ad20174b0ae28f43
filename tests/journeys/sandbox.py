"""A whole sandbox for a journey: a practice Telegram, a practice video API, and the real bot between them."""

from __future__ import annotations

import asyncio
import io
import shutil
import signal
import sqlite3
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image
from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import create_async_engine

from bot.demo.one_video import bot_process
from bot.media.processes import MediaProcesses
from bot.providers import read_providers
from bot.run import serve
from bot.settings import read_catalogue, read_settings
from chat.rate_windows import Limit, RateLimits
from domain.catalogue import Catalogue
from domain.failures import FailureReason
from domain.job import OVER, Job, State
from domain.quota import SpendingRules
from sandbox.serving import serving
from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.rate_limits import RateLimits as EnforcedLimits
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.dialects import Dialect
from sandbox.video_api.render import Renderer
from sandbox.video_api.server import VideoApiSandbox, running
from storage import tables
from storage.database import Database
from storage.errors import DatabaseTrouble
from storage.jobs import Jobs
from tests.journeys.processes import BotProcess, forked_bot
from tests.sora_catalogue import SORA_MODELS, sora_catalogue


def _photo(width: int, height: int) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(content, "JPEG")
    return content.getvalue()


_SORA = {"MODELS_FILE": str(SORA_MODELS)}
KEY = "practice-key-of-the-journeys"
SECOND_KEY = "practice-key-of-the-second-provider"
ALLOWANCE = 3
#: In the shape of the default model's videos.
PHOTO = _photo(720, 1280)
_ROOMY = Limit(calls=1000, seconds=1.0, for_progress=500)
#: For journeys that are not about floods: nobody waits a second between two messages of a chat.
UNHURRIED = RateLimits(overall=_ROOMY, chat=_ROOMY, group=_ROOMY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What a person's wait for one video came to: what the chat shows, what was ordered, what it cost."""

    videos: int = 1
    failure: FailureReason | None = None
    #: How often the chat says that there is no video.
    reasons: int = 0
    orders: int = 1
    left: int | None = ALLOWANCE - 1


@dataclass(slots=True, kw_only=True)
class Sandbox:
    """Both practice servers, a person with a private chat, and the settings that a bot is started with."""

    telegram: TelegramSandbox
    video_api: VideoApiSandbox
    folder: Path
    settings: dict[str, str]
    person: User
    chat: Chat
    #: Shared with other sandboxes; None if each bot is to have its own.
    media: MediaProcesses | None = None
    #: A second provider, of a `sandbox_of_two`.
    further_api: VideoApiSandbox | None = None

    @property
    def second(self) -> VideoApiSandbox:
        assert self.further_api is not None
        return self.further_api

    @asynccontextmanager
    async def bot(
        self,
        *,
        limits: RateLimits | None = None,
        catalogue: Catalogue | None = None,
        **changed: Any,  # noqa: ANN401 - of any setting
    ) -> AsyncIterator[asyncio.Event]:
        """Run the bot inside this process; `changed` are settings by their lower-case names.

        Yields what stops it before the block ends.
        """
        stopping = asyncio.Event()
        values = {name.lower(): value for name, value in self.settings.items()} | changed
        settings = read_settings(_env_file=None, **values)
        known = catalogue or (sora_catalogue() if settings.models_file is None else read_catalogue(settings))
        providers = read_providers(settings, known, env_file=self.folder / ".env")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(
                serve(
                    settings,
                    known,
                    stopping,
                    providers=providers,
                    rate_limits=limits,
                    media=self.media,
                )
            )
            try:
                yield stopping
            finally:
                stopping.set()

    @asynccontextmanager
    async def process(self, **changed: str) -> AsyncIterator[BotProcess]:
        """Run the bot as a process of its own; leaving the block ends it with SIGTERM if it still runs."""
        settings = _SORA | self.settings | {name.upper(): value for name, value in changed.items()}
        async with forked_bot(settings, self.folder) as process:
            yield process

    @asynccontextmanager
    async def program(self, **changed: str) -> AsyncIterator[Process]:
        """Run the bot as a process that is started as people start it, where that is what matters."""
        settings = _SORA | self.settings | {name.upper(): value for name, value in changed.items()}
        async with bot_process(settings, self.folder) as process:
            yield process

    async def kill(self, process: BotProcess) -> None:
        """End the bot's process with SIGKILL, and wait until it is gone."""
        process.send_signal(signal.SIGKILL)
        await process.wait()

    def newcomer(self, name: str) -> Chat:
        """Open the private chat of one more person."""
        return self.telegram.private_chat(self.telegram.add_user(name))

    def ask(self, chat: Chat, text: str) -> Message:
        """Let the chat's person, or a group's owner, say something."""
        return self.telegram.say(chat, chat.members[0], text)

    async def until_polled(self) -> None:
        """Wait until the bot listens."""
        await self.telegram.until(lambda: self.telegram.state.updates.is_polled)

    async def until_video(self, chat: Chat | None = None, *, number: int = 1, timeout: float = 60) -> Message:  # noqa: ASYNC109
        """Wait until the chat holds `number` videos, and return the newest."""
        chat = chat or self.chat
        await self.telegram.until(lambda: len(self.videos(chat)) >= number or None, timeout=timeout)
        return self.videos(chat)[-1]

    async def until_said(self, words: str, chat: Chat | None = None, *, timeout: float = 60) -> Message:  # noqa: ASYNC109
        """Wait until a message of the bot holds these words, and return it."""
        return await self.telegram.until(lambda: self.said(words, chat), timeout=timeout)

    def said(self, words: str, chat: Chat | None = None) -> Message | None:
        found = (message for message in self.bot_messages(chat) if words in message.words)
        return next(found, None)

    def videos(self, chat: Chat | None = None) -> list[Message]:
        return [message for message in self.bot_messages(chat) if message.video or message.animation]

    def bot_messages(self, chat: Chat | None = None) -> list[Message]:
        return [message for message in self.telegram.messages(chat or self.chat) if message.sender_is_bot]

    async def until_over(self, number: int, *, timeout: float = 60) -> list[Job]:  # noqa: ASYNC109
        """Wait until the bot has `number` jobs and every one is over; return them as they are, even if in vain."""
        with suppress(TimeoutError):
            await self._until(lambda states: len(states) >= number and set(states) <= OVER, timeout)
        return await self.jobs()

    async def until_jobs(self, number: int, *states: State, timeout: float = 60) -> None:  # noqa: ASYNC109
        """Wait until the bot has `number` jobs in these states, or in any."""
        await self._until(
            lambda found: sum(not states or state in states for state in found) >= number, timeout
        )

    async def jobs(self) -> list[Job]:
        """Return every job, as committed in the bot's database."""
        async with self._database() as database:
            return await _all(database)

    async def _until(self, is_so: Callable[[list[str]], bool], timeout: float) -> None:  # noqa: ASYNC109
        """Wait until it is so of all jobs' states, as committed. Asked often, so past our own code."""
        async with asyncio.timeout(timeout):
            while not (self.folder / "reelbot.db").exists():  # noqa: ASYNC110 - the bot tells nobody
                await asyncio.sleep(0.05)
            with closing(self._looking()) as connection:
                while not is_so(_states(connection)):  # noqa: ASYNC110 - see above
                    await asyncio.sleep(0.05)

    def _looking(self) -> sqlite3.Connection:
        """Open the bot's database; nobody's writing is waited for."""
        return sqlite3.connect(f"file:{self.folder / 'reelbot.db'}?mode=rw", uri=True, timeout=0)

    async def ending(self, chat: Chat, prompt: str) -> Ending:
        """Return how the chat stands, whose person wanted `prompt` once and nothing else."""
        async with self._database() as database:
            jobs = await _all(database, tables.jobs.c.prompt == prompt)
            left = await _left(database, chat)
        said = [message.words for message in self.bot_messages(chat)]
        return Ending(
            videos=len(self.videos(chat)),
            failure=jobs[-1].failure if jobs else None,
            reasons=sum(words.startswith("❌") for words in said),
            orders=sum(order.fields["prompt"] == prompt for order in self.video_api.orders),
            left=left,
        )

    async def left(self, chat: Chat) -> int | None:
        """Return what the chat's person may still spend today."""
        async with self._database() as database:
            return await _left(database, chat)

    @asynccontextmanager
    async def _database(self) -> AsyncIterator[Database]:
        """Look into the bot's database without bringing it up to date, which is the bot's own business."""
        engine = create_async_engine(self.settings["DATABASE_URL"].replace("sqlite:", "sqlite+aiosqlite:"))
        try:
            yield Database(engine)
        finally:
            await engine.dispose()


def _states(connection: sqlite3.Connection) -> list[str]:
    """Return every job's state; none if there are no tables yet."""
    with suppress(sqlite3.OperationalError):
        return [state for (state,) in connection.execute("SELECT state FROM jobs")]
    return []


async def _all(database: Database, *wanted: ColumnElement[bool]) -> list[Job]:
    """Return every job that is `wanted`; none if the bot has not got as far as having a database."""
    with suppress(DatabaseTrouble):
        async with database.reading() as connection:
            ids = list(await connection.scalars(select(tables.jobs.c.id).where(*wanted)))
        return list(await Jobs(database).find_all(ids))
    return []


async def _left(database: Database, chat: Chat) -> int | None:
    funds = await Jobs(database).find_funds(
        chat.members[0].id, rules=SpendingRules(allowance=ALLOWANCE), now=datetime.now(UTC)
    )
    return funds.left


@asynccontextmanager
async def sandbox(
    folder: Path,
    *,
    seconds_to_render: float = 0.2,
    flood: EnforcedLimits | None = None,
    dialect: Dialect = Dialect.YIBU,
    clips: Path | None = None,
    database: Path | None = None,
    media: MediaProcesses | None = None,
) -> AsyncIterator[Sandbox]:
    """Open both servers; the bot is started by the journey, as often as it likes.

    In the folder `clips`, if there is one, a clip of each size and length is drawn once and serves every order. The bot
    begins with a copy of `database`, or makes its own. Within this process it uses `media`, or has a room of its own.
    """
    if database is not None:
        await asyncio.to_thread(shutil.copyfile, database, folder / "reelbot.db")
    telegram = TelegramSandbox(flood=flood)
    video_api = VideoApiSandbox(
        dialect=dialect,
        api_key=KEY,
        seconds_to_render=seconds_to_render,
        renderer=None if clips is None else Renderer(clips, reuse=True),
    )
    person = telegram.add_user("Mina", username="mina")
    async with AsyncExitStack() as servers:
        telegram_origin = await servers.enter_async_context(serving(telegram.app))
        origins = await servers.enter_async_context(running(video_api))
        yield Sandbox(
            telegram=telegram,
            video_api=video_api,
            folder=folder,
            settings=_settings(telegram.token, telegram_origin, origins.api, folder),
            person=person,
            chat=telegram.private_chat(person),
            media=media,
        )


@asynccontextmanager
async def sandbox_of_two(
    folder: Path, *, clips: Path, database: Path, media: MediaProcesses, order_key_header: str | None = None
) -> AsyncIterator[Sandbox]:
    """Open the servers of a `sandbox`, and of a second provider, whose key lies in the folder's `.env`.

    The bot's catalogue is a file that says of both in which header they take keys for orders, if in any.
    """
    second = VideoApiSandbox(api_key=SECOND_KEY, seconds_to_render=0.2, renderer=Renderer(clips, reuse=True))
    async with (
        sandbox(folder, clips=clips, database=database, media=media) as opened,
        running(second) as origins,
    ):
        opened.further_api = second
        opened.settings["MODELS_FILE"] = str(_models_file(folder, origins.api, order_key_header))
        yield opened


def _models_file(folder: Path, second: str, order_key_header: str | None) -> Path:
    """Write the catalogue of two providers, and the second one's key beside it."""
    header = f'order_key_header = "{order_key_header}"\n' if order_key_header else ""
    providers = (
        f"[providers.main]\n{header}"
        f'[providers.second]\naddress = "{second}"\nkey = "SECOND_API_KEY"\n{header}'
    )
    path = folder / "models.toml"
    path.write_text(SORA_MODELS.read_text() + providers)
    secret = folder / ".env"
    secret.write_text(f"SECOND_API_KEY={SECOND_KEY}\n")
    secret.chmod(0o600)
    return path


def _settings(token: str, telegram_origin: str, video_api_origin: str, folder: Path) -> dict[str, str]:
    """Return a bot's settings: in a hurry, and with a lease that a journey can wait out."""
    return {
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_URL": telegram_origin,
        "VIDEO_API_KEY": KEY,
        "VIDEO_API_URL": video_api_origin,
        "ALLOW_PRIVATE_CLIP_ADDRESSES": "true",
        "DATABASE_URL": f"sqlite:///{folder}/reelbot.db",
        "DATA_DIR": str(folder / "data"),
        "POLL_INTERVAL_SECONDS": "0.2",
        "LEASE_SECONDS": "1",
        "DAILY_ALLOWANCE": str(ALLOWANCE),
        "ACCESS": "open",
        "DAILY_BUDGET": "0",
    }
