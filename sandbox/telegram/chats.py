"""Users, chats and messages: what the local Telegram remembers, and how it looks them up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import count

from sandbox.telegram.entities import Entity
from sandbox.telegram.errors import BadRequest, Forbidden
from sandbox.telegram.files import Media, PhotoSize
from sandbox.telegram.keyboards import Button


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person or the bot."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False


#: Who a message is from when an administrator hides behind the group (Bot API: User).
GROUP_ANONYMOUS = User(id=1_087_968_824, first_name="Group", username="GroupAnonymousBot", is_bot=True)
#: Who a message is from when somebody speaks as a channel.
CHANNEL_BOT = User(id=136_817_688, first_name="Channel", username="Channel_Bot", is_bot=True)


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"
    CHANNEL = "channel"


class Standing(StrEnum):
    """How the bot, or a person, stands in a chat."""

    #: The one who opened the group.
    OWNER = "creator"
    #: In a private chat: the person has written; in a group: a plain member.
    MEMBER = "member"
    #: A group's administrator: sees and may delete everything.
    ADMINISTRATOR = "administrator"
    #: A group's member that may not write.
    RESTRICTED = "restricted"
    #: Not in the group, though not banned.
    LEFT = "left"
    #: Removed from the group.
    KICKED = "kicked"
    #: The person has blocked the bot.
    BLOCKED = "blocked"
    #: The person's account is deleted.
    DEACTIVATED = "deactivated"


@dataclass(slots=True, kw_only=True, eq=False)
class Message:
    """A message as it stands now; edits and deletion change it in place.

    `photo` holds its sizes, smallest first. `video` is a clip with sound, `animation` one without.
    """

    id: int
    chat: "Chat"
    sender: User
    date: datetime
    #: In whose name it was sent, by an anonymous administrator or a channel.
    sender_chat: "Chat | None" = None
    #: The bot whose inline result a person posted.
    via_bot: User | None = None
    #: By what the bot may edit an inline result wherever it was posted.
    inline_message_id: str | None = None
    text: str | None = None
    caption: str | None = None
    entities: list[Entity] = field(default_factory=list)
    buttons: list[list[Button]] = field(default_factory=list)
    photo: list[PhotoSize] = field(default_factory=list)
    video: Media | None = None
    animation: Media | None = None
    document: Media | None = None
    voice: Media | None = None
    sticker: Media | None = None
    reply_to: "Message | None" = None
    thread_id: int | None = None
    media_group_id: str | None = None
    force_reply: bool = False
    #: What the input field shows while the bot waits for that reply.
    reply_placeholder: str = ""
    is_silent: bool = False
    #: Clients let nobody save or forward it.
    is_protected: bool = False
    service: dict[str, object] = field(default_factory=dict)
    edit_date: datetime | None = None
    #: The texts or captions it had before, oldest first.
    edits: list[str] = field(default_factory=list)
    #: The bot's reactions to it now.
    reactions: list[str] = field(default_factory=list)
    is_deleted: bool = False

    @property
    def sender_is_bot(self) -> bool:
        return self.sender.is_bot

    @property
    def shown_sender(self) -> User:
        """Who the bot is told it is from; it never learns who hides behind a group or a channel."""
        if self.sender_chat is None:
            return self.sender
        return GROUP_ANONYMOUS if self.sender_chat is self.chat else CHANNEL_BOT

    @property
    def sender_name(self) -> str:
        """The name above the message: the person's, or the chat's in whose name it was sent."""
        return self.sender.first_name if self.sender_chat is None else self.sender_chat.name

    @property
    def words(self) -> str:
        """Its text, or its media's caption, or nothing."""
        return self.text or self.caption or ""

    @property
    def reply_to_message_id(self) -> int | None:
        return None if self.reply_to is None else self.reply_to.id

    @property
    def has_media(self) -> bool:
        single = (self.video, self.animation, self.document, self.voice, self.sticker)
        return bool(self.photo) or any(single)


