"""What people can do in the practice town's Telegram: write, send pictures, press buttons, block, kick."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from sandbox.chats import Chat, ChatKind, Message, Standing, User
from sandbox.entities import find_entities
from sandbox.presses import Press
from sandbox.privacy import is_visible
from sandbox.telegram_files import FileKind, Media
from sandbox.telegram_json import chat_json, member_json, message_json, user_json
from sandbox.telegram_state import TelegramState

ALBUM_SIZES = range(2, 11)


class People:
    """Everyone but the bot. Whatever they do reaches the bot as updates, if it may see it."""

    def __init__(self, state: TelegramState) -> None:
        self.state = state
        self._press_ids = count(4_300_000_000_000_001)

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
        self._deliver("message", message)
        return message.id

    def delete_topic(self, chat: Chat, thread_id: int) -> None:
        """Deletes a topic with all that was written there."""
        del chat.topics[thread_id]
        for message in [message for message in chat.present() if message.thread_id == thread_id]:
            self.state.delete(message)

    def say(
        self,
        chat: Chat,
        user: User,
        text: str,
        *,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        as_chat: Chat | None = None,
    ) -> Message:
        """Says something; anonymous administrators do it as their group (Bot API: Message, sender_chat)."""
        message = self._new_message(chat, user, reply_to, thread_id)
        message.sender_chat = as_chat
        message.text, message.entities = text, find_entities(text)
        return self._post(message)

    def send_photo(
        self,
        chat: Chat,
        user: User,
        photo: bytes,
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        media_group_id: str | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Sends a picture, which arrives as JPEG in several sizes; an album is several with one media_group_id."""
        message = self._new_message(chat, user, reply_to, thread_id)
        message.photo = self.state.files.add_photo(photo)
        message.media_group_id = media_group_id
        self._set_caption(message, caption)
        return self._post(message)

    def send_album(
        self,
        chat: Chat,
        user: User,
        pictures: Sequence[bytes],
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        thread_id: int | None = None,
    ) -> list[Message]:
        """Sends several pictures at once: a message each, of one media group, the caption under the first.

        Raises:
            ValueError: Not 2-10 pictures (Bot API: sendMediaGroup).
        """
        if len(pictures) not in ALBUM_SIZES:
            raise ValueError(f"an album holds 2-10 pictures, not {len(pictures)}")
        album = self.state.chats.next_album_id()
        return [
            self.send_photo(
                chat,
                user,
                picture,
                caption=caption if number == 0 else None,
                reply_to=reply_to,
                media_group_id=album,
                thread_id=thread_id,
            )
            for number, picture in enumerate(pictures)
        ]

    def send_document(
        self,
        chat: Chat,
        user: User,
        content: bytes,
        *,
        filename: str,
        mime_type: str,
        caption: str | None = None,
        reply_to: Message | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Sends a file, which arrives byte for byte; a picture with a thumbnail."""
        message = self._new_message(chat, user, reply_to, thread_id)
        suffix = f".{filename.rsplit('.', 1)[-1]}" if "." in filename else ""
        file = self.state.files.write(content, kind=FileKind.DOCUMENT, suffix=suffix)
        message.document = self.state.files.remember(
            Media(
                file=file,
                mime_type=mime_type,
                file_name=filename,
                thumbnail=self.state.files.draw_thumbnail(content),
            )
        )
        self._set_caption(message, caption)
        return self._post(message)

    def send_raw(self, chat: Chat, user: User, fields: dict[str, Any]) -> Message:
        """Sends any other content, such as a sticker, given as the Bot API's JSON."""
        message = self._new_message(chat, user, None, None)
        message.service = fields
        return self._post(message)

    def edit(self, message: Message, text: str) -> None:
        """Changes the text, or the caption, of one's own message."""
        message.edits.append(message.words)
        if message.text is None:
            self._set_caption(message, text)
        else:
            message.text, message.entities = text, find_entities(text)
        self.state.mark_edited(message)
        self._deliver("edited_message", message)

    def press(self, user: User, message: Message, button_text: str) -> Press:
        """Presses a callback button, named by its whole text or a part that only it has.

        Raises:
            LookupError: No such button, or several.
        """
        every = [button for row in message.buttons for button in row if button.callback_data is not None]
        named = [button for button in every if button.text == button_text]
        named = named or [button for button in every if button_text in button.text]
        if len(named) != 1 or message.is_deleted:
            shown = [button.text for button in every]
            raise LookupError(f"{len(named)} buttons named {button_text!r} under {message.words!r}: {shown}")
        return self._press(user, message, named[0].callback_data or "")

    def press_data(self, user: User, message: Message, data: str) -> Press:
        """Presses a button that is no longer shown, or never was, as a meddling client can."""
        return self._press(user, message, data)

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

    def delete_message(self, message: Message) -> None:
        """Deletes any message, the bot's too; the bot is not told."""
        self.state.delete(message)

    def _new_message(
        self, chat: Chat, user: User, reply_to: Message | None, thread_id: int | None
    ) -> Message:
        message = self.state.new_message(chat, user)
        message.reply_to, message.thread_id = reply_to, thread_id
        if thread_id is None and reply_to is not None:
            message.thread_id = reply_to.thread_id
        return message

    def _post(self, message: Message) -> Message:
        self.state.post(message)
        self._deliver("message", message)
        return message

    def _deliver(self, kind: str, message: Message) -> None:
        if is_visible(message, self.state.bot):
            self.state.updates.push(kind, message_json(message))

    def _announce(self, chat: Chat, fields: dict[str, Any]) -> None:
        message = self.state.new_message(chat, chat.members[0])
        message.service = fields
        self._post(message)

    def _set_caption(self, message: Message, caption: str | None) -> None:
        message.caption, message.entities = caption, find_entities(caption or "")

    def _press(self, user: User, message: Message, data: str) -> Press:
        press = Press(
            id=str(next(self._press_ids)), user=user, message=message, data=data, at=self.state.clock()
        )
        self.state.presses.add(press)
        query = {
            "id": press.id,
            "from": user_json(user),
            "chat_instance": str(message.chat.id * 7_919),
            "message": message_json(message),
            "data": data,
        }
        self.state.updates.push("callback_query", query)
        return press

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
