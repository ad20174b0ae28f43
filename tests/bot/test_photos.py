"""Photos come from Telegram to disk, in exactly the video's size, or with the reason why not."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from telegram.error import NetworkError

from bot.application import build_bot
from bot.files import Files
from bot.media import MediaRoom
from bot.photos import PhotoGone, Photos
from domain.request import Photo
from domain.size import Size
from sandbox.telegram_faults import DOWNLOAD, Fault, FaultKind

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from bot.settings import Settings
    from domain.job import Job
    from sandbox.chats import Chat, User
    from sandbox.telegram import TelegramSandbox

BROKEN_DOWNLOADS = {
    "gateway": (FaultKind.HTML, 502),
    "not found": (FaultKind.REFUSED, 404),
    "connection lost": (FaultKind.LOST_BEFORE, 0),
}


def picture(*, width: int = 1500, height: int = 1000) -> bytes:
    file = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    files = Files(tmp_path)
    files.open()
    return files


@pytest.fixture
async def photos(settings: Settings, files: Files) -> AsyncIterator[Photos]:
    async with build_bot(settings) as bot, MediaRoom() as media:
        yield Photos(bot, media, files)


@pytest.fixture
async def job(telegram: TelegramSandbox, chat: Chat, person: User, add: Callable[..., Awaitable[Job]]) -> Job:
    """Return a job whose photo lies at Telegram as a file."""
    sent = telegram.send_document(chat, person, picture(), filename="a.jpg", mime_type="image/jpeg")
    assert sent.document is not None
    photo = Photo(file_id=sent.document.file.id)
    job = await add()
    return replace(job, request=replace(job.request, photos=(photo,), size=Size(1280, 720)))


async def test_a_photo_becomes_a_jpeg_of_exactly_the_videos_size(
    photos: Photos, files: Files, job: Job
) -> None:
    (prepared,) = await photos.prepared(job)
    with Image.open(prepared) as image:
        assert (image.format, image.size) == ("JPEG", (1280, 720))
    assert not files.photo(job.id, 1).exists()


async def test_many_photos_at_once_all_arrive(photos: Photos, files: Files, job: Job) -> None:
    jobs = [replace(job, id=number) for number in range(1, 9)]
    async with asyncio.TaskGroup() as tasks:
        for one in jobs:
            tasks.create_task(photos.prepared(one))
    assert [files.picture(one.id, 1).exists() for one in jobs] == [True] * 8


@pytest.mark.parametrize(("kind", "status"), BROKEN_DOWNLOADS.values(), ids=BROKEN_DOWNLOADS)
async def test_a_download_that_breaks_can_be_tried_again_and_gives_no_token_away(
    telegram: TelegramSandbox, photos: Photos, job: Job, kind: FaultKind, status: int
) -> None:
    telegram.faults.add(Fault(method=DOWNLOAD, kind=kind, status=status))
    with pytest.raises(NetworkError) as raised:
        await photos.prepared(job)
    assert telegram.token not in str(raised.value)
    assert len(await photos.prepared(job)) == 1


async def test_a_photo_that_telegram_does_not_know_is_gone(photos: Photos, job: Job) -> None:
    unknown = replace(job.request, photos=(Photo(file_id="unknown"),))
    with pytest.raises(PhotoGone):
        await photos.prepared(replace(job, request=unknown))


async def test_a_job_without_a_photo_needs_none(photos: Photos, add: Callable[..., Awaitable[Job]]) -> None:
    assert await photos.prepared(await add()) == ()
