"""Bad input of every kind: a clear answer, no job, nothing ordered, nothing counted."""

from __future__ import annotations

import struct
import zlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from sandbox.telegram.chats import Message
from tests.journeys.sandbox import Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox
from tests.journeys.talk import next_answer, picture, serving, until_over

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNCOUNTED = "Left today: 3 of 3 credits. A video that fails costs nothing."
NO_PICTURE = "This file is not a picture. Send a photo, or a JPEG, PNG or WebP file."


@pytest_asyncio.fixture(name="sandbox", scope="module", loop_scope="module")
async def _sandbox(tmp_path_factory: pytest.TempPathFactory, clips: Path) -> AsyncIterator[Sandbox]:
    """One bot for all of them: each newcomer has a chat and an allowance of their own."""
    async with opened_sandbox(tmp_path_factory.mktemp("sandbox"), clips=clips) as sandbox, serving(sandbox):
        yield sandbox


async def no_job_and_uncounted(sandbox: Sandbox, said: Message) -> None:
    quota = await next_answer(sandbox, sandbox.ask(said.chat, "/quota"))
    assert quota.words == UNCOUNTED
    assert [job for job in await sandbox.jobs() if job.place.chat_id == said.chat.id] == []


WORDS = {
    "nothing": ("/video", "🎬 What should the video show?"),
    "only options": ("/video --landscape", "🎬 What should the video show?"),
    "unknown option": ("/video a --fps 60", "There is no option --fps. /help shows all options."),
    "typing mistake": ("/video a —secnds 15", "There is no option --secnds. Did you mean --seconds?"),
    "value missing": ("/video a --seconds", "--seconds needs a value, for example --seconds 10."),
    "impossible value": ("/video a --seconds soon", "--seconds cannot be “soon”. For example: "),
    "marks of HTML": ("/video a --size <b>&</i>", "--size cannot be “<b>&</i>”. For example: "),
    "a length of another model": (
        "/video a --seconds 25",
        "Sora 2 makes videos of 10 or 15 s, not of 25 s.",
    ),
    "a shape of no model": (
        "/video a --size 1:1",
        "Sora 2 makes videos of 9:16 or 16:9, not of 1:1.",
    ),
    "a model of no maker": (
        "/video a --model sora-9",
        "There is no model “sora-9”. /models shows them all.",
    ),
    "private with a model that cannot": (
        "/video a --model veo --private",
        "Veo 3.1 cannot keep a video private.",
    ),
    "watermark with a model that cannot": (
        "/video a --model veo --watermark",
        "Veo 3.1 has no watermark.",
    ),
    "too long": (f"/video {'x' * 4050}", "Your description has 4050 characters, and 4000 is the most."),
    "a number too long to be true": (
        f"/video a --seconds {'9' * 4000}",
        "Sora 2 makes videos of 10 or 15 s, not of 999",
    ),
    "dearer than a day": (
        "/video a --model sora-2-pro --seconds 25",
        "This costs 5 credits, and you may spend 3 credits a day.",
    ),
    "plain words with an unknown option": ("a cat --fps 60", "There is no option --fps."),
    "an unknown command": ("/vidoe a cat", "I do not know this command. /help shows what I can do."),
}


@pytest.mark.parametrize(("words", "answer"), WORDS.values(), ids=list(WORDS))
async def test_words_that_cannot_be_made_are_refused_with_what_is_possible_instead(
    words: str, answer: str, sandbox: Sandbox
) -> None:
    said = sandbox.ask(sandbox.newcomer("Bo"), words)
    assert (await next_answer(sandbox, said)).words.startswith(answer)
    await no_job_and_uncounted(sandbox, said)


MEDIA: dict[str, tuple[dict[str, Any], str]] = {
    "no picture": (
        {"filename": "a.zip", "mime_type": "application/zip", "content": b"PK"},
        NO_PICTURE,
    ),
    "a document": (
        {"filename": "a.pdf", "mime_type": "application/pdf", "content": b"%PDF-1.7"},
        "PDF files cannot be opened. Take a screenshot of the page, and send it as a photo.",
    ),
    "a video, with a caption": (
        {"filename": "a.mp4", "mime_type": "video/mp4", "content": b"x", "caption": "dance"},
        (
            "This is a video, and I start from pictures. "
            "Take a screenshot of the moment you want, and send it as a photo."
        ),
    ),
    "a picture of a format that is not opened": (
        {"filename": "IMG_1.HEIC", "mime_type": "", "content": b"x", "caption": "dance"},
        (
            "HEIC files cannot be opened. "
            "Send it as a photo instead of a file, or save it as JPEG or PNG first."
        ),
    ),
    "over 20 MB": (
        {
            "filename": "a.png",
            "mime_type": "image/png",
            "content": bytes(22 * 1024 * 1024),
            "caption": "dance",
        },
        (
            "This picture is 22 MB large, and Telegram lets me fetch 20 MB at most. "
            "Send it as a photo instead of a file, or make it smaller."
        ),
    ),
    "an unknown command over it": (
        {"filename": "a.png", "mime_type": "image/png", "content": picture(kind="PNG"), "caption": "/vidoe"},
        "I do not know this command. /help shows what I can do.",
    ),
}


@pytest.mark.parametrize(("sent", "answer"), MEDIA.values(), ids=list(MEDIA))
async def test_a_file_that_is_no_picture_or_too_heavy_is_refused(
    sent: dict[str, Any], answer: str, sandbox: Sandbox
) -> None:
    chat = sandbox.newcomer("Bo")
    said = sandbox.telegram.send_document(chat, chat.members[0], **sent)
    assert (await next_answer(sandbox, said)).words == answer
    await no_job_and_uncounted(sandbox, said)


async def test_a_command_in_reply_to_a_file_that_is_no_picture_is_refused(sandbox: Sandbox) -> None:
    chat = sandbox.newcomer("Bo")
    file = sandbox.telegram.send_document(
        chat, chat.members[0], b"x", filename="a.zip", mime_type="application/zip"
    )
    said = sandbox.telegram.say(chat, chat.members[0], "/video dance", reply_to=file)
    assert (await next_answer(sandbox, said)).words == NO_PICTURE
    await no_job_and_uncounted(sandbox, said)


def png_claiming(width: int, height: int) -> bytes:
    """Return a PNG of a hundred bytes or so that claims to be as large as you like."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(64))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


BROKEN = {
    "words that claim to be a picture": (b"hello", "The photo cannot be opened."),
    "half a picture": (picture(1600, 900)[:3000], "The photo cannot be opened."),
    "an empty file": (b"", "The photo cannot be opened."),
    "a decompression bomb": (png_claiming(50_000, 50_000), "The photo has too many pixels."),
}


@pytest.mark.parametrize(("content", "reason"), BROKEN.values(), ids=list(BROKEN))
async def test_a_picture_that_cannot_be_opened_fails_without_an_order_and_does_not_count(
    content: bytes, reason: str, sandbox: Sandbox
) -> None:
    chat, orders = sandbox.newcomer("Bo"), len(sandbox.video_api.orders)
    sandbox.telegram.send_document(
        chat, chat.members[0], content, filename="a.png", mime_type="image/png", caption="dance"
    )
    told = await sandbox.until_said(reason, chat)
    assert told.words.startswith("❌ No video this time.\n")
    assert told.words.endswith("\nNo charge.")
    assert (told.reply_to, told.buttons) == (None, [])
    await until_over(sandbox, chat)
    quota = await next_answer(sandbox, sandbox.ask(chat, "/quota"))
    assert quota.words == UNCOUNTED
    assert len(sandbox.video_api.orders) == orders
