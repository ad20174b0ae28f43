"""`/delete_my_data`: a person asks, confirms, and is forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing

from sandbox.telegram.chats import Message
from tests.journeys.results import words_on
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

DELETE, KEEP = "🗑 Delete everything", "‹ Keep it"
NOT_YOURS = "Only the person who asked can press this."


async def asked(sandbox: Sandbox) -> Message:
    return await next_answer(sandbox, sandbox.ask(sandbox.chat, "/delete_my_data"))


async def until_it_says(sandbox: Sandbox, message: Message, words: str) -> None:
    await sandbox.telegram.until(lambda: words in message.words)


def rows(sandbox: Sandbox) -> str:
    """Return every row of the bot's database as SQL."""
    with closing(sqlite3.connect(sandbox.folder / "reelbot.db")) as connection:
        return "\n".join(connection.iterdump())


def files_with(sandbox: Sandbox, trace: bytes) -> list[str]:
    """Name the files of the bot, its database's log among them, that hold these bytes."""
    files = (path for path in sandbox.folder.rglob("*") if path.is_file())
    return [path.name for path in files if trace in path.read_bytes()]


async def test_who_confirms_is_forgotten_and_counted_to_the_end_of_the_day(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a secret cat --private")
        video = await sandbox.until_video()
        await sandbox.until_over(1)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "a secret draft"))
        question = await asked(sandbox)
        offered, explained = words_on(question), question.words
        sandbox.telegram.press(sandbox.person, question, DELETE)
        await until_it_says(sandbox, question, "✅ Everything is deleted.")
        # Whoever writes again is met again.
        left_behind = await asyncio.to_thread(rows, sandbox)
        in_files = await asyncio.to_thread(files_with, sandbox, b"secret")
        history = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/history"))
        quota = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
        pressed = await sandbox.telegram.press(sandbox.person, video, "🔁 Again").answered()
    assert explained.startswith("🗑 Delete everything I know about you?\n\nThese are deleted for good:")
    assert offered == [[DELETE], [KEEP]]
    assert question.buttons == []
    assert question.words.endswith(
        "Only your account ID is kept, with 1 video that counts towards today's limit; "
        "it is deleted within 25 hours."
    )
    assert "secret" not in left_behind
    assert in_files == []
    assert left_behind.count(str(sandbox.person.id)) == 1
    assert await query(sandbox, "SELECT account_id, model, seconds, state FROM jobs") == [
        (sandbox.person.id, "sora-2", 10, "done")
    ]
    assert history.words.startswith("You have not made a video yet.")
    assert quota.words.startswith("Left today: 2 of 3 credits.")
    assert pressed.text == "This button is too old. Please send your request again."


async def test_the_number_that_was_kept_for_a_day_goes_at_the_next_start(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_video()
        await sandbox.until_over(1)
        question = await asked(sandbox)
        sandbox.telegram.press(sandbox.person, question, DELETE)
        await until_it_says(sandbox, question, "✅ Everything is deleted.")
    day = 24 * 60 * 60 * 1_000_000
    await query(sandbox, f"UPDATE jobs SET created_at = created_at - {day}")  # noqa: S608 - our own number
    async with serving(sandbox):
        await sandbox.telegram.until(lambda: str(sandbox.person.id) not in rows(sandbox))


async def test_nothing_happens_to_who_keeps_it(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "a draft"))
        question = await asked(sandbox)
        sandbox.telegram.press(sandbox.person, question, KEEP)
        await until_it_says(sandbox, question, "Nothing was deleted.")
    assert await query(sandbox, "SELECT count(*) FROM drafts") == [(1,)]
    assert question.buttons == []


async def test_what_is_ordered_has_to_arrive_first_and_what_waits_is_called_off(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering=1):
        first = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a cat"))
        await sandbox.telegram.until(lambda: "being made" in first.words)
        second = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog"))
        question = await asked(sandbox)
        sandbox.telegram.press(sandbox.person, question, DELETE)
        await until_it_says(
            sandbox, question, "⏳ 1 of your videos is still being made and has to arrive first."
        )
        called_off, offered = second.words, words_on(question)
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.until_video()
        await sandbox.until_over(2)
        sandbox.telegram.press(sandbox.person, question, DELETE)
        await until_it_says(sandbox, question, "✅ Everything is deleted.")
    assert called_off.startswith("✋ Cancelled: a dog")
    assert offered == [[DELETE], [KEEP]]
    assert await query(sandbox, "SELECT state, prompt, requester_id FROM jobs") == [
        ("done", "", 0),
        ("cancelled", "", 0),
    ]


async def test_who_left_nothing_is_told_so(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        question = await asked(sandbox)
        sandbox.telegram.press(sandbox.person, question, DELETE)
        await until_it_says(sandbox, question, "✅ Everything is deleted. I know nothing about you any more.")


async def test_it_is_nobody_elses_business(sandbox: Sandbox) -> None:
    other = sandbox.newcomer("Bo")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, other.members[0]])
    async with serving(sandbox):
        in_group = await next_answer(sandbox, sandbox.ask(group, "/delete_my_data"))
        question = await next_answer(sandbox, sandbox.ask(other, "/delete_my_data"))
        data = f"1:forget:{sandbox.person.id}"
        press = await sandbox.telegram.press_data(other.members[0], question, data).answered()
    assert in_group.words == "This is about your data. Please send it in our private chat."
    assert press.text == NOT_YOURS
