"""What Telegram says when something cannot be sent, and what one does about it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.settings import Settings
from chat.errors import (
    ChatClosed,
    FileRefused,
    OutcomeUnknown,
    SendError,
    SendLater,
    SendRefused,
    StatusGone,
    TooLargeToSend,
    is_not_modified,
    is_thread_gone,
    sorted_out,
    sorted_out_of_edit,
)
from sandbox.telegram.chats import Chat
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import TelegramSandbox
from tests.chat.test_rate_limit import NO_LIMITS


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings, NO_LIMITS) as bot:
        yield bot


@pytest.fixture
def group(telegram: TelegramSandbox) -> Chat:
    return telegram.add_group("Friends", [telegram.add_user("Boris")], kind="group")


async def refusal(bot: ExtBot[int], chat_id: int, **changed: float | str) -> TelegramError:
    """Send something and return the error it meets."""
    text = str(changed.pop("text", "hello"))
    with pytest.raises(TelegramError) as refused:
        await bot.send_message(chat_id, text, **changed)  # type: ignore[arg-type]  # a few of its options
    return refused.value


@pytest.mark.parametrize(
    ("fault", "meaning"),
    [
        pytest.param({"kind": FaultKind.FLOOD, "retry_after": 3600}, SendLater, id="429"),
        pytest.param({"kind": FaultKind.REFUSED, "status": 401}, SendLater, id="401"),
        pytest.param({"kind": FaultKind.REFUSED, "status": 404}, SendLater, id="404"),
        pytest.param({"kind": FaultKind.REFUSED, "status": 500}, OutcomeUnknown, id="500"),
        pytest.param({"kind": FaultKind.HTML, "status": 502}, OutcomeUnknown, id="502 page"),
        pytest.param({"kind": FaultKind.HTML, "status": 504}, OutcomeUnknown, id="504 page"),
        pytest.param({"kind": FaultKind.HTML, "status": 413}, TooLargeToSend, id="413 page"),
        pytest.param({"kind": FaultKind.HTML, "status": 200}, OutcomeUnknown, id="200 page"),
        pytest.param({"kind": FaultKind.LOST_BEFORE}, OutcomeUnknown, id="connection lost before"),
        pytest.param({"kind": FaultKind.LOST_AFTER}, OutcomeUnknown, id="connection lost after"),
    ],
)
async def test_an_answer_that_went_wrong(
    bot: ExtBot[int],
    telegram: TelegramSandbox,
    chat: Chat,
    fault: dict[str, object],
    meaning: type[SendError],
) -> None:
    telegram.faults.add(Fault(method="sendMessage", **fault))  # type: ignore[arg-type]  # a few of its fields
    assert type(sorted_out(await refusal(bot, chat.id))) is meaning


async def test_a_pause_that_telegram_asks_for_is_passed_on(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.FLOOD, retry_after=3600))
    problem = sorted_out(await refusal(bot, chat.id))
    assert isinstance(problem, SendLater)
    assert problem.pause is not None
    assert round(problem.pause / timedelta(minutes=1)) == 60


async def test_an_answer_that_takes_too_long_says_nothing(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    hold = telegram.faults.add(Fault(method="sendMessage", kind=FaultKind.HOLD_AFTER))
    error = await refusal(bot, chat.id, read_timeout=0.1)
    telegram.faults.remove(hold)
    assert type(sorted_out(error)) is OutcomeUnknown


async def test_what_found_no_connection_was_not_sent(
    settings_of: Callable[..., Settings],
) -> None:
    nobody_there = build_bot(settings_of(telegram_api_url="http://127.0.0.1:9"), NO_LIMITS)
    async with nobody_there.request:
        with pytest.raises(NetworkError) as refused:
            await nobody_there.send_message(1, "hello")
    assert type(sorted_out(refused.value)) is SendLater


@pytest.mark.parametrize("what", ["block", "deactivate"])
async def test_a_person_who_is_gone(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat, what: str
) -> None:
    assert chat.user is not None
    getattr(telegram, what)(chat.user)
    assert type(sorted_out(await refusal(bot, chat.id))) is ChatClosed


@pytest.mark.parametrize(
    ("what", "meaning"), [("kick", ChatClosed), ("restrict", ChatClosed), ("migrate", SendLater)]
)
async def test_a_group_that_is_closed_to_the_bot_or_another_by_now(
    bot: ExtBot[int], telegram: TelegramSandbox, group: Chat, what: str, meaning: type[SendError]
) -> None:
    getattr(telegram, what)(group)
    assert type(sorted_out(await refusal(bot, group.id))) is meaning


async def test_a_chat_that_never_was(bot: ExtBot[int]) -> None:
    assert type(sorted_out(await refusal(bot, 4_711))) is ChatClosed


async def test_words_that_telegram_does_not_take(bot: ExtBot[int], chat: Chat) -> None:
    error = await refusal(bot, chat.id, text="<b>never closed", parse_mode="HTML")
    assert type(sorted_out(error)) is SendRefused


async def test_a_topic_that_is_gone(bot: ExtBot[int], telegram: TelegramSandbox) -> None:
    forum = telegram.add_group("Forum", [telegram.add_user("Boris")], forum=True)
    error = await refusal(bot, forum.id, message_thread_id=4711)
    assert is_thread_gone(error)
    assert (type(sorted_out(error)), type(sorted_out_of_edit(error))) == (ChatClosed, StatusGone)


async def test_a_message_that_was_deleted(bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat) -> None:
    message = await bot.send_message(chat.id, "hello")
    telegram.delete_message(telegram.messages(chat)[0])
    with pytest.raises(BadRequest) as refused:
        await bot.edit_message_text("bye", chat.id, message.message_id)
    assert type(sorted_out(refused.value)) is StatusGone
    assert (is_not_modified(refused.value), is_thread_gone(refused.value)) == (False, False)


async def test_a_message_that_says_so_already(bot: ExtBot[int], chat: Chat) -> None:
    message = await bot.send_message(chat.id, "hello")
    with pytest.raises(BadRequest) as refused:
        await bot.edit_message_text("hello", chat.id, message.message_id)
    assert is_not_modified(refused.value)


@pytest.mark.parametrize(
    ("words", "meaning"),
    [
        ("Message can't be edited", StatusGone),
        ("MESSAGE_ID_INVALID", StatusGone),
        ("Not enough rights to send videos to the chat", ChatClosed),
        ("Have no rights to send a message", ChatClosed),
        ("CHAT_WRITE_FORBIDDEN", ChatClosed),
        ("CHAT_SEND_VIDEOS_FORBIDDEN", ChatClosed),
        ("TOPIC_CLOSED", ChatClosed),
        ("USER_IS_BLOCKED", ChatClosed),
        ("Wrong type of the web page content", FileRefused),
        ("VIDEO_CONTENT_TYPE_INVALID", FileRefused),
        ("REPLY_MESSAGE_ID_INVALID", SendRefused),
        ("ALLOW_PAYMENT_REQUIRED_10", ChatClosed),
        ("Something that nobody has ever said", SendRefused),
    ],
)
def test_other_words_of_a_bad_request(words: str, meaning: type[SendError]) -> None:
    assert type(sorted_out(BadRequest(words))) is meaning
