"""Flood limits: a second in a chat, a minute in a group, a second in all, and how long to wait."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import RetryAfter

from sandbox.serving import serving
from sandbox.telegram.errors import TooManyRequests
from sandbox.telegram.rate_limits import Flood, RateLimits
from sandbox.telegram.server import TelegramSandbox

START = datetime(2026, 1, 1, tzinfo=UTC)


class Meter:
    """Writes at given moments and notes what the flood control says: 0 for yes, else the seconds to wait."""

    def __init__(self, limits: RateLimits) -> None:
        self.now = START
        self.flood = Flood(limits, lambda: self.now)

    def write(self, chat_id: int, *, at: float) -> int:
        self.now = START + timedelta(seconds=at)
        try:
            self.flood.admit(chat_id)
        except TooManyRequests as refusal:
            return refusal.retry_after
        return 0


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    meter = Meter(RateLimits())
    assert [meter.write(1, at=at) for at in (0, 0, 0, 0, 0.5, 2.9, 3, 3)] == [0, 0, 0, 3, 3, 1, 0, 0]
    assert meter.write(2, at=3) == 0


def test_while_it_is_closed_nobody_writes_and_it_tells_how_long() -> None:
    meter = Meter(RateLimits())
    meter.flood.close(20)
    assert [meter.write(chat_id, at=at) for chat_id, at in ((1, 0), (2, 4.5), (1, 19.5), (1, 20))] == [
        20,
        16,
        1,
        0,
    ]
    meter.flood.close(20)
    meter.flood.close(0)
    assert meter.write(2, at=20) == 0


def test_a_group_takes_twenty_a_minute() -> None:
    meter = Meter(RateLimits(burst=100))
    assert [meter.write(-1, at=second) for second in range(20)] == [0] * 20
    assert [meter.write(-1, at=20), meter.write(-2, at=20), meter.write(-1, at=60)] == [40, 0, 0]
    assert meter.write(-1, at=60.5) == 1


def test_all_chats_together_take_thirty_a_second() -> None:
    meter = Meter(RateLimits())
    assert [meter.write(chat_id, at=0) for chat_id in range(1, 32)] == [0] * 30 + [1]
    assert meter.write(31, at=1) == 0


def test_what_is_refused_does_not_count() -> None:
    meter = Meter(RateLimits(burst=1))
    assert [meter.write(1, at=at) for at in (0, 0.2, 0.4, 0.6, 0.8, 1)] == [0, 1, 1, 1, 1, 0]


def test_windows_can_be_shrunk() -> None:
    meter = Meter(RateLimits(burst=1, second=0.01, minute=0.6, group_per_minute=2))
    assert [meter.write(-1, at=at) for at in (0, 0.02, 0.04, 0.6)] == [0, 0, 1, 0]


async def test_sends_and_edits_share_a_limit_that_chat_actions_do_not_touch() -> None:
    telegram = TelegramSandbox(flood=RateLimits(burst=2), clock=lambda: START)
    chat = telegram.private_chat(telegram.add_user("Anna"))
    async with serving(telegram.app) as origin, Bot(telegram.token, base_url=f"{origin}/bot") as bot:
        sent = await bot.send_message(chat.id, "one")
        await bot.edit_message_text("two", chat.id, sent.message_id)
        await bot.send_chat_action(chat.id, "typing")
        with pytest.raises(RetryAfter, match="Retry in 0:00:02"):
            await bot.send_message(chat.id, "x")
        with pytest.raises(RetryAfter, match="Retry in 0:00:02"):
            await bot.edit_message_text("x", chat.id, sent.message_id)
    assert [message.text for message in telegram.messages(chat)] == ["two"]


async def test_a_refusal_says_in_its_header_too_how_long_to_wait() -> None:
    telegram = TelegramSandbox(flood=RateLimits(burst=1), clock=lambda: START)
    chat = telegram.private_chat(telegram.add_user("Anna"))
    params = {"chat_id": str(chat.id), "text": "x"}
    async with serving(telegram.app) as origin, httpx.AsyncClient() as client:
        url = f"{origin}/bot{telegram.token}/sendMessage"
        good, refused = [await client.get(url, params=params) for _ in range(2)]
    assert (good.status_code, refused.status_code, refused.headers["retry-after"]) == (200, 429, "1")
    assert refused.json() == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 1",
        "parameters": {"retry_after": 1},
    }
