"""What journeys about finished videos share: their buttons, read and pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.telegram.chats import Chat, Message
    from tests.journeys.town import Town

ALL = [["🔁 Again", "✏️ Change"], ["📐 Variant", "📤 Share"], ["🗑 Delete"]]


def words_on(message: Message) -> list[list[str]]:
    """Return what stands on the buttons under a message, row by row."""
    return [[button.text for button in row] for row in message.buttons]


async def swapped(town: Town, message: Message, pressed: str) -> list[list[str]]:
    """Let the person press a button that swaps the message's buttons, and return what stands on the new ones."""
    before = message.buttons
    town.telegram.press(town.person, message, pressed)
    await town.telegram.until(lambda: message.buttons != before)
    return words_on(message)


async def made(town: Town, words: str, *, chat: Chat | None = None) -> Message:
    """Let the person ask for one more video, and wait until they have it and nothing is under way."""
    number = len(town.videos(chat)) + 1
    where = chat or town.chat
    town.telegram.say(where, town.person, f"/video@reelbot_bot {words}")
    video = await town.until_video(where, number=number)
    await town.until_over(number)
    return video
