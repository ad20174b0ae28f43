"""A sandbox to measure in: a practice Telegram with its people here, the video API and the bot in processes of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bot_process import BotProcess, bot_process
from benchmarks.chronicle import Chronicle
from benchmarks.video_api_process import KEY, VideoApi, VideoApiTerms, video_api_process
from sandbox.serving import serving
from sandbox.telegram.chats import Chat
from sandbox.telegram.rate_limits import RateLimits
from sandbox.telegram.server import TelegramSandbox

TELEGRAMS_LIMITS = RateLimits()
#: Telegram is known to let short bursts to many chats pass.
BURSTS_PASS = RateLimits(overall_per_second=1000)
_START = 30.0  # seconds


class Sandbox:
    """Who asks when, what comes back when, and what it took."""

    def __init__(
        self, telegram: TelegramSandbox, video_api: VideoApi, bot: BotProcess, chronicle: Chronicle
    ) -> None:
        self.telegram = telegram
        self.video_api = video_api
        self.bot = bot
        self.chronicle = chronicle

    def add_people(self, number: int) -> list[Chat]:
        """Return their private chats with the bot."""
        people = (self.telegram.add_user(f"Person {n}") for n in range(number))
        return [self.telegram.private_chat(person) for person in people]

    def ask(self, chat: Chat, words: str) -> None:
        """Let the chat's person write to the bot."""
        self.telegram.say(chat, chat.members[0], words)

    def send_picture(self, chat: Chat, picture: bytes, words: str) -> None:
        """Let the chat's person send a JPEG as a file, which Telegram leaves as it is."""
        self.telegram.send_document(
            chat, chat.members[0], picture, filename="photo.jpg", mime_type="image/jpeg", caption=words
        )

    async def until(self, what: str, condition: Callable[[], bool], *, seconds: float) -> None:
        """Wait for something that the chronicle tells.

        Raises:
            RuntimeError: It did not happen in time; holds the end of the bot's log.
        """
        try:
            await self.chronicle.until(condition, seconds=seconds)
        except TimeoutError as error:
            raise RuntimeError(f"not within {seconds:g} s: {what}\n{self.bot.last_words()}") from error


@asynccontextmanager
async def sandbox(
    terms: VideoApiTerms, *, limits: RateLimits = TELEGRAMS_LIMITS, **settings: str
) -> AsyncIterator[Sandbox]:
    """Open a sandbox whose bot is up; `settings` are added to the bot's, `limits` are enforced by Telegram."""
    telegram = TelegramSandbox(flood=limits)
    async with AsyncExitStack() as opened:
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="reelbot-benchmark-")))
        video_api = await opened.enter_async_context(video_api_process(terms, folder))
        environment = {
            "TELEGRAM_BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": await opened.enter_async_context(serving(telegram.app)),
            "VIDEO_API_KEY": KEY,
            "VIDEO_API_URL": video_api.origin,
            "ALLOW_PRIVATE_CLIP_ADDRESSES": "true",
            "DAILY_BUDGET": "0",
        }
        chronicle = await opened.enter_async_context(Chronicle.of(telegram))
        bot = await opened.enter_async_context(bot_process(environment | settings, folder))
        await telegram.until(lambda: telegram.state.updates.is_polled, timeout=_START)
        yield Sandbox(telegram, video_api, bot, chronicle)
