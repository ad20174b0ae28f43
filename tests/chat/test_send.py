"""Sending texts: where they go if a topic or a reply is refused, and what errors of edits mean."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.settings import Settings
from chat.errors import ChatClosed, OutcomeUnknown, SendError, SendLater, SendRefused, StatusGone
from chat.send import Destination, edit, edit_keyboard, edit_status, send
from chat.turns import Turn, Turns, current_turn
from chat.urgency import Urgency
from domain.job import Job, Place, State
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from tests.chat.test_rate_limit import NO_LIMITS

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("Again", callback_data="1:again:7")]])


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings, NO_LIMITS) as bot:
        yield bot


@pytest.fixture
def forum(telegram: TelegramSandbox) -> Chat:
    return telegram.add_group("Forum", [telegram.add_user("Boris")], forum=True)


@pytest.fixture
def topic(telegram: TelegramSandbox, forum: Chat) -> int:
    return telegram.add_topic(forum, "Films")


@pytest.fixture
def asked(telegram: TelegramSandbox, forum: Chat, topic: int) -> Message:
    return telegram.say(forum, forum.members[0], "/quota@reelbot_bot", thread_id=topic)


@pytest.fixture
def destination(asked: Message) -> Destination:
    return Destination(asked.chat.id, asked.thread_id, asked.id)


def refuse(telegram: TelegramSandbox, method: str, words: str, times: int = 1) -> None:
    kind = FaultKind.REFUSED
    telegram.faults.add(
        Fault(method=method, kind=kind, status=400, words=f"Bad Request: {words}", times=times)
    )


def landed(telegram: TelegramSandbox, chat: Chat) -> tuple[int | None, Message | None]:
    """Return the topic of the last message in a chat, and what it replies to."""
    message = telegram.messages(chat)[-1]
    assert message.words == "Hi & bye"
    return message.thread_id, message.reply_to


def test_a_job_is_answered_in_reply_to_its_request() -> None:
    place = Place(account_id=1, requester_id=1, chat_id=-7, thread_id=3, request_message_id=12)
    assert Destination.of(place) == Destination(-7, 3, 12)


async def test_words_are_html_without_previews_and_land_in_their_topic_as_a_reply(
    bot: ExtBot[int], telegram: TelegramSandbox, forum: Chat, destination: Destination, asked: Message
) -> None:
    sent = await send(bot, destination, "<b>Hi</b> &amp; bye", KEYBOARD)
    assert landed(telegram, forum) == (destination.thread_id, asked)
    assert (sent.message_id, sent.reply_markup) == (telegram.messages(forum)[-1].id, KEYBOARD)
    assert [entity.type for entity in sent.entities] == ["bold"]
    previews = json.loads(telegram.calls[-1].params["link_preview_options"])
    assert previews == {"is_disabled": True}


@pytest.mark.parametrize("lose", ["close_topic", "delete_topic"])
async def test_words_whose_topic_is_gone_land_outside_of_it(
    bot: ExtBot[int],
    telegram: TelegramSandbox,
    *,
    forum: Chat,
    topic: int,
    destination: Destination,
    lose: str,
) -> None:
    getattr(telegram, lose)(forum, topic)
    await send(bot, destination, "Hi &amp; bye")
    assert landed(telegram, forum) == (None, None)


async def test_words_that_are_refused_as_a_reply_land_in_the_same_topic_without(
    bot: ExtBot[int], telegram: TelegramSandbox, forum: Chat, topic: int, destination: Destination
) -> None:
    refuse(telegram, "sendMessage", "REPLY_MESSAGE_ID_INVALID")
    await send(bot, destination, "Hi &amp; bye")
    assert landed(telegram, forum) == (topic, None)


async def test_words_stand_although_what_they_reply_to_is_gone(
    bot: ExtBot[int],
    telegram: TelegramSandbox,
    *,
    forum: Chat,
    topic: int,
    destination: Destination,
    asked: Message,
) -> None:
    telegram.delete_message(asked)
    await send(bot, destination, "Hi &amp; bye")
    assert landed(telegram, forum) == (topic, None)
    assert len(telegram.calls) == 2, "getMe, and one that was taken at once"


@pytest.mark.parametrize(
    ("fault", "meaning", "tries"),
    [
        pytest.param(
            {"kind": FaultKind.REFUSED, "status": 400, "words": "Bad Request: SOMETHING"},
            SendRefused,
            2,
            id="words nobody knows: perhaps of the reply",
        ),
        pytest.param({"kind": FaultKind.REFUSED, "status": 403}, ChatClosed, 1, id="blocked"),
        pytest.param({"kind": FaultKind.FLOOD, "retry_after": 3600}, SendLater, 1, id="a pause asked for"),
        pytest.param({"kind": FaultKind.LOST_AFTER}, OutcomeUnknown, 1, id="an answer lost"),
    ],
)
async def test_what_is_not_sent_says_why(
    bot: ExtBot[int],
    telegram: TelegramSandbox,
    *,
    destination: Destination,
    fault: dict[str, object],
    meaning: type[SendError],
    tries: int,
) -> None:
    telegram.faults.add(Fault(method="sendMessage", times=9, **fault))  # type: ignore[arg-type]  # a few of its fields
    with pytest.raises(SendError) as problem:
        await send(bot, destination, "Hi")
    assert type(problem.value) is meaning
    assert sum(call.method == "sendMessage" for call in telegram.calls) == tries


async def test_an_edit_changes_words_and_buttons_and_the_same_again_is_no_trouble(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    sent = await send(bot, Destination(chat.id), "Hi")
    for _ in range(2):
        await edit(bot, chat.id, sent.message_id, "<b>Bye</b>", KEYBOARD)
    [message] = telegram.messages(chat)
    assert (message.words, len(message.buttons), telegram.calls[-1].status) == ("Bye", 1, 400)
    for _ in range(2):
        await edit_keyboard(bot, chat.id, sent.message_id, None)
    assert (message.words, message.buttons, telegram.calls[-1].status) == ("Bye", [], 400)


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("message to edit not found", StatusGone),
        ("message can't be edited", StatusGone),
        ("TOPIC_CLOSED", StatusGone),
        ("not enough rights to send text messages to the chat", ChatClosed),
        ("SOMETHING", SendRefused),
    ],
)
async def test_an_edit_that_is_not_taken_says_whether_the_message_is_gone(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat, words: str, meaning: type[SendError]
) -> None:
    sent = await send(bot, Destination(chat.id), "Hi")
    refuse(telegram, "editMessageText", words)
    refuse(telegram, "editMessageReplyMarkup", words)
    for editing in (
        edit(bot, chat.id, sent.message_id, "Bye"),
        edit_keyboard(bot, chat.id, sent.message_id, KEYBOARD),
    ):
        with pytest.raises(SendError) as problem:
            await editing
        assert type(problem.value) is meaning


async def test_a_job_s_status_message_is_edited_and_one_that_never_was_is_as_good_as_gone(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat, job_in: Callable[..., Job]
) -> None:
    sent = await send(bot, Destination(chat.id), "Hi")
    queued = job_in(State.QUEUED)
    job = replace(queued, place=replace(queued.place, chat_id=chat.id), status_message_id=sent.message_id)
    assert await edit_status(bot, job, "Bye") == sent.message_id
    assert [message.words for message in telegram.messages(chat)] == ["Bye"]
    with pytest.raises(StatusGone):
        await edit_status(bot, replace(job, status_message_id=None), "Hi")


async def test_progress_that_finds_no_room_is_to_be_shown_later(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    sent = await send(bot, Destination(chat.id), "Hi")
    telegram.faults.add(Fault(method="editMessageText", kind=FaultKind.FLOOD, retry_after=60))
    for words in ("10 %", "20 %"):
        with pytest.raises(SendLater):
            await edit(bot, chat.id, sent.message_id, words, urgency=Urgency.PROGRESS)
    assert sum(call.method == "editMessageText" for call in telegram.calls) == 1


QUOTES = {
    "what came last in private": (7, 3, [3], False),
    "what others have followed": (7, 3, [3, 4], True),
    "what an update brought before": (7, 2, [3], True),
    "what a press is about": (7, 3, [None], True),
    "in a group": (-7, 3, [3], True),
    "by nobody's turn": (7, 3, [], True),
}


@pytest.mark.parametrize(("chat_id", "message_id", "came", "is_quoted"), QUOTES.values(), ids=QUOTES)
def test_only_what_came_last_in_private_is_answered_without_quoting_it(
    chat_id: int,
    message_id: int,
    came: list[int | None],
    is_quoted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    turns = Turns()
    given: list[Turn] = [turns.turn(chat_id, 7, question=None, message_id=one) for one in came]
    place = Place(account_id=7, requester_id=7, chat_id=chat_id, request_message_id=message_id)
    before = current_turn.set(given[0] if given else None)
    try:
        destination = Destination.of(place)
    finally:
        current_turn.reset(before)
    assert destination == Destination(chat_id, None, message_id if is_quoted else None)
