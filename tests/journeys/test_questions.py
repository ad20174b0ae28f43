"""Questions for words: who may answer them, how long, and what is never taken for an answer."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.telegram.chats import Chat, Message, User
from tests.journeys.buttons import labels, prefer, press
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, said_in, serving, size_of

ASKED = "🎬 What should the video show? Reply to this message with a short description."
ABOUT_PHOTO = "🖼 Nice photo. What should happen in it? Reply to this message with a few words."
UNKNOWN = "I do not know this command. /help shows what I can do."


@pytest.fixture(autouse=True)
def _held(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


@pytest.fixture
def group(sandbox: Sandbox, friend: User) -> Chat:
    """Return a group in which the bot sees commands and replies to it only."""
    return sandbox.telegram.add_group("Friends", [sandbox.person, friend])


async def asked(sandbox: Sandbox, chat: Chat | None = None, words: str = "/video") -> Message:
    """Say a command that lacks its words, and return the question."""
    return await next_answer(sandbox, sandbox.ask(chat or sandbox.chat, words))


async def asked_about_photo(sandbox: Sandbox) -> Message:
    photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(1280, 720))
    return await next_answer(sandbox, photo)


def reply(sandbox: Sandbox, question: Message, words: str) -> Message:
    return sandbox.telegram.say(question.chat, sandbox.person, words, reply_to=question)


async def prompts(sandbox: Sandbox) -> list[str]:
    """Return what was ordered, once everything said so far was heard."""
    await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
    return [job.request.prompt for job in await sandbox.jobs()]


async def age(sandbox: Sandbox, span: timedelta) -> None:
    """Let everything in the bot's database that waits for words be older."""
    await asyncio.to_thread(_age, sandbox, span // timedelta(microseconds=1))


def _age(sandbox: Sandbox, microseconds: int) -> None:
    with closing(sqlite3.connect(sandbox.folder / "reelbot.db")) as database, database:
        database.execute("UPDATE drafts SET created_at = created_at - ?", [microseconds])


async def test_the_command_alone_asks_for_words_and_the_reply_makes_the_video(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        question = await asked(sandbox)
    seen = (question.words, question.force_reply, question.reply_placeholder)
    async with serving(sandbox):  # a restart is nothing to an open question
        await next_answer(sandbox, reply(sandbox, question, "a cat surfing --seconds 15"))
        ordered = [(job.request.prompt, job.request.seconds) for job in await sandbox.jobs()]
    assert seen == (ASKED, True, "e.g. a cat surfing at sunset")
    assert ordered == [("a cat surfing", 15)]


async def test_options_that_came_with_the_command_hold_for_the_reply(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        question = await asked(sandbox, words="/video --seconds 15 --landscape")
        await next_answer(sandbox, reply(sandbox, question, "a cat --portrait"))
    [job] = await sandbox.jobs()
    assert (question.words, job.request.prompt, job.request.seconds) == (ASKED, "a cat", 15)
    assert str(job.request.size) == "720x1280"


ALONE = {
    "behind a long dash": ("/video —private", "a cat"),
    "before words that end in a dash": ("/video --private", "a cat-- or a dog"),
}


@pytest.mark.parametrize(("command", "words"), ALONE.values(), ids=ALONE)
async def test_an_option_that_came_with_the_command_is_no_word_of_the_reply(
    sandbox: Sandbox, command: str, words: str
) -> None:
    async with serving(sandbox):
        await next_answer(sandbox, reply(sandbox, await asked(sandbox, words=command), words))
    assert [(job.request.prompt, job.request.private) for job in await sandbox.jobs()] == [(words, True)]


async def test_a_reply_that_lacks_words_again_is_asked_about_again(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        again = await next_answer(sandbox, reply(sandbox, await asked(sandbox), "--seconds 15"))
        await next_answer(sandbox, reply(sandbox, again, "a cat"))
    [job] = await sandbox.jobs()
    assert (again.words, job.request.seconds) == (ASKED, 15)


async def test_in_a_group_only_the_reply_of_who_was_asked_is_the_answer(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    async with serving(sandbox):
        question, other = await asked(sandbox, group), await asked(sandbox, group, "/quota")
        sandbox.telegram.say(group, friend, "a dog", reply_to=question)
        card = await next_answer(sandbox, reply(sandbox, other, "a bird"))
        status = await next_answer(sandbox, reply(sandbox, question, "a cat"))
        ordered = await prompts(sandbox)
    assert (question.words, question.force_reply) == (ASKED, True)
    assert ordered == ["a cat"]
    assert [message.words for message in said_in(sandbox, group)] == [
        question.words,
        other.words,
        card.words,
        status.words,
    ]


async def test_a_second_reply_to_a_question_that_was_answered_shows_the_card(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        question = await asked_about_photo(sandbox)
        await next_answer(sandbox, reply(sandbox, question, "the cat yawns"))
        card = await next_answer(sandbox, reply(sandbox, question, "the cat jumps"))
        commanded = await next_answer(sandbox, reply(sandbox, question, "/video the cat sleeps"))
        ordered = await prompts(sandbox)
    assert ordered == ["the cat yawns"]
    assert [labels(one)[0] for one in (card, commanded)] == [["🎬 Make it · 1 credit"]] * 2
    assert card.words.startswith(
        "the cat jumps\n\nSora 2 · 10 s · Landscape · 1 credit (2 left)\n🖼 with your photo"
    )


async def test_an_answer_that_was_refused_leaves_its_question_open_and_one_that_comes_twice_is_one(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox):
        question = await asked(sandbox)
        refused = await next_answer(sandbox, reply(sandbox, question, "a cat --fps 60"))
        status = await next_answer(sandbox, reply(sandbox, question, "a cat"))
    sandbox.telegram.repeat_last_update()
    async with serving(sandbox):
        ordered = await prompts(sandbox)
    assert refused.words.startswith("There is no option --fps.")
    assert (status.words.startswith("⏳") or "being made" in status.words, ordered) == (True, ["a cat"])
    assert [one for one in sandbox.bot_messages() if labels(one)[:1] == [["🎬 Make it · 1 credit"]]] == []


CUT = {"a command": f"/video {'x' * 4089}", "plain words": "x" * 4096}


@pytest.mark.parametrize("first", CUT.values(), ids=list(CUT))
async def test_a_prompt_that_was_cut_in_two_is_refused_once(first: str, sandbox: Sandbox) -> None:
    async with serving(sandbox):
        refused = await next_answer(sandbox, sandbox.ask(sandbox.chat, first))
        sandbox.ask(sandbox.chat, "nd thinks of home")
        ordered = await prompts(sandbox)
    assert refused.words.endswith(" and 4000 is the most. Please shorten it.")
    assert (len(sandbox.bot_messages()), ordered) == (2, [])


async def test_words_a_while_after_some_that_were_too_long_are_words(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "x" * 4096))
        later = datetime.now(UTC) + timedelta(seconds=10)
        sandbox.telegram.state.clock = lambda: later
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat"))
    assert labels(card)[0] == ["🎬 Make it · 1 credit"]


async def test_a_command_that_replies_to_a_question_is_a_command(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        question = await asked(sandbox)
        quota = await next_answer(sandbox, reply(sandbox, question, "/quota"))
        unknown = await next_answer(sandbox, reply(sandbox, question, "/vidoe a cat"))
        ordered = await prompts(sandbox)
    assert quota.words.startswith("Left today: 3 of 3 credits.")
    assert (unknown.words, ordered) == (UNKNOWN, [])


async def test_another_bots_command_that_replies_to_a_question_is_no_answer(
    sandbox: Sandbox, group: Chat
) -> None:
    sandbox.telegram.promote(group)
    async with serving(sandbox):
        question = await asked(sandbox, group)
        reply(sandbox, question, "/draw@other_bot a cat")
        reply(sandbox, question, "/draw a cat")
        ordered = await prompts(sandbox)
    assert (ordered, said_in(sandbox, group)) == ([], [question])


async def test_after_a_day_a_reply_in_private_is_plain_words(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        question = await asked(sandbox)
        await age(sandbox, timedelta(days=1))
        card = await next_answer(sandbox, reply(sandbox, question, "a cat"))
        ordered = await prompts(sandbox)
    assert card.words.startswith("a cat\n\nSora 2 · 10 s · Portrait · 1 credit")
    assert ordered == []


async def test_after_a_day_a_reply_in_a_group_is_told_so_and_only_who_was_asked(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    async with serving(sandbox):
        question = await asked(sandbox, group)
        await age(sandbox, timedelta(days=1))
        sandbox.telegram.say(group, friend, "a dog", reply_to=question)
        told = await next_answer(sandbox, reply(sandbox, question, "a cat"))
        ordered = await prompts(sandbox)
    assert told.words == "This question has expired. Please start again."
    assert (said_in(sandbox, group), ordered) == ([question, told], [])


async def test_words_right_after_a_photo_are_about_it_though_they_reply_to_nothing(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        question = await asked_about_photo(sandbox)
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "the cat yawns"))
        shown, ordered = card.words.split("\n\n")[:2], await prompts(sandbox)
        await press(sandbox, card, "Make it")
        await sandbox.telegram.until(lambda: bool(sandbox.video_api.orders))
        [order] = sandbox.video_api.orders
    assert question.words == ABOUT_PHOTO
    assert (shown, ordered) == (
        ["the cat yawns", "Sora 2 · 10 s · Landscape · 1 credit (3 left)\n🖼 with your photo"],
        [],
    )
    assert (order.fields["prompt"], size_of(order.files[0].content)) == ("the cat yawns", ("JPEG", 1280, 720))


async def test_words_much_later_than_a_photo_are_not_about_it(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await asked_about_photo(sandbox)
        await age(sandbox, timedelta(minutes=10))
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat"))
    assert "your photo" not in card.words


async def test_words_after_the_photo_has_its_video_are_not_about_it(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        question = await asked_about_photo(sandbox)
        await next_answer(sandbox, reply(sandbox, question, "the cat yawns"))
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a dog"))
    assert "your photo" not in card.words


async def test_words_after_another_request_are_not_about_the_photo(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await asked_about_photo(sandbox)
        first = await next_answer(sandbox, sandbox.ask(sandbox.chat, "the cat yawns"))
        second = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a dog"))
    assert ["your photo" in card.words for card in (first, second)] == [True, False]


async def test_options_of_the_command_hold_for_words_that_reply_to_nothing(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await asked(sandbox, words="/video --seconds 15")
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat"))
    assert card.words.startswith("a cat\n\nSora 2 · 15 s")


async def test_words_that_reply_to_a_photo_are_about_it(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        photo = sandbox.telegram.send_photo(sandbox.chat, sandbox.person, picture(1280, 720))
        await next_answer(sandbox, photo)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a dog"))
        words = sandbox.telegram.say(sandbox.chat, sandbox.person, "the cat yawns", reply_to=photo)
        card = await next_answer(sandbox, words)
    assert card.words.startswith(
        "the cat yawns\n\nSora 2 · 10 s · Landscape · 1 credit (2 left)\n🖼 with your photo"
    )


async def test_words_that_reply_to_any_other_file_are_plain_words(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        file = sandbox.telegram.send_document(
            sandbox.chat, sandbox.person, b"x", filename="a.pdf", mime_type="application/pdf"
        )
        await next_answer(sandbox, file)
        card = await next_answer(
            sandbox, sandbox.telegram.say(sandbox.chat, sandbox.person, "a cat", reply_to=file)
        )
    assert card.words.startswith("a cat\n\nSora 2 · 10 s · Portrait · 1 credit (3 left)")


async def test_who_prefers_to_be_asked_first_gets_the_card_for_an_answer(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await prefer(sandbox, "👀 Ask first")
        card = await next_answer(sandbox, reply(sandbox, await asked_about_photo(sandbox), "the cat yawns"))
        ordered = await prompts(sandbox)
    assert (labels(card)[0], ordered) == (["🎬 Make it · 1 credit"], [])
    assert card.words.startswith(
        "the cat yawns\n\nSora 2 · 10 s · Landscape · 1 credit (3 left)\n🖼 with your photo"
    )


async def test_a_question_that_is_heard_twice_is_asked_once(sandbox: Sandbox) -> None:
    sandbox.telegram.repeat_updates = True
    async with serving(sandbox):
        question = await asked(sandbox)
        await prompts(sandbox)
    assert [message for message in sandbox.bot_messages() if message.words == ASKED] == [question]
