"""Photos come from Telegram to disk, in exactly the video's size, or with the reason why not."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from telegram.error import NetworkError

from bot.application import build_bot
from bot.jobs.files import Files
from bot.jobs.photos import PhotoGone, PhotoNotSaved, Photos, PhotoTooBig, PhotoWithheld, _Broken
from bot.media.errors import MediaCrashed, PictureBroken
from bot.media.processes import MediaProcesses
from bot.settings import Settings
from domain.failures import FailureReason
from domain.job import Job
from domain.request import Photo
from domain.size import Size
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.faults import DOWNLOAD, Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from tests.bot.conftest import Clock

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
def told() -> list[str | None]:
    """What operators were told of the disk."""
    return []


@pytest.fixture
async def photos(
    settings: Settings, files: Files, media: MediaProcesses, told: list[str | None], clock: Clock
) -> AsyncIterator[Photos]:
    async with build_bot(settings) as bot:
        yield Photos(bot, media, files, on_trouble=lambda: told.append(files.problem), clock=clock)


@pytest.fixture
def job_with(
    telegram: TelegramSandbox, chat: Chat, person: User, add: Callable[..., Awaitable[Job]]
) -> Callable[[bytes], Awaitable[Job]]:
    """Return a factory of jobs whose photo lies at Telegram as a file."""

    async def make(content: bytes) -> Job:
        sent = telegram.send_document(chat, person, content, filename="a.jpg", mime_type="image/jpeg")
        assert sent.document is not None
        photo = Photo(file_id=sent.document.file.id)
        job = await add()
        return replace(job, request=replace(job.request, photos=(photo,), size=Size(1280, 720)))

    return make


@pytest.fixture
async def job(job_with: Callable[[bytes], Awaitable[Job]]) -> Job:
    return await job_with(picture())


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


async def test_a_photo_is_gone_when_telegram_refuses_it_still_after_minutes(
    photos: Photos, job: Job, clock: Clock
) -> None:
    unknown = replace(job, request=replace(job.request, photos=(Photo(file_id="unknown"),)))
    for seconds in (0, 60, 59):
        clock.move(seconds)
        with pytest.raises(PhotoWithheld, match="temporarily unavailable"):
            await photos.prepared(unknown)
    clock.move(1)
    with pytest.raises(PhotoGone):
        await photos.prepared(unknown)


async def test_refusals_between_which_the_photo_came_are_not_added_up(
    telegram: TelegramSandbox, photos: Photos, job: Job, clock: Clock
) -> None:
    for _ in range(3):
        telegram.faults.add(Fault(method="getFile", kind=FaultKind.REFUSED, status=400))
        with pytest.raises(PhotoWithheld):
            await photos.prepared(job)
        assert len(await photos.prepared(job)) == 1
        clock.move(600)


async def test_a_file_that_telegram_calls_too_big_is_not_asked_for_again(
    photos: Photos, job_with: Callable[[bytes], Awaitable[Job]]
) -> None:
    with pytest.raises(PhotoTooBig) as refused:
        await photos.prepared(await job_with(bytes((20 << 20) + 1)))
    assert refused.value.reason is FailureReason.PHOTO_TOO_LARGE


async def test_a_broken_photo_is_not_opened_again_for_an_hour(
    telegram: TelegramSandbox, photos: Photos, clock: Clock, job_with: Callable[[bytes], Awaitable[Job]]
) -> None:
    job = await job_with(b"no picture")
    downloads = []
    for seconds in (0, 3599, 1):
        clock.move(seconds)
        with pytest.raises(PictureBroken, match="it is no JPEG"):
            await photos.prepared(job)
        downloads.append(sum(call.method == "getFile" for call in telegram.calls))
    assert downloads == [1, 1, 2]


def test_a_photo_over_which_the_decoder_died_twice_is_broken(clock: Clock) -> None:
    broken, photo = _Broken(clock), Photo(file_id="a")
    found = [type(broken.note(photo, MediaCrashed(-9))) for _ in range(2)]
    assert found == [MediaCrashed, PictureBroken]
    with pytest.raises(PictureBroken, match="for the second time"):
        broken.check(photo)


def test_a_photo_over_which_the_decoder_died_once_is_tried_again(clock: Clock) -> None:
    broken, photo = _Broken(clock), Photo(file_id="a")
    broken.note(photo, MediaCrashed(-9))
    broken.check(photo)


def test_not_every_broken_photo_is_remembered_for_ever(clock: Clock) -> None:
    broken = _Broken(clock)
    for number in range(1001):
        broken.note(Photo(file_id=str(number)), PictureBroken("no picture"))
    broken.check(Photo(file_id="0"))
    with pytest.raises(PictureBroken):
        broken.check(Photo(file_id="1"))


@pytest.mark.parametrize("name", ["photo", "picture"])
async def test_a_disk_that_refuses_the_photo_is_told_of_and_the_photo_tried_again(
    photos: Photos, files: Files, job: Job, told: list[str | None], name: str
) -> None:
    obstacle: Path = getattr(files, name)(job.id, 1)
    await asyncio.to_thread(obstacle.mkdir)
    with pytest.raises(PhotoNotSaved):
        await photos.prepared(job)
    assert told == ["Is a directory"]
    await asyncio.to_thread(obstacle.rmdir)
    assert len(await photos.prepared(job)) == 1
    assert files.problem is None


async def test_a_job_without_a_photo_needs_none(photos: Photos, add: Callable[..., Awaitable[Job]]) -> None:
    assert await photos.prepared(await add()) == ()
