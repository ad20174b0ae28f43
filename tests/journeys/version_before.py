"""A sandbox whose bot starts with the database of the version before: its people, its messages, its orders."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sandbox.telegram.chats import Chat, ChatKind, Message, Standing, User
from sandbox.telegram.entities import find_entities
from sandbox.telegram.files import FileKind, Media
from sandbox.telegram.json import message_json, user_json
from sandbox.telegram.keyboards import Button
from sandbox.video_api.videos import Video
from tests.journeys.sandbox import PHOTO, Sandbox, sandbox

LEFT_BEHIND = Path(__file__).with_suffix(".sql")
#: When its process was killed, and how long ago that shall be.
KILLED_AT = datetime(2026, 11, 27, 23, 45, 47, tzinfo=UTC)
AGO = timedelta(minutes=5)
#: Microseconds since 1970, of that month.
_INSTANT = re.compile(r"\b179\d{13}\b")
_FILE_ID = re.compile(r"file-id-of-(video|photo|file)-\d+")
#: In the order in which they came, which is that of their ids; Mina, whom every sandbox has, came first.
PEOPLE = ("Boss", "Cara", "Bo", "Dan", "Eve", "Finn", "Gwen", "Hal", "Ida", "Jo", "Kit")
#: Their names here, their titles, and their people, the owner first. In "quiet" the bot is switched off.
GROUPS = (
    ("club", "Film club", "Mina", "Bo", "Cara"),
    ("quiet", "Quiet corner", "Mina", "Bo"),
    ("office", "Office", "Cara", "Bo"),
)
OLD_WORDS = "What the version before wrote."
#: What is sent to everybody, by the number of the broadcast.
NEWS = {1: "News of spring", 2: "News of autumn", 3: "News of winter"}
#: More messages than were ever written: what is written from now on has a higher number.
_EVER_WRITTEN = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxBefore:
    """The sandbox, the private chats of its people by their names, and its groups by theirs."""

    sandbox: Sandbox
    chats: dict[str, Chat]
    groups: dict[str, Chat]
    #: What stands in every message with a video.
    clip: Media

    def chat(self, name: str) -> Chat:
        """Return a group, or the private chat of somebody."""
        return self.groups.get(name) or self.chats[name]

    def person(self, name: str) -> User:
        return self.chats[name].members[0]

    def repeat(self, chat: Chat, words: str, *, message_id: int) -> None:
        """Let Telegram deliver what the chat's person wrote to the version before once more."""
        telegram = self.sandbox.telegram
        message = telegram.state.new_message(chat, chat.members[0])
        message.id, message.text, message.entities = message_id, words, find_entities(words)
        telegram.state.tell_bot("message", message)

    def repeat_press(self, chat: Chat, data: str, *, message_id: int, press_id: str) -> None:
        """Let Telegram deliver what the chat's person pressed in the version before once more."""
        pressed = {
            "id": press_id,
            "from": user_json(chat.members[0]),
            "chat_instance": "1",
            "data": data,
            "message": message_json(chat.messages[message_id]),
        }
        self.sandbox.telegram.inject_update({"callback_query": pressed})

    def write(self, chat: Chat, *, message_id: int | None = None, of_job: int | None = None) -> Message:
        """Let the bot have written a message there, with the video of a job or without any."""
        telegram = self.sandbox.telegram
        message = telegram.state.new_message(chat, telegram.bot)
        message.id = message_id or telegram.state.chats.next_message_id(chat)
        message.date -= timedelta(minutes=10)
        if of_job is None:
            message.text = OLD_WORDS
        else:
            message.video, message.caption = self.clip, OLD_WORDS
            raw = {"text": "🔁 Again", "callback_data": f"1:again:{of_job}"}
            message.buttons = [[Button(text=raw["text"], callback_data=raw["callback_data"], raw=raw)]]
        chat.messages[message.id] = message
        return message


@asynccontextmanager
async def sandbox_before(folder: Path, clips: Path) -> AsyncIterator[SandboxBefore]:
    """Open the sandbox as it was left; the bot is started by the journey."""
    async with sandbox(folder, clips=clips, seconds_to_render=0.05) as opened:
        before = _peopled(opened)
        with closing(sqlite3.connect(folder / "reelbot.db")) as connection:
            connection.executescript(_brought_up_to_today(before))
            _remember_messages(before, connection)
            _remember_videos(opened, connection)
        videos = opened.video_api.videos.values()
        await opened.video_api.until(lambda: all(video.clip for video in videos), timeout=60)
        yield before


