"""`/broadcast`: an admin's message reaches everybody once, whatever happens meanwhile, and nobody else waits for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from chat.rate_windows import Limit, RateLimits
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.faults import Fault, FaultKind
from tests.journeys.buttons import labels, press
from tests.journeys.rows import query
from tests.journeys.sandbox import PHOTO, UNHURRIED, Sandbox
from tests.journeys.talk import next_answer, said_in

NEWS = "New: <videos> of 25 seconds! https://example.org/news"
ASKS = "Send this message to everybody?"
UNPACED: RateLimits = replace(UNHURRIED, broadcasts=Limit(calls=1000, seconds=1.0, for_progress=0))


@pytest.fixture
def admin(sandbox: Sandbox) -> dict[str, Any]:
    """Return the setting by which the sandbox's person runs the bot."""
    return {"admin_ids": str(sandbox.person.id)}


async def introduce(sandbox: Sandbox, *chats: Chat) -> None:
    """Let the bot have met the persons of these private chats."""
    rows = ", ".join(f"({chat.id}, 0)" for chat in chats)
    await query(sandbox, f"INSERT INTO accounts (id, since) VALUES {rows}")  # noqa: S608 - ours


async def card_for(sandbox: Sandbox, message: Message, command: str = "/broadcast") -> Message:
    """Reply with the command, and return the card below the copy in the admin's own chat."""
    before = len(sandbox.bot_messages(sandbox.chat))
    sandbox.telegram.say(message.chat, sandbox.person, command, reply_to=message)
    return await sandbox.telegram.until(
        lambda: next(
            (card for card in sandbox.bot_messages(sandbox.chat)[before:] if ASKS in card.words), None
        )
    )


def announce(sandbox: Sandbox) -> Message:
    """Return a message of the admin's that the bot has been told of before."""
    message = sandbox.telegram.state.new_message(sandbox.chat, sandbox.person)
    message.text = NEWS
    return sandbox.telegram.state.post(message)


def copies(sandbox: Sandbox, chats: Sequence[Chat], words: str = NEWS) -> list[int]:
    """Return how often each chat has got the message; the admin's own has a copy more, for each card."""
    return [sum(message.words == words for message in sandbox.bot_messages(chat)) for chat in chats]


def counted(report: Message) -> list[int]:
    """Return how many people a report counts: delivered, blocked, failed, and if there are any, not sent."""
    return [int(line.rpartition(": ")[2]) for line in report.words.splitlines() if ": " in line]


async def until_shown(sandbox: Sandbox, card: Message, words: str) -> None:
    await sandbox.telegram.until(lambda: words in card.words)


