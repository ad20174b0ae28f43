"""What journeys of buttons share: what stands on them, a press and what it changes, and the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.talk import next_answer

if TYPE_CHECKING:
    from sandbox.telegram.button_presses import Answer
    from sandbox.telegram.chats import Message
    from tests.journeys.town import Town


def labels(message: Message) -> list[list[str]]:
    """Return what stands on the buttons under a message, row by row."""
    return [[button.text for button in row] for row in message.buttons]


async def press(town: Town, message: Message, button: str) -> Answer:
    """Press a button, wait until the message has changed, and return what the person was told besides."""
    before = (message.words, labels(message))
    answer = await town.telegram.press(town.person, message, button).answered()
    await town.telegram.until(lambda: (message.words, labels(message)) != before)
    return answer


async def prefer(town: Town, *buttons: str) -> Message:
    """Open the settings, press these buttons one after the other, and return the message."""
    settings = await next_answer(town, town.ask(town.chat, "/settings"))
    for button in buttons:
        await press(town, settings, button)
    return settings