@dataclass(slots=True, kw_only=True, eq=False)
class Chat:
    """A private chat, a group, or a channel in whose name people speak.

    `user` is with whom the bot is in private; `standing` is the bot's; `topics` maps a forum topic's thread id to its name.
    """

    id: int
    kind: ChatKind
    title: str | None = None
    user: User | None = None
    members: list[User] = field(default_factory=list)
    owner: User | None = None
    #: The owner among them.
    administrators: list[User] = field(default_factory=list)
    #: Administrators who speak in the group's name.
    anonymous: list[User] = field(default_factory=list)
    banned: list[User] = field(default_factory=list)
    is_forum: bool = False
    standing: Standing = Standing.MEMBER
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    migrated_to: "Chat | None" = None
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.title or (self.user.first_name if self.user else str(self.id))

    @property
    def is_private(self) -> bool:
        return self.kind is ChatKind.PRIVATE

    def standing_of(self, user: User) -> Standing:
        """How a person stands here."""
        if user == self.owner:
            return Standing.OWNER
        if user in self.administrators:
            return Standing.ADMINISTRATOR
        if user in self.members:
            return Standing.MEMBER
        return Standing.KICKED if user in self.banned else Standing.LEFT

    def find(self, message_id: int) -> Message | None:
        """The message, unless it never was or is deleted."""
        message = self.messages.get(message_id)
        return None if message is None or message.is_deleted else message

    def present(self) -> Iterator[Message]:
        """The messages that are not deleted, oldest first."""
        return (message for message in self.messages.values() if not message.is_deleted)


class Chats:
    """Every user and chat, seen from one bot."""

    def __init__(self, *, bot: User) -> None:
        self.users: dict[int, User] = {bot.id: bot}
        self.by_id: dict[int, Chat] = {}
        self._user_ids = count(10_000_001)
        self._group_ids = count(4_000_001)
        self._peoples_chat_ids = count(9_000_000_000_001)
        self._album_ids = count(13_000_000_001)
        # Private chats and basic groups share one row of numbers; each supergroup has its own.
        self._message_ids = count(101)
        self._supergroup_message_ids: dict[int, Iterator[int]] = {}

    def add_user(self, first_name: str, *, username: str | None, language_code: str | None) -> User:
        user = User(
            id=next(self._user_ids), first_name=first_name, username=username, language_code=language_code
        )
        self.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """The one chat between this person and the bot, opened now unless it is open already."""
        if user.id not in self.by_id:
            self.by_id[user.id] = Chat(id=user.id, kind=ChatKind.PRIVATE, user=user, members=[user])
        return self.by_id[user.id]

    def add_group(self, title: str, members: list[User], *, kind: ChatKind, is_forum: bool) -> Chat:
        """A group with the bot in it; basic groups have small negative ids, supergroups -100…"""
        number = next(self._group_ids)
        chat_id = -number if kind is ChatKind.GROUP else -1_000_000_000_000 - number
        chat = Chat(id=chat_id, kind=kind, title=title, members=list(members), is_forum=is_forum)
        chat.owner, chat.administrators = members[0], members[:1]
        self.by_id[chat.id] = chat
        return chat

    def add_chat_between(self, one: User, other: User) -> Chat:
        """A private chat of two people, of which the bot knows nothing."""
        chat = Chat(
            id=next(self._peoples_chat_ids),
            kind=ChatKind.PRIVATE,
            title=f"{one.first_name} & {other.first_name}",
            members=[one, other],
            standing=Standing.LEFT,
        )
        self.by_id[chat.id] = chat
        return chat

    def add_channel(self, title: str) -> Chat:
        """A channel that the bot is not in."""
        chat_id = -1_000_000_000_000 - next(self._group_ids)
        chat = Chat(id=chat_id, kind=ChatKind.CHANNEL, title=title, standing=Standing.LEFT)
        self.by_id[chat.id] = chat
        return chat

    def next_message_id(self, chat: Chat) -> int:
        if chat.kind is not ChatKind.SUPERGROUP:
            return next(self._message_ids)
        return next(self._supergroup_message_ids.setdefault(chat.id, count(1 if not chat.is_forum else 2)))

    def next_album_id(self) -> str:
        return str(next(self._album_ids))

    def find_named(self, name: object) -> Chat:
        """The chat a call names, as a number or its digits; there are no public names.

        Raises:
            BadRequest: As `find`.
            Forbidden: As `find`.
        """
        digits = str(name)
        if not digits.removeprefix("-").isdecimal():
            raise BadRequest("chat not found")
        return self.find(int(digits))

    def find(self, chat_id: int) -> Chat:
        """The chat a call names, whatever the bot may do there.

        Raises:
            BadRequest: No such chat, or it has become a supergroup.
            Forbidden: A person who never wrote to the bot.
        """
        chat = self.by_id.get(chat_id)
        if chat is None and chat_id in self.users:
            raise Forbidden("bot can't initiate conversation with a user")
        if chat is None:
            raise BadRequest("chat not found")
        if chat.migrated_to is not None:
            parameters = {"migrate_to_chat_id": chat.migrated_to.id}
            raise BadRequest("group chat was upgraded to a supergroup chat", parameters=parameters)
        return chat
