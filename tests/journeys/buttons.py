"""Helpers for buttons in journeys: what they say, pressing one, and choosing settings by them."""

from __future__ import annotations

from sandbox.telegram.button_presses import Answer
from sandbox.telegram.chats import Message
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer


def labels(message: Message) -> list[list[str]]:
    """Return what stands on the buttons under a message, row by row."""
    return [[button.text for button in row] for row in message.buttons]


async def press(sandbox: Sandbox, message: Message, button: str) -> Answer:
    """Press a button, wait until the message has changed, and return what the person was told besides."""
    before = (message.words, labels(message))
    answer = await sandbox.telegram.press(sandbox.person, message, button).answered()
    await sandbox.telegram.until(lambda: (message.words, labels(message)) != before)
    return answer


async def prefer(sandbox: Sandbox, *buttons: str) -> Message:
    """Open the settings, press these buttons one after the other, and return the message."""
    settings = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/settings"))
    for button in buttons:
        await press(sandbox, settings, button)
    return settings
