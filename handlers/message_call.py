"""One message and its context, as handlers get it; `handlers.button_press` is the same for presses."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import InlineKeyboardMarkup, Message, Update

from chat.send import answer
from handlers.context import Context, Services
from handlers.message import words_of


@dataclass(frozen=True, slots=True)
class MessageCall:
    """A message, and what PTB gives with it."""

    message: Message
    context: Context

    @property
    def services(self) -> Services:
        return self.context.services

    @property
    def words(self) -> str:
        """The words behind the command at the start of the message; empty if there are none."""
        return words_of(self.context, self.message)

    async def answer(self, text: str, offer: InlineKeyboardMarkup | None = None) -> None:
        await answer(self.message, text, offer)


MessageHandling = Callable[[MessageCall], Coroutine[Any, Any, None]]


async def take_message(handle: MessageHandling, update: Update, context: Context) -> None:
    """Hand an update's message to its handler; one without a message is nobody's."""
    if update.effective_message is not None:
        await handle(MessageCall(update.effective_message, context))
