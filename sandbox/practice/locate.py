"""Who does something, in which chat, and to which message, as the page says it."""

from pydantic import BaseModel

from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.server import TelegramSandbox


class InChat(BaseModel):
    """Who does it, and in which chat and topic."""

    person: int
    chat: int
    thread: int | None = None

    def someone(self, telegram: TelegramSandbox) -> User:
        """The person.

        Raises:
            BadRequest: Nobody has this id.
        """
        user = telegram.state.chats.users.get(self.person)
        if user is None or user.is_bot:
            raise BadRequest("person not found")
        return user

    def place(self, telegram: TelegramSandbox) -> Chat:
        """The chat.

        Raises:
            BadRequest: There is none, or this person is not in it.
        """
        chat = telegram.state.chats.find(self.chat)
        if self.someone(telegram) not in chat.members:
            raise BadRequest("this person is not in the chat")
        return chat

    def message(self, telegram: TelegramSandbox, message_id: int) -> Message:
        """A message of the chat.

        Raises:
            BadRequest: It never was, or is deleted.
        """
        message = self.place(telegram).find(message_id)
        if message is None:
            raise BadRequest("message not found")
        return message

    def reply(self, telegram: TelegramSandbox, message_id: int | None) -> Message | None:
        return None if message_id is None else self.message(telegram, message_id)


class OnMessage(InChat):
    """Who does it, and to which message."""

    message_id: int
