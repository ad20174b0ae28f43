"""Everything the local Bot API server remembers, and the changes that people and the bot make to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sandbox.telegram.bot_profile import BotProfile
from sandbox.telegram.button_presses import Presses
from sandbox.telegram.chats import Chat, Chats, Message, Standing, User
from sandbox.telegram.events import Event, EventKind, Happenings
from sandbox.telegram.files import TelegramFiles
from sandbox.telegram.inline_queries import InlineQueries
from sandbox.telegram.json import Json, chat_json, member_json, message_json, user_json
from sandbox.telegram.privacy import is_visible
from sandbox.telegram.updates import Updates


class TelegramState:
    """One bot's Telegram."""

    def __init__(
        self,
        *,
        bot: User,
        clock: Callable[[], datetime],
        press_lifetime: timedelta,
        inline: InlineQueries,
    ) -> None:
        self.bot = bot
        #: Whether the bot sees little of a group's talk; its owner sets it at @BotFather.
        self.privacy_mode = True
        self.clock = clock
        self.chats = Chats(bot=bot)
        self.files = TelegramFiles()
        self.presses = Presses(lifetime=press_lifetime)
        self.inline = inline
        self.profile = BotProfile()
        self.happenings = Happenings()
        self.updates = Updates(clock, on_wait=self.happenings.stir)

    def now(self) -> datetime:
        """The clock's time in whole seconds, as Telegram tells it."""
        return self.clock().replace(microsecond=0)

    def new_message(self, chat: Chat, sender: User) -> Message:
        """An empty message; its number and date come when it is posted."""
        return Message(id=0, chat=chat, sender=sender, date=self.now())

    def post(self, message: Message) -> Message:
        message.id, message.date = self.chats.next_message_id(message.chat), self.now()
        message.chat.messages[message.id] = message
        self._tell(EventKind.SENT, message)
        return message

    def post_by_person(self, message: Message) -> Message:
        """Posts what a person wrote, and tells the bot if it may see it."""
        self.post(message)
        self.tell_bot("message", message)
        return message

    def tell_bot(self, kind: str, message: Message) -> None:
        """Queues an update about a message, unless privacy mode hides it."""
        if is_visible(message, self.bot, is_private=self.privacy_mode):
            self.updates.push(kind, message_json(message))

    def change_standing(
        self, chat: Chat, standing: Standing, *, by: User, before: Standing | None = None
    ) -> None:
        """Changes how the bot stands in a chat, and tells it."""
        before, chat.standing = before or chat.standing, standing
        change = self._change(chat, by, member_json(self.bot, before), member_json(self.bot, standing))
        self.updates.push("my_chat_member", change)
        self.opened(chat)

    def tell_of_member(self, chat: Chat, user: User, before: Standing, *, by: User) -> None:
        """Tells a bot that is an administrator how a person stands in a group now (Bot API: chat_member)."""
        now = member_json(user, chat.standing_of(user), is_anonymous=user in chat.anonymous)
        if chat.standing is Standing.ADMINISTRATOR:
            self.updates.push("chat_member", self._change(chat, by, member_json(user, before), now))
        self.opened(chat)

    def _change(self, chat: Chat, by: User, old: Json, new: Json) -> Json:
        """Bot API: ChatMemberUpdated."""
        return {
            "chat": chat_json(chat),
            "from": user_json(by),
            "date": int(self.now().timestamp()),
            "old_chat_member": old,
            "new_chat_member": new,
        }

    def mark_edited(self, message: Message) -> Message:
        message.edit_date = self.now()
        self._tell(EventKind.EDITED, message)
        return message

    def delete(self, message: Message) -> None:
        message.is_deleted = True
        self._tell(EventKind.DELETED, message)

    def act(self, chat: Chat, action: str) -> None:
        self.happenings.tell(Event(kind=EventKind.CHAT_ACTION, chat=chat, at=self.clock(), detail=action))

    def react(self, message: Message, emojis: list[str]) -> None:
        message.reactions = emojis
        self._tell(EventKind.REACTION, message, "".join(emojis))

    def answered(self, message: Message, text: str) -> None:
        self._tell(EventKind.ANSWERED, message, text)

    def opened(self, chat: Chat) -> None:
        self.happenings.tell(Event(kind=EventKind.OPENED, chat=chat, at=self.clock()))

    def changed_elsewhere(self) -> None:
        """Tell who follows the events that something changed which is in no chat."""
        self.happenings.tell(Event(kind=EventKind.ELSEWHERE, chat=None, at=self.clock()))

    def _tell(self, kind: EventKind, message: Message, detail: str = "") -> None:
        self.happenings.tell(
            Event(kind=kind, chat=message.chat, at=self.clock(), message=message, detail=detail)
        )
