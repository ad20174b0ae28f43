"""Reactions: a sign that a request was seen, and never more than there is room for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from telegram.ext import ExtBot

from bot.application import build_bot
from bot.reactions import Reactions
from bot.settings import Settings
from chat.rate_limit import Dropped
from chat.rate_windows import Limit, RateLimits
from chat.urgency import Urgency
from domain.job import Place
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.faults import Fault, FaultKind
from sandbox.telegram.server import Call, TelegramSandbox
from tests.chat.test_rate_limit import NO_LIMITS, WIDE


@pytest.fixture
async def bot(settings: Settings) -> AsyncIterator[ExtBot[int]]:
    async with build_bot(settings, NO_LIMITS) as bot:
        yield bot


def place_of(message: Message) -> Place:
    return Place(
        account_id=1, requester_id=1, chat_id=message.chat.id, request_message_id=message.id, thread_id=None
    )


def calls(telegram: TelegramSandbox) -> list[Call]:
    return [call for call in telegram.calls if call.method == "setMessageReaction" and call.status]


async def reacted(
    bot: ExtBot[int], telegram: TelegramSandbox, messages: list[Message], *, number: int
) -> None:
    """React to the messages until Telegram has answered so many calls."""
    reactions = Reactions(bot)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(reactions.run())
        for message in messages:
            reactions.note(place_of(message))
        await telegram.until(lambda: len(calls(telegram)) >= number)
        running.cancel()


async def test_a_request_that_was_seen_has_eyes_on_it(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat
) -> None:
    message = telegram.say(chat, chat.members[0], "/video a cat")
    await reacted(bot, telegram, [message], number=1)
    assert message.reactions == ["👀"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault(method="setMessageReaction", kind=FaultKind.HTML), id="an error of Telegram's"),
        pytest.param(Fault(method="setMessageReaction", kind=FaultKind.FLOOD, retry_after=60), id="a flood"),
    ],
)
async def test_a_reaction_that_is_refused_is_no_trouble_for_the_next(
    bot: ExtBot[int], telegram: TelegramSandbox, chat: Chat, fault: Fault
) -> None:
    telegram.faults.add(fault)
    refused = telegram.say(chat, chat.members[0], "/video a cat")
    other = telegram.private_chat(telegram.add_user("Bo"))
    seen = telegram.say(other, other.members[0], "/video a dog")
    await reacted(bot, telegram, [refused, seen], number=2)
    assert (refused.reactions, seen.reactions) == ([], ["👀"])


async def test_reactions_give_way_to_a_crowd_although_they_do_not_count(
    settings: Settings, telegram: TelegramSandbox, chat: Chat
) -> None:
    limits = RateLimits(overall=Limit(calls=9, seconds=60, for_progress=1), chat=WIDE, group=WIDE)
    message = telegram.say(chat, chat.members[0], "/video a cat")
    async with build_bot(settings, limits) as bot:
        for _ in range(2):
            await bot.set_message_reaction(chat.id, message.id, "👀", rate_limit_args=Urgency.PROGRESS)
        await bot.send_message(chat.id, "an answer")
        with pytest.raises(Dropped):
            await bot.set_message_reaction(chat.id, message.id, "👍", rate_limit_args=Urgency.PROGRESS)
    assert message.reactions == ["👀"]


async def test_a_line_that_is_too_long_is_not_waited_out(
    bot: ExtBot[int], chat: Chat, telegram: TelegramSandbox
) -> None:
    messages = [telegram.say(chat, chat.members[0], "/video a cat") for _ in range(30)]
    await reacted(bot, telegram, messages, number=20)
    assert sum(bool(message.reactions) for message in messages) == 20
