"""Who is where: people, private chats, groups and their topics, and how the bot stands in each."""

from collections.abc import Sequence
from typing import Any

from sandbox.telegram.access import GENERAL_TOPIC
from sandbox.telegram.chats import Chat, ChatKind, Message, Standing, User
from sandbox.telegram.json import user_json
from sandbox.telegram.state import TelegramState


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

    def chat_between(self, one: User, other: User) -> Chat:
        """A new private chat of two people, where the bot is not: only its inline results get there."""
        return self.state.chats.add_chat_between(one, other)

    def add_group(
        self, title: str, members: Sequence[User], *, kind: str = "supergroup", forum: bool = False
    ) -> Chat:
        """A group with these people, the first its owner, to which the bot was just added."""
        chat = self.state.chats.add_group(title, list(members), kind=ChatKind(kind), is_forum=forum)
        self.state.change_standing(chat, Standing.MEMBER, by=chat.members[0], before=Standing.LEFT)
        return chat

    def add_channel(self, title: str) -> Chat:
        """A channel, in whose name people can speak in groups (`as_chat`); the bot is not in it."""
        return self.state.chats.add_channel(title)

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

    def close_topic(self, chat: Chat, thread_id: int) -> None:
        """Closes a topic, General too, for all but administrators who manage topics; the bot never does."""
        chat.closed_topics.add(thread_id)
        self._announce_in(chat, thread_id, {"forum_topic_closed": {}})

    def reopen_topic(self, chat: Chat, thread_id: int) -> None:
        chat.closed_topics.discard(thread_id)
        self._announce_in(chat, thread_id, {"forum_topic_reopened": {}})

    def block(self, user: User) -> None:
        self.state.change_standing(self.private_chat(user), Standing.BLOCKED, by=user)

    def unblock(self, user: User) -> None:
        self.state.change_standing(self.private_chat(user), Standing.MEMBER, by=user)

    def deactivate(self, user: User) -> None:
        """Deletes the person's account; the bot is not told."""
        self.private_chat(user).standing = Standing.DEACTIVATED

    def kick(self, chat: Chat) -> None:
        self.state.change_standing(chat, Standing.KICKED, by=chat.members[0])

    def promote(self, chat: Chat) -> None:
        """Makes the bot an administrator of the group."""
        self.state.change_standing(chat, Standing.ADMINISTRATOR, by=chat.members[0])

    def demote(self, chat: Chat) -> None:
        """Makes the bot a plain member again."""
        self.state.change_standing(chat, Standing.MEMBER, by=chat.members[0])

    def restrict(self, chat: Chat) -> None:
        """Takes from the bot the right to write in the group."""
        self.state.change_standing(chat, Standing.RESTRICTED, by=chat.members[0])

    def migrate(self, chat: Chat) -> Chat:
        """Turns a basic group into a supergroup, with a new id and no old messages, and returns that."""
        new = self.state.chats.add_group(chat.name, chat.members, kind=ChatKind.SUPERGROUP, is_forum=False)
        new.standing, new.owner = chat.standing, chat.owner
        new.administrators, new.anonymous = chat.administrators, chat.anonymous
        self._announce(chat, {"migrate_to_chat_id": new.id})
        self._announce(new, {"migrate_from_chat_id": chat.id})
        chat.migrated_to = new
        return new

    def add_bot(self, chat: Chat) -> Message:
        """Lets the bot into a group again, as a plain member."""
        by = chat.members[0]
        self.state.change_standing(chat, Standing.MEMBER, by=by)
        return self._announce(chat, {"new_chat_members": [user_json(self.state.bot)]}, by=by)

    def join(self, chat: Chat, user: User) -> Message:
        """Lets a person into a group, of their own accord."""
        before = chat.standing_of(user)
        chat.members.append(user)
        chat.banned = [other for other in chat.banned if other != user]
        self.state.tell_of_member(chat, user, before, by=user)
        return self._announce(chat, {"new_chat_members": [user_json(user)]}, by=user)

    def leave(self, chat: Chat, user: User) -> Message:
        """Lets a person go from a group."""
        return self._part(chat, user, by=user)

    def remove(self, chat: Chat, user: User) -> Message:
        """Throws a person out of a group for good."""
        chat.banned.append(user)
        return self._part(chat, user, by=chat.members[0])

    def appoint(self, chat: Chat, user: User, *, is_anonymous: bool = False) -> None:
        """Makes a member an administrator, who may hide behind the group's name."""
        before = chat.standing_of(user)
        if user not in chat.administrators:
            chat.administrators.append(user)
        if is_anonymous and user not in chat.anonymous:
            chat.anonymous.append(user)
        self.state.tell_of_member(chat, user, before, by=chat.members[0])

    def dismiss(self, chat: Chat, user: User) -> None:
        """Makes an administrator a plain member again."""
        before = chat.standing_of(user)
        self._strip(chat, user)
        self.state.tell_of_member(chat, user, before, by=chat.members[0])

    def _announce_in(self, chat: Chat, thread_id: int, fields: dict[str, Any]) -> None:
        message = self.state.new_message(chat, chat.members[0])
        message.thread_id = None if thread_id == GENERAL_TOPIC else thread_id
        message.service = fields
        self.state.post_by_person(message)

    def _part(self, chat: Chat, user: User, *, by: User) -> Message:
        before = chat.standing_of(user)
        self._strip(chat, user)
        chat.members.remove(user)
        self.state.tell_of_member(chat, user, before, by=by)
        return self._announce(chat, {"left_chat_member": user_json(user)}, by=by)

    def _strip(self, chat: Chat, user: User) -> None:
        chat.administrators = [other for other in chat.administrators if other != user]
        chat.anonymous = [other for other in chat.anonymous if other != user]

    def _announce(self, chat: Chat, fields: dict[str, Any], *, by: User | None = None) -> Message:
        message = self.state.new_message(chat, by or chat.members[0])
        message.service = fields
        return self.state.post_by_person(message)
