"""What the Telegram sandbox's tests share: a server, a stock bot that talks to it, a person, and small real clips."""

import io
import ssl
from collections.abc import AsyncIterator
from fractions import Fraction
from pathlib import Path

import av
import httpx
import pytest
from PIL import Image
from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.serving import serving
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.files import Media
from sandbox.telegram.server import TelegramSandbox

CLIP_SIZE = (64, 36)
CLIP_FRAMES = 25
#: Loading the world's certificates for each client would take longer than the tests.
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture(autouse=True)
def _spans_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spares python-telegram-bot's warning that its spans of time will be timedeltas."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def telegram() -> TelegramSandbox:
    return TelegramSandbox()


@pytest.fixture
async def origin(telegram: TelegramSandbox) -> AsyncIterator[str]:
    async with serving(telegram.app) as origin:
        yield origin


@pytest.fixture
async def bot(telegram: TelegramSandbox, origin: str) -> AsyncIterator[Bot]:
    plain = {"verify": NO_CERTIFICATES}
    bot = Bot(
        telegram.token,
        base_url=f"{origin}/bot",
        base_file_url=f"{origin}/file/bot",
        request=HTTPXRequest(connection_pool_size=64, read_timeout=20, httpx_kwargs=plain),
        get_updates_request=HTTPXRequest(connection_pool_size=4, httpx_kwargs=plain),
    )
    async with bot:
        yield bot


@pytest.fixture
async def http(telegram: TelegramSandbox, origin: str) -> AsyncIterator[httpx.AsyncClient]:
    """Calls methods without python-telegram-bot: a path is a method's name."""
    base_url = f"{origin}/bot{telegram.token}/"
    async with httpx.AsyncClient(base_url=base_url, verify=NO_CERTIFICATES) as client:
        yield client


@pytest.fixture
def anna(telegram: TelegramSandbox) -> User:
    return telegram.add_user("Anna", username="anna_k", language_code="de")


@pytest.fixture
def chat(telegram: TelegramSandbox, anna: User) -> Chat:
    return telegram.private_chat(anna)


@pytest.fixture
def group(telegram: TelegramSandbox, anna: User) -> Chat:
    return telegram.add_group("Friends", [anna, telegram.add_user("Boris")])


@pytest.fixture(scope="session")
def photo() -> bytes:
    return picture(2000, 1000, "PNG")


def picture(width: int, height: int, form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(out, form)
    return out.getvalue()


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with sound.mp4, silent.mp4 (index first) and slow.mp4 (index last, with sound)."""
    directory = tmp_path_factory.mktemp("clips")
    _render(directory / "sound.mp4", sound=True, faststart=True)
    _render(directory / "silent.mp4", sound=False, faststart=True)
    _render(directory / "slow.mp4", sound=True, faststart=False)
    return directory


@pytest.fixture(scope="session")
def clip(clips: Path) -> Path:
    return clips / "sound.mp4"


@pytest.fixture(scope="session")
def clip_bytes(clip: Path) -> bytes:
    return clip.read_bytes()


@pytest.fixture
async def video(bot: Bot, telegram: TelegramSandbox, chat: Chat, clip: Path) -> Media:
    """A video that the bot has sent to Anna."""
    await bot.send_video(chat.id, clip, caption="a cat")
    sent = telegram.messages(chat)[-1].video
    assert sent is not None
    return sent


def _render(path: Path, *, sound: bool, faststart: bool) -> None:
    options = {"movflags": "faststart"} if faststart else {}
    with av.open(path, "w", options=options) as container:
        video = container.add_stream("libx264", rate=25)
        video.width, video.height = CLIP_SIZE
        video.pix_fmt = "yuv420p"
        audio = container.add_stream("aac", rate=44_100, layout="mono") if sound else None
        for _ in range(CLIP_FRAMES):
            container.mux(video.encode(av.VideoFrame(*CLIP_SIZE, "yuv420p")))
        container.mux(video.encode())
        if audio is not None:
            frame = av.AudioFrame(format="fltp", layout="mono", samples=44_100)
            frame.planes[0].update(bytes(frame.planes[0].buffer_size))
            frame.sample_rate, frame.time_base, frame.pts = 44_100, Fraction(1, 44_100), 0
            container.mux(audio.encode(frame))
            container.mux(audio.encode())
