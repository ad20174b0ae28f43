"""Who is where: people, private chats, groups and their topics, and how the bot stands in each."""

from collections.abc import Sequence
from typing import Any

from sandbox.chats import Chat, ChatKind, Message, Standing, User
from sandbox.telegram_json import chat_json, member_json, user_json
from sandbox.telegram_state import TelegramState


class Membership:
    """Opens chats and changes who may do what there; the bot is told what Telegram would tell it."""

    def __init__(self, state: TelegramState) -> None:
        self.state = state

    def add_user(
        self, first_name: str, *, username: str | None = None, language_code: str | None = "en"
    ) -> User:
        return self.state.chats.add_user(first_name, username=username, language_code=language_code)

    def private_chat(self, user: User) -> Chat:
        """This person's chat with the bot, begun already."""
        return self.state.chats.private_chat(user)

    def add_group(
        self, title: str, members: Sequence[User], *, kind: str = "supergroup", forum: bool = False
    ) -> Chat:
        """A group with these people, the first its owner, to which the bot was just added."""
        chat = self.state.chats.add_group(title, list(members), kind=ChatKind(kind), is_forum=forum)
        self._change_standing(chat, Standing.MEMBER, by=chat.members[0], before=Standing.LEFT)
        return chat

    def add_topic(self, chat: Chat, name: str) -> int:
        """Opens a topic in a forum and returns its thread id."""
        message = self.state.new_message(chat, chat.members[0])
        message.service = {"forum_topic_created": {"name": name, "icon_color": 0x6FB9F0}}
        self.state.post(message)
        message.thread_id = message.id
        chat.topics[message.id] = name
        self.state.tell_bot("message", message)
        return message.id

    def delete_topic(self, chat: Chat, thread_id: int) -> None:
        """Deletes a topic with all that was written there."""
        del chat.topics[thread_id]
        for message in [message for message in chat.present() if message.thread_id == thread_id]:
            self.state.delete(message)

    def block(self, user: User) -> None:
        self._change_standing(self.private_chat(user), Standing.BLOCKED, by=user)

    def unblock(self, user: User) -> None:
        self._change_standing(self.private_chat(user), Standing.MEMBER, by=user)

    def deactivate(self, user: User) -> None:
        """Deletes the person's account; the bot is not told."""
        self.private_chat(user).standing = Standing.DEACTIVATED

    def kick(self, chat: Chat) -> None:
        self._change_standing(chat, Standing.KICKED, by=chat.members[0])

    def promote(self, chat: Chat) -> None:
        """Makes the bot an administrator of the group."""
        self._change_standing(chat, Standing.ADMINISTRATOR, by=chat.members[0])

    def restrict(self, chat: Chat) -> None:
        """Takes from the bot the right to write in the group."""
        self._change_standing(chat, Standing.RESTRICTED, by=chat.members[0])

    def migrate(self, chat: Chat) -> Chat:
        """Turns a basic group into a supergroup, with a new id and no old messages, and returns that."""
        new = self.state.chats.add_group(chat.name, chat.members, kind=ChatKind.SUPERGROUP, is_forum=False)
        new.standing = chat.standing
        self._announce(chat, {"migrate_to_chat_id": new.id})
        self._announce(new, {"migrate_from_chat_id": chat.id})
        chat.migrated_to = new
        return new

    def _announce(self, chat: Chat, fields: dict[str, Any]) -> Message:
        message = self.state.new_message(chat, chat.members[0])
        message.service = fields
        return self.state.post_by_person(message)

    def _change_standing(
        self, chat: Chat, standing: Standing, *, by: User, before: Standing | None = None
    ) -> None:
        bot, old = self.state.bot, before or chat.standing
        chat.standing = standing
        change = {
            "chat": chat_json(chat),
            "from": user_json(by),
            "date": int(self.state.now().timestamp()),
            "old_chat_member": member_json(bot, old),
            "new_chat_member": member_json(bot, standing),
        }
        self.state.updates.push("my_chat_member", change)
