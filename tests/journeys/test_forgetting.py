"""`/delete_my_data`: a person asks, confirms, and is forgotten."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tests.journeys.results import words_on
from tests.journeys.rows import query
from tests.journeys.talk import next_answer, serving

if TYPE_CHECKING:
    from sandbox.telegram.chats import Message
    from tests.journeys.town import Town

DELETE, KEEP = "🗑 Delete everything", "‹ Keep it"
NOT_YOURS = "Only the person who asked can press this."


async def asked(town: Town) -> Message:
    return await next_answer(town, town.ask(town.chat, "/delete_my_data"))


async def until_it_says(town: Town, message: Message, words: str) -> None:
    await town.telegram.until(lambda: words in message.words)


def rows(town: Town) -> str:
    """Return every row of the bot's database as SQL."""
    with closing(sqlite3.connect(town.folder / "reelbot.db")) as connection:
        return "\n".join(connection.iterdump())


def files_with(town: Town, trace: bytes) -> list[str]:
    """Name the files of the bot, its database's log among them, that hold these bytes."""
    files = (path for path in town.folder.rglob("*") if path.is_file())
    return [path.name for path in files if trace in path.read_bytes()]


async def test_who_confirms_is_forgotten_and_counted_to_the_end_of_the_day(town: Town) -> None:
    async with serving(town):
        town.ask(town.chat, "/video a secret cat --private")
        video = await town.until_video()
        await town.until_over(1)
        await next_answer(town, town.ask(town.chat, "a secret draft"))
        question = await asked(town)
        offered, explained = words_on(question), question.words
        town.telegram.press(town.person, question, DELETE)
        await until_it_says(town, question, "✅ Everything is deleted.")
        # Whoever writes again is met again.
        left_behind = await asyncio.to_thread(rows, town)
        in_files = await asyncio.to_thread(files_with, town, b"secret")
        history = await next_answer(town, town.ask(town.chat, "/history"))
        quota = await next_answer(town, town.ask(town.chat, "/quota"))
        pressed = await town.telegram.press(town.person, video, "🔁 Again").answered()
    assert explained.startswith("🗑 Delete everything I know about you?\n\nThese go for good:")
    assert offered == [[DELETE], [KEEP]]
    assert question.buttons == []
    assert question.words.endswith(
        "Only your account's number is kept, beside 1 video that still counts against today's limit; "
        "it is wiped within 25 hours."
    )
    assert "secret" not in left_behind
    assert in_files == []
    assert left_behind.count(str(town.person.id)) == 1
    assert await query(town, "SELECT account_id, model, seconds, state FROM jobs") == [
        (town.person.id, "sora-2", 10, "done")
    ]
    assert history.words.startswith("You have made no video yet.")
    assert quota.words.startswith("Left today: 2 of 3 credits.")
    assert pressed.text == "This button is too old. Please send your request again."


async def test_the_number_that_was_kept_for_a_day_goes_at_the_next_start(town: Town) -> None:
    async with serving(town):
        town.ask(town.chat, "/video a cat")
        await town.until_video()
        await town.until_over(1)
        question = await asked(town)
        town.telegram.press(town.person, question, DELETE)
        await until_it_says(town, question, "✅ Everything is deleted.")
    day = 24 * 60 * 60 * 1_000_000
    await query(town, f"UPDATE jobs SET created_at = created_at - {day}")  # noqa: S608 - our own number
    async with serving(town):
        await town.telegram.until(lambda: str(town.person.id) not in rows(town))


async def test_nothing_happens_to_who_keeps_it(town: Town) -> None:
    async with serving(town):
        await next_answer(town, town.ask(town.chat, "a draft"))
        question = await asked(town)
        town.telegram.press(town.person, question, KEEP)
        await until_it_says(town, question, "Nothing was deleted.")
    assert await query(town, "SELECT count(*) FROM drafts") == [(1,)]
    assert question.buttons == []


async def test_what_is_ordered_has_to_arrive_first_and_what_waits_is_called_off(town: Town) -> None:
    town.video_api.hold = True
    async with serving(town, max_rendering=1):
        first = await next_answer(town, town.ask(town.chat, "/video a cat"))
        await town.telegram.until(lambda: "being made" in first.words)
        second = await next_answer(town, town.ask(town.chat, "/video a dog"))
        question = await asked(town)
        town.telegram.press(town.person, question, DELETE)
        await until_it_says(town, question, "⏳ 1 video of yours is ordered already and has to arrive first.")
        called_off, offered = second.words, words_on(question)
        town.video_api.finish(town.video_api.orders[0].video_id)
        await town.until_video()
        await town.until_over(2)
        town.telegram.press(town.person, question, DELETE)
        await until_it_says(town, question, "✅ Everything is deleted.")
    assert called_off.startswith("✋ Cancelled: a dog")
    assert offered == [[DELETE], [KEEP]]
    assert await query(town, "SELECT state, prompt, requester_id FROM jobs") == [
        ("done", "", 0),
        ("cancelled", "", 0),
    ]


async def test_who_left_nothing_is_told_so(town: Town) -> None:
    async with serving(town):
        question = await asked(town)
        town.telegram.press(town.person, question, DELETE)
        await until_it_says(town, question, "✅ Everything is deleted. I know nothing about you any more.")


async def test_it_is_nobody_elses_business(town: Town) -> None:
    other = town.newcomer("Bo")
    group = town.telegram.add_group("Friends", [town.person, other.members[0]])
    async with serving(town):
        in_group = await next_answer(town, town.ask(group, "/delete_my_data"))
        question = await next_answer(town, town.ask(other, "/delete_my_data"))
        data = f"1:forget:{town.person.id}"
        press = await town.telegram.press_data(other.members[0], question, data).answered()
    assert (
        in_group.words == "What I know about you is nobody else's business: send me this in our private chat."
    )
    assert press.text == NOT_YOURS
