"""What people do with the bot's name in any chat: look something up, pick a result, post it."""

from itertools import count
from typing import Any

from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.inline_queries import InlineQuery, InlineResult
from sandbox.telegram.json import user_json
from sandbox.telegram.media import place
from sandbox.telegram.state import TelegramState

LONGEST_QUERY = 256


class InlinePicker:
    """The list that opens above the input field (Bot API: inline mode)."""

    def __init__(self, state: TelegramState) -> None:
        self.state = state
        self._ids = count(5_100_000_000_000_001)

    def ask(self, user: User, text: str, *, offset: str, chat: Chat | None) -> InlineQuery:
        if not self.state.inline.is_on:
            raise LookupError("the bot's inline mode is switched off")
        query = InlineQuery(
            id=str(next(self._ids)),
            user=user,
            text=text[:LONGEST_QUERY],
            offset=offset,
            chat=chat,
            at=self.state.clock(),
        )
        self.state.inline.add(query)
        if not query.is_cached:
            self.state.updates.push("inline_query", _query_json(query))
        return query

    def choose(self, query: InlineQuery, result_id: str, chat: Chat, *, thread_id: int | None) -> Message:
        if query.answer is None:
            raise LookupError(f"nothing was offered for {query.text!r}")
        result = query.answer.find(result_id)
        message = self.state.new_message(chat, query.user)
        message.via_bot, message.thread_id = self.state.bot, thread_id
        _fill(message, result)
        inline_message_id = self.state.inline.name(message) if result.buttons else None
        if self.state.inline.has_feedback:
            self.state.updates.push("chosen_inline_result", _choice_json(query, result_id, inline_message_id))
        return self.state.post_by_person(message)


def _fill(message: Message, result: InlineResult) -> None:
    if result.text is None and result.media is not None:
        place(message, result.media)
        message.caption = result.caption
    else:
        message.text = result.text
    message.entities, message.buttons = result.entities, result.buttons


def _query_json(query: InlineQuery) -> dict[str, Any]:
    """Bot API: InlineQuery; in the person's chat with the bot itself the type of chat is "sender"."""
    asked = {"id": query.id, "from": user_json(query.user), "query": query.text, "offset": query.offset}
    if query.chat is None:
        return asked
    return asked | {"chat_type": "sender" if query.chat.user == query.user else str(query.chat.kind)}


def _choice_json(query: InlineQuery, result_id: str, inline_message_id: str | None) -> dict[str, Any]:
    """Bot API: ChosenInlineResult."""
    choice = {"result_id": result_id, "from": user_json(query.user), "query": query.text}
    return choice if inline_message_id is None else choice | {"inline_message_id": inline_message_id}
