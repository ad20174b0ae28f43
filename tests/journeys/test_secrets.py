"""Whole journeys at the most talkative level: neither secret is said, logged, stored, or told to the other party."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.media.processes import MediaProcesses
from sandbox.telegram.faults import DOWNLOAD, Fault, FaultKind
from sandbox.video_api.faults import FaultKind as VideoFaultKind
from sandbox.video_api.faults import Route, VideoFault
from tests.journeys.sandbox import KEY, PHOTO, SECOND_KEY, Sandbox, sandbox_of_two
from tests.journeys.talk import next_answer

TELEGRAM_TROUBLES = (
    *(("getUpdates", kind) for kind in (FaultKind.REFUSED, FaultKind.HTML, FaultKind.LOST_BEFORE)),
    *(("sendMessage", kind) for kind in (FaultKind.REFUSED, FaultKind.LOST_AFTER)),
    ("sendVideo", FaultKind.REFUSED),
    ("sendVideo", FaultKind.LOST_AFTER),
    ("editMessageMedia", FaultKind.HTML),
    ("getFile", FaultKind.REFUSED),
    (DOWNLOAD, FaultKind.REFUSED),
    (DOWNLOAD, FaultKind.LOST_BEFORE),
)
#: Enough for each of their troubles to meet another photo.
PHOTOS = 3
API_TROUBLES = {
    f"{kind} on {route}": (kind, route)
    for route in (Route.CREATE, Route.RETRIEVE, Route.CONTENT, Route.CDN)
    for kind in (VideoFaultKind.BAD_KEY, VideoFaultKind.HTML_IN_OK, VideoFaultKind.RESET_AFTER)
}
#: What the API says then is kept and told to the operators, and everybody's orders wait.
HOLDS_ORDERS = f"{VideoFaultKind.BAD_KEY} on {Route.CREATE}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """Everything that a run left where somebody may read it."""

    logs: str
    said_to_people: str
    told_to_telegram: str
    told_to_the_api: str
    stored: bytes


async def test_secrets_stay_where_they_belong(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    admins = str(sandbox.person.id)
    async with sandbox.program(log_level="DEBUG", max_rendering="100", admin_ids=admins):
        await sandbox.until_polled()
        await _let_the_disk_refuse(sandbox)
        _make_trouble(sandbox)
        for number in range(PHOTOS):
            chat = sandbox.newcomer(f"photo {number}")
            sandbox.telegram.send_photo(chat, chat.members[0], PHOTO, caption="a photo")
        for prompt in API_TROUBLES.keys() - {HOLDS_ORDERS}:
            sandbox.ask(sandbox.newcomer(prompt), f"/video {prompt}")
        await sandbox.until_over(PHOTOS + len(API_TROUBLES))
        sandbox.ask(sandbox.newcomer(HOLDS_ORDERS), f"/video {HOLDS_ORDERS}")
        await sandbox.until_said("The video API refuses our key.")
    traces = _traces(sandbox, capfd)

    token, its_secret_part = sandbox.telegram.token, sandbox.telegram.token.partition(":")[2]
    for text in (traces.logs, traces.said_to_people, traces.told_to_the_api, traces.stored.decode("latin-1")):
        assert token not in text
        assert its_secret_part not in text
    for text in (
        traces.logs,
        traces.said_to_people,
        traces.told_to_telegram,
        traces.stored.decode("latin-1"),
    ):
        assert KEY not in text
    assert [
        download.had_authorization for download in sandbox.video_api.downloads if download.origin == "cdn"
    ]
    assert not any(
        download.had_authorization for download in sandbox.video_api.downloads if download.origin == "cdn"
    )
    # It was the most talkative level, and something crashed with all that a traceback shows.
    assert "[debug" in traces.logs
    assert "Traceback" in traces.logs


async def test_a_further_providers_key_stays_where_it_belongs(
    tmp_path: Path,
    clips: Path,
    fresh_database: Path,
    media: MediaProcesses,
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with sandbox_of_two(tmp_path, clips=clips, database=fresh_database, media=media) as sandbox:
        sandbox.video_api.account.key_refused = True
        for kind, route in (
            (VideoFaultKind.BAD_KEY, Route.CREATE),
            (VideoFaultKind.HTML_IN_OK, Route.RETRIEVE),
        ):
            sandbox.second.faults.add(VideoFault(kind=kind, on=route))
        async with sandbox.program(log_level="DEBUG", admin_ids=str(sandbox.person.id)):
            await sandbox.until_polled()
            sandbox.telegram.send_photo(sandbox.chat, sandbox.person, PHOTO, caption="a photo")
            await sandbox.until_said("second refuses our key.")
            await sandbox.until_said("main refuses our key.")
            sandbox.video_api.account.key_refused = False
            shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
            await sandbox.telegram.press(sandbox.person, shown, "Try now").answered()
            await sandbox.until_video()
        (sandbox.folder / ".env").unlink()
        traces = _traces(sandbox, capfd)
    assert "[debug" in traces.logs
    for text in (
        traces.logs,
        traces.said_to_people,
        traces.told_to_telegram,
        traces.told_to_the_api,
        traces.stored.decode("latin-1"),
    ):
        assert SECOND_KEY not in text


async def _let_the_disk_refuse(sandbox: Sandbox) -> None:
    """Put a folder where the first job's photo is to be written, until its step has stumbled over it."""
    obstacle = sandbox.folder / "data" / "jobs" / "1.1.photo"
    obstacle.mkdir()
    sandbox.telegram.send_photo(sandbox.chat, sandbox.person, PHOTO, caption="a photo that cannot be kept")
    async with asyncio.timeout(20):
        while not any(job.attempts for job in await sandbox.jobs()):  # noqa: ASYNC110 - nobody tells when a row changes
            await asyncio.sleep(0.05)
    obstacle.rmdir()


def _make_trouble(sandbox: Sandbox) -> None:
    for method, trouble in TELEGRAM_TROUBLES:
        sandbox.telegram.faults.add(Fault(method=method, kind=trouble, status=401))
    for prompt, (kind, route) in API_TROUBLES.items():
        sandbox.video_api.faults.add(VideoFault(kind=kind, on=route, prompt=prompt.__eq__))
        if route is Route.CONTENT:
            nowhere = VideoFaultKind.NULL_VIDEO_URL
            sandbox.video_api.faults.add(
                VideoFault(kind=nowhere, on=Route.RETRIEVE, prompt=prompt.__eq__, times=None)
            )


def _traces(sandbox: Sandbox, capfd: pytest.CaptureFixture[str]) -> Traces:
    output = capfd.readouterr()
    orders = [[order.path, order.fields, order.headers] for order in sandbox.video_api.orders]
    files = [file.content for order in sandbox.video_api.orders for file in order.files]
    return Traces(
        logs=output.out + output.err,
        said_to_people="\n".join(_said(sandbox)),
        told_to_telegram=json.dumps([call.params for call in sandbox.telegram.calls], default=str),
        told_to_the_api=json.dumps(orders) + b"".join(files).decode("latin-1"),
        stored=b"".join(path.read_bytes() for path in sandbox.folder.rglob("*") if path.is_file()),
    )


def _said(sandbox: Sandbox) -> Iterator[str]:
    for chat in sandbox.telegram.state.chats.by_id.values():
        yield sandbox.telegram.transcript(chat)
        yield from (edit for message in chat.messages.values() for edit in message.edits)
