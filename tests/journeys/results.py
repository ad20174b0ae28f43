"""Helpers of journeys about finished videos: reading and pressing their buttons."""

from __future__ import annotations

from sandbox.telegram.chats import Chat, Message
from tests.journeys.sandbox import Sandbox

ALL = [["🔁 Again", "✏️ Change"], ["📐 Variant", "📤 Share"], ["🗑 Delete"]]


def words_on(message: Message) -> list[list[str]]:
    """Return what stands on the buttons under a message, row by row."""
    return [[button.text for button in row] for row in message.buttons]


async def swapped(sandbox: Sandbox, message: Message, pressed: str) -> list[list[str]]:
    """Let the person press a button that swaps the message's buttons, and return what stands on the new ones."""
    before = message.buttons
    sandbox.telegram.press(sandbox.person, message, pressed)
    await sandbox.telegram.until(lambda: message.buttons != before)
    return words_on(message)


async def made(sandbox: Sandbox, words: str, *, chat: Chat | None = None) -> Message:
    """Let the person ask for one more video, and wait until they have it and nothing is under way."""
    number = len(sandbox.videos(chat)) + 1
    where = chat or sandbox.chat
    sandbox.telegram.say(where, sandbox.person, f"/video@reelbot_bot {words}")
    video = await sandbox.until_video(where, number=number)
    await sandbox.until_over(number)
    return video