def _peopled(opened: Sandbox) -> SandboxBefore:
    telegram = opened.telegram
    chats = {"Mina": opened.chat} | {name: opened.newcomer(name) for name in PEOPLE}
    for name in ("Jo", "Kit"):
        chats[name].standing = Standing.BLOCKED
    # Added long ago: nobody tells the bot about it now.
    groups = {
        name: telegram.state.chats.add_group(
            title,
            [chats[member].members[0] for member in members],
            kind=ChatKind.SUPERGROUP,
            is_forum=False,
        )
        for name, title, *members in GROUPS
    }
    for chat in (opened.chat, *groups.values()):
        while telegram.state.chats.next_message_id(chat) < _EVER_WRITTEN:
            pass
    clip = telegram.state.files.write(b"an old clip", kind=FileKind.VIDEO, suffix=".mp4")
    media = Media(file=clip, mime_type="video/mp4", width=720, height=1280, duration=10)
    return SandboxBefore(
        sandbox=opened, chats=chats, groups=groups, clip=telegram.state.files.remember(media)
    )


def _brought_up_to_today(before: SandboxBefore) -> str:
    """Return the database as SQL: killed a while ago, its files at this Telegram, its clips at this video API."""
    files, video_api = before.sandbox.telegram.state.files, before.sandbox.video_api
    since = (datetime.now(UTC) - AGO - KILLED_AT) // timedelta(microseconds=1)
    file_ids = {
        "video": before.clip.file.id,
        "photo": files.add_photo(PHOTO)[-1].file.id,
        "file": files.write(b"no picture", kind=FileKind.DOCUMENT, suffix=".jpg").id,
    }
    sql = LEFT_BEHIND.read_text(encoding="utf-8").replace("http://cdn.example", video_api.cdn_origin)
    sql = _FILE_ID.sub(lambda found: file_ids[found[1]], sql)
    return _INSTANT.sub(lambda found: str(int(found[0]) + since), sql)


def _remember_messages(before: SandboxBefore, connection: sqlite3.Connection) -> None:
    """Let the messages stand that the database knows of, but for those that went when a video came."""
    written = connection.execute(
        "SELECT chat_id, status_message_id, NULL FROM jobs WHERE state <> 'done' AND status_message_id IS NOT NULL "
        "UNION SELECT chat_id, result_message_id, id FROM jobs WHERE removed_at IS NULL AND result_message_id IS NOT NULL "
        "UNION SELECT chat_id, message_id, NULL FROM drafts "
        "UNION SELECT chat_id, card_message_id, NULL FROM broadcasts"
    ).fetchall()
    for chat_id, message_id, job_id in written:
        before.write(before.sandbox.telegram.state.chats.by_id[chat_id], message_id=message_id, of_job=job_id)
    for number, chat_id, message_id in connection.execute("SELECT id, chat_id, message_id FROM broadcasts"):
        source = before.write(before.sandbox.telegram.state.chats.by_id[chat_id], message_id=message_id)
        source.sender, source.text = before.person("Boss"), NEWS[number]


def _remember_videos(opened: Sandbox, connection: sqlite3.Connection) -> None:
    """Let the video API have what was ordered: finished, but for what renders until the journey ends that."""
    studio, now = opened.video_api.studio, datetime.now(UTC)
    ordered = connection.execute(
        "SELECT video_id, prompt, video_url, state FROM jobs WHERE video_id IS NOT NULL"
    ).fetchall()
    for video_id, prompt, url, state in ordered:
        video = Video(
            id=video_id,
            model="sora-2",
            prompt=prompt,
            seconds="10",
            size="720x1280",
            width=720,
            height=1280,
            private=False,
            created_at=now,
            takes=timedelta(seconds=1),
            due_at=None if state == "rendering" else now,
        )
        if url is not None:
            video.cdn_name = url.rpartition("/")[2]
        studio.begin(video)
