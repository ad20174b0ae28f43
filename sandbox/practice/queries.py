"""What the page's person asks of the bot and sees an answer to: presses, the command menu, the inline picker."""

from collections.abc import Awaitable, Callable, Iterator

from pydantic import Field
from starlette.requests import Request

from sandbox.practice.locate import InChat, OnMessage
from sandbox.practice.view import Json, inline_view
from sandbox.telegram.chats import Chat, User
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.inline_picker import LONGEST_QUERY
from sandbox.telegram.inline_queries import InlineAnswer
from sandbox.telegram.server import TelegramSandbox

#: So long a button shows that it waits for the bot, in seconds; the bot may still act on the press.
PATIENCE = 15.0


class Pressing(OnMessage):
    data: str = Field(min_length=1, max_length=64)


class LookingUp(InChat):
    text: str = Field(max_length=LONGEST_QUERY)
    offset: str = ""


class Choosing(InChat):
    query: str
    result: str


async def press(telegram: TelegramSandbox, request: Request) -> Json:
    """What the bot shows for a press; nothing if it keeps silent."""
    asked = Pressing.model_validate_json(await request.body())
    message = asked.message(telegram, asked.message_id)
    pressed = telegram.press_data(asked.someone(telegram), message, asked.data)
    try:
        answer = await pressed.answered(timeout=PATIENCE)
    except TimeoutError:
        return {"text": "", "isAlert": False, "url": None}
    return {"text": answer.text, "isAlert": answer.is_alert, "url": answer.url}


async def ask_inline(telegram: TelegramSandbox, request: Request) -> Json:
    """What the bot offers for the words after its name; nothing if it keeps silent."""
    asked = LookingUp.model_validate_json(await request.body())
    query = telegram.ask_inline(
        asked.someone(telegram), asked.text, offset=asked.offset, chat=asked.place(telegram)
    )
    try:
        return inline_view(query.id, await query.answered(timeout=PATIENCE))
    except TimeoutError:
        return inline_view(query.id, InlineAnswer(results=[]))


async def choose_inline(telegram: TelegramSandbox, request: Request) -> Json:
    asked = Choosing.model_validate_json(await request.body())
    chat, query = asked.place(telegram), telegram.state.inline.by_id.get(asked.query)
    if query is None or query.user != asked.someone(telegram):
        raise BadRequest("query not found")
    return {"id": telegram.choose_inline(query, asked.result, chat, thread_id=asked.thread).id}


async def list_commands(telegram: TelegramSandbox, request: Request) -> Json:
    """The commands this person sees in this chat (Bot API: Determining list of commands)."""
    asked = InChat.model_validate_json(await request.body())
    chat, person = asked.place(telegram), asked.someone(telegram)
    listed = telegram.state.profile.commands
    languages = ((person.language_code or "")[:2], "")
    audiences = ((scope, language) for scope in _scopes(chat, person) for language in languages)
    found = next((listed[audience] for audience in audiences if listed.get(audience)), [])
    return {"commands": found}


def _scopes(chat: Chat, person: User) -> Iterator[str]:
    """The scopes that hold for a person in a chat, narrowest first."""
    if chat.is_private:
        yield from (f"chat:{chat.id}", "all_private_chats", "default")
        return
    yield f"chat_member:{chat.id}:{person.id}"
    if person in chat.administrators:
        yield from (f"chat_administrators:{chat.id}", f"chat:{chat.id}", "all_chat_administrators")
    yield from (f"chat:{chat.id}", "all_group_chats", "default")


ACTIONS: dict[str, Callable[[TelegramSandbox, Request], Awaitable[Json]]] = {
    "/press": press,
    "/commands": list_commands,
    "/ask-inline": ask_inline,
    "/choose-inline": choose_inline,
}