async def test_it_reaches_everybody_once_although_the_bot_is_killed_amid_it(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    chats = [sandbox.newcomer(f"person {number}") for number in range(8)]
    gone = sandbox.newcomer("gone")
    sandbox.telegram.deactivate(gone.members[0])
    on_its_way = sandbox.telegram.faults.add(Fault(method="copyMessage", kind=FaultKind.HOLD_AFTER, skip=5))
    async with sandbox.process(**admin) as process:
        await sandbox.until_polled()
        await introduce(sandbox, gone, *chats)
        card = await card_for(sandbox, announce(sandbox))
        asked, before = labels(card), copies(sandbox, chats)
        for _ in range(3):
            sandbox.telegram.press(sandbox.person, card, "Send to")
        await on_its_way.struck()
        await sandbox.kill(process)
    on_its_way.release()
    async with sandbox.process(**admin):
        await until_shown(sandbox, card, "Sent to everybody.")

    assert (asked, before) == ([["📣 Send to 10 people"], ["✋ Cancel"]], [0] * 8)
    assert copies(sandbox, [gone, *chats, sandbox.chat]) == [0] + [1] * 8 + [2]
    assert card.words.splitlines()[2:6] == [
        "📬 Delivered: 8",
        "🚫 Blocked the bot, or left Telegram: 1",
        "⚠️ Failed: 0",
        "❔ Perhaps delivered, the connection broke: 1",
    ]
    assert labels(card) == []
    assert await query(sandbox, "SELECT action, detail FROM audit") == [("broadcast", "10")]


async def test_while_it_goes_out_videos_are_made_and_what_is_stopped_lets_the_next_go(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    chats = [sandbox.newcomer(f"person {number}") for number in range(3)]
    held = sandbox.telegram.faults.add(Fault(method="copyMessage", kind=FaultKind.HOLD_BEFORE, skip=3))
    async with sandbox.bot(limits=UNPACED, **admin):
        await sandbox.until_polled()
        await introduce(sandbox, *chats)
        first, second = [await card_for(sandbox, announce(sandbox)) for _ in range(2)]
        await press(sandbox, first, "Send to")
        await held.struck()
        await press(sandbox, second, "Send to")
        sandbox.telegram.block(chats[2].members[0])
        waits = second.words
        sandbox.ask(chats[1], "/video a cat")
        await sandbox.until_video(chats[1])
        noted = await sandbox.telegram.press(sandbox.person, first, "Stop").answered()
        held.release()
        await until_shown(sandbox, first, "Stopped.")
        await until_shown(sandbox, second, "Sent to everybody.")
        third = await card_for(sandbox, announce(sandbox))
        later = await sandbox.telegram.press_data(sandbox.person, second, "1:broadcast_stop:2").answered()

    assert waits == "⏳ Another message is being sent. This one follows."
    assert noted.text == "Stopping. What is already sent can't be taken back."
    assert copies(sandbox, [sandbox.chat, *chats]) == [5, 2, 1, 0]
    assert [counted(first), counted(second)] == [[2, 0, 0, 2], [3, 1, 0]]
    # Who has blocked the bot is not counted any more.
    assert labels(third)[0] == ["📣 Send to 3 people"]
    assert later.text == "It is over already."
    assert await query(sandbox, "SELECT action, detail FROM audit") == [
        ("broadcast", "4"),
        ("broadcast", "4"),
        ("broadcast_stop", "2/4"),
    ]


async def test_a_message_from_a_group_goes_out_as_it_was_approved_until_the_copy_is_deleted(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    friend, chats = (
        sandbox.telegram.add_user("Bo"),
        [sandbox.newcomer(f"person {number}") for number in range(3)],
    )
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    held = sandbox.telegram.faults.add(Fault(method="copyMessage", kind=FaultKind.HOLD_BEFORE, skip=3))
    async with sandbox.bot(limits=UNPACED, **admin):
        await sandbox.until_polled()
        await introduce(sandbox, sandbox.chat, *chats)
        news = sandbox.telegram.send_photo(group, friend, PHOTO, caption=NEWS)
        card = await card_for(sandbox, news, "/broadcast@reelbot_bot")
        preview = card.reply_to
        assert preview is not None
        await press(sandbox, card, "Send to")
        await held.struck()
        sandbox.telegram.edit(news, "Claim your free credits!")
        sandbox.telegram.delete_message(preview)
        held.release()
        await until_shown(sandbox, card, "The message is gone.")

    assert copies(sandbox, [sandbox.chat, *chats]) == [1, 1, 0, 0]
    assert said_in(sandbox, group)[-1].words == "📣 The preview is in our private chat."
    copy = sandbox.bot_messages(chats[0])[0]
    assert (copy.photo, copy.caption) == (news.photo, NEWS)
    assert counted(card) == [2, 0, 0, 2]


PAID = {"paid_media": {"star_count": 5, "paid_media": []}}
QUESTION = "📣 What shall everybody get? Send it as your next message: text, a photo or a video. "


async def asked(sandbox: Sandbox) -> Message:
    return await next_answer(sandbox, sandbox.ask(sandbox.chat, "/broadcast"))


async def until_card(sandbox: Sandbox, number: int = 1) -> Message:
    """Wait for the card of this number in the admin's own chat."""

    def card() -> Message | None:
        cards = [message for message in sandbox.bot_messages(sandbox.chat) if ASKS in message.words]
        return cards[number - 1] if len(cards) >= number else None

    return await sandbox.telegram.until(card)


async def test_what_everybody_shall_get_is_asked_and_previewed_and_goes_out_after_a_restart(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    chats = [sandbox.newcomer(f"person {number}") for number in range(3)]
    people = sandbox.telegram
    async with sandbox.bot(limits=UNPACED, **admin):
        await sandbox.until_polled()
        await introduce(sandbox, *chats)
        question = await asked(sandbox)
    async with sandbox.bot(limits=UNPACED, **admin):
        paid = people.send_raw(sandbox.chat, sandbox.person, PAID)
        again = await next_answer(sandbox, paid)
        photo = people.send_photo(sandbox.chat, sandbox.person, PHOTO, caption=NEWS, reply_to=again)
        card = await until_card(sandbox)
        late = await next_answer(
            sandbox, people.say(sandbox.chat, sandbox.person, "and cats", reply_to=again)
        )
        preview, shown, offered = card.reply_to, card.words, labels(card)
    async with sandbox.bot(limits=UNPACED, **admin):
        await press(sandbox, card, "Send to")
        await until_shown(sandbox, card, "Sent to everybody.")
        # What is asked is answered: the next words are a prompt again.
        prompt = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat"))
    assert question.words == QUESTION + "You see a preview first. /cancel if you change your mind."
    assert again.words.startswith("📣 Telegram doesn't let me copy this kind of message.")
    assert late.words == "📣 I have a message for this already. Send /broadcast again to write another one."
    assert preview is not None
    assert (preview.photo, preview.caption) == (photo.photo, NEWS)
    assert shown.startswith(
        "📣 Send this message to everybody?\n\nIt goes to 4 people, you included, in about"
    )
    assert offered == [["📣 Send to 4 people"], ["✋ Cancel"]]
    got = [(message.photo, message.caption) for message in sandbox.bot_messages(chats[0])]
    assert got == [(photo.photo, NEWS)]
    assert copies(sandbox, [sandbox.chat, *chats]) == [2, 1, 1, 1]
    assert labels(prompt)[0][0].startswith("🎬 Make")
    assert await sandbox.jobs() == []


async def test_a_command_ends_the_question_and_an_album_and_a_text_that_was_cut_are_told_of(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    chat, people = sandbox.newcomer("person"), sandbox.telegram
    async with sandbox.bot(limits=UNPACED, **admin):
        await sandbox.until_polled()
        alone = await asked(sandbox)
        await introduce(sandbox, chat)
        question = await asked(sandbox)
        # Apps reply to the question with whatever comes next.
        cancel = people.say(sandbox.chat, sandbox.person, "/cancel", reply_to=question)
        cancelled = await next_answer(sandbox, cancel)
        await asked(sandbox)
        await next_answer(sandbox, sandbox.ask(sandbox.chat, "/quota"))
        prompt = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a cat"))
        first = await asked(sandbox)
        other = people.say(sandbox.chat, sandbox.person, "/broadcast", reply_to=first)
        question_again = await next_answer(sandbox, other)
        people.send_album(sandbox.chat, sandbox.person, [PHOTO, PHOTO], caption=NEWS)
        of_album = await until_card(sandbox)
        await asked(sandbox)
        sandbox.ask(sandbox.chat, "long " * 810)
        people.say(sandbox.chat, sandbox.person, "and its rest")
        cut = await until_card(sandbox, 2)
        last = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
    assert alone.words.startswith("📣 Nobody but you has opened a private chat with me yet")
    assert cancelled.words == "✋ Nothing was sent."
    assert labels(prompt)[0][0].startswith("🎬 Make")
    assert question_again.words.startswith(QUESTION)
    assert "Only this photo or video of the album is sent." in of_album.words
    assert "Apps cut a long text in two" in cut.words
    # Neither the album nor the rest has become a card that spends.
    assert sum("🎬 Make" in str(labels(message)) for message in sandbox.bot_messages()) == 1
    assert last.words.startswith("You have no videos in progress.")


async def test_what_cannot_be_copied_is_told_and_what_is_cancelled_stays_unsent(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    chat = sandbox.newcomer("person")
    async with sandbox.bot(limits=UNPACED, **admin):
        await sandbox.until_polled()
        await introduce(sandbox, chat)
        quiz = sandbox.telegram.send_raw(sandbox.chat, sandbox.person, {"new_chat_title": "News"})
        no_copy = await next_answer(
            sandbox, sandbox.telegram.say(sandbox.chat, sandbox.person, "/broadcast", reply_to=quiz)
        )
        card = await card_for(sandbox, announce(sandbox))
        send = card.buttons[0][0].callback_data or ""
        await press(sandbox, card, "Cancel")
        too_late = await sandbox.telegram.press_data(sandbox.person, card, send).answered()
        unknown = await next_answer(sandbox, sandbox.ask(chat, "/broadcast"))

    assert no_copy.words.startswith("📣 Telegram doesn't let me copy this kind of message.")
    assert card.words == "✋ Nothing was sent."
    assert too_late.text == "This button is too old. Please send your request again."
    assert unknown.words == "I do not know this command. /help shows what I can do."
    assert copies(sandbox, [chat, sandbox.chat]) == [0, 1]


async def test_what_stands_behind_the_command_is_previewed_and_goes_out_without_it(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    chat, people = sandbox.newcomer("person"), sandbox.telegram
    async with sandbox.bot(limits=UNPACED, **admin):
        await sandbox.until_polled()
        await introduce(sandbox, chat)
        sandbox.ask(sandbox.chat, f"/broadcast  {NEWS}")
        of_words = await until_card(sandbox)
        await asked(sandbox)
        photo = people.send_photo(sandbox.chat, sandbox.person, PHOTO, caption=f"/broadcast {NEWS}")
        of_photo = await until_card(sandbox, 2)
        people.send_photo(sandbox.chat, sandbox.person, PHOTO, caption="/broadcast")
        bare = await until_card(sandbox, 3)
        for card in (of_words, of_photo, bare):
            await press(sandbox, card, "Send to")
            await until_shown(sandbox, card, "Sent to everybody.")
    got = sandbox.bot_messages(chat)
    assert [message.words for message in got] == [NEWS, NEWS, ""]
    assert [bool(message.photo) for message in got] == [False, True, True]
    assert got[1].photo == photo.photo
    link = {("url", NEWS.index("https"))}
    marked = [{(entity.type, entity.offset) for entity in message.entities} for message in got]
    assert marked == [link, link, set()]
    assert await sandbox.jobs() == []
