"""Opens the practice chat's page where Anna has said something already, and lets the bot say something."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, expect

from tests.browser import visiting
from tests.sandbox.practice.conftest import Json, Practice


@asynccontextmanager
async def talking(browser: Browser, practice: Practice, **looks: object) -> AsyncIterator[Page]:
    practice.telegram.say(practice.chat, practice.anna, "hello")
    address = f"{practice.address}/#{practice.anna.id}/{practice.chat.id}"
    async with visiting(browser, address, **looks) as page:
        await expect(page.get_by_role("article", name="Anna: hello")).to_be_visible()
        yield page


async def send(practice: Practice, text: str, *rows: list[Json], **more: object) -> Json:
    """Let the bot say something to Anna, with rows of buttons."""
    markup = {"reply_markup": {"inline_keyboard": list(rows)}} if rows else {}
    sent: Json = await practice.call("sendMessage", chat_id=practice.chat.id, text=text, **markup, **more)
    return sent
