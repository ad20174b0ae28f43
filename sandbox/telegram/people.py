"""What people can do in the local Telegram: write, send pictures, press buttons, look things up."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from sandbox.telegram.button_presses import Press
from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.entities import find_entities
from sandbox.telegram.files import FileKind, Media
from sandbox.telegram.inline_picker import InlinePicker
from sandbox.telegram.inline_queries import InlineQuery
from sandbox.telegram.json import pressed_message_json, user_json
from sandbox.telegram.membership import Membership
from sandbox.telegram.state import TelegramState

ALBUM_SIZES = range(2, 11)


class People(Membership):
    """Everyone but the bot. Whatever they do reaches the bot as updates, if it may see it."""

    def __init__(self, state: TelegramState) -> None:
        super().__init__(state)
        self._press_ids = count(4_300_000_000_000_001)
        self._inline = InlinePicker(state)

    def say(
        self,
        chat: Chat,
        user: User,
        text: str,
        *,
        reply_to: Message | None = None,
        thread_id: int | None = None,
        as_chat: Chat | None = None,
        via: User | None = None,
    ) -> Message:
        """Says something; `as_chat` is the channel, or the group, in whose name (Bot API: Message, sender_chat).

        `via` is another bot whose inline result it is.
        """
        message = self._new_message(chat, user, reply_to, thread_id)
        message.sender_chat, message.via_bot = as_chat or message.sender_chat, via
        message.text, message.entities = text, find_entities(text)
        return self.state.post_by_person(message)

    def forward(
        self, chat: Chat, user: User, original: Message, *, media_group_id: str | None = None
    ) -> Message:
        """Forwards what somebody said, into this chat; several pictures at once are one media group."""
        message = self._new_message(chat, user, None, None)
        message.text, message.caption = original.text, original.caption
        message.entities, message.photo = original.entities, original.photo
        message.document, message.media_group_id = original.document, media_group_id
        said_at = int(original.date.timestamp())
        origin = {"type": "user", "date": said_at, "sender_user": user_json(original.sender)}
        message.service = original.service | {"forward_origin": origin}
        return self.state.post_by_person(message)

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
        return self.state.post_by_person(message)

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
        media_group_id: str | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Sends a file, which arrives byte for byte; a picture with a thumbnail."""
        message = self._new_message(chat, user, reply_to, thread_id)
        message.media_group_id = media_group_id
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
        return self.state.post_by_person(message)

    def send_media(
        self,
        chat: Chat,
        user: User,
        media: Media,
        *,
        caption: str | None = None,
        reply_to: Message | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Sends a video, an animation, a voice message or a sticker: what its file is."""
        message = self._new_message(chat, user, reply_to, thread_id)
        match media.file.kind:
            case FileKind.VIDEO:
                message.video = media
            case FileKind.ANIMATION:
                message.animation = media
            case FileKind.VOICE:
                message.voice = media
            case FileKind.STICKER:
                message.sticker = media
            case _:
                raise ValueError(f"people do not send a {media.file.kind} like this")
        self._set_caption(message, caption)
        return self.state.post_by_person(message)

    def send_raw(
        self, chat: Chat, user: User, fields: dict[str, Any], *, thread_id: int | None = None
    ) -> Message:
        """Sends any other content, such as a contact, given as the Bot API's JSON."""
        message = self._new_message(chat, user, None, thread_id)
        message.service = fields
        return self.state.post_by_person(message)

    def edit(self, message: Message, text: str) -> None:
        """Changes the text, or the caption, of one's own message."""
        message.edits.append(message.words)
        if message.text is None:
            self._set_caption(message, text)
        else:
            message.text, message.entities = text, find_entities(text)
        self.state.mark_edited(message)
        self.state.tell_bot("edited_message", message)

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

    def ask_inline(self, user: User, text: str, *, offset: str = "", chat: Chat | None = None) -> InlineQuery:
        """Types the bot's name and `text` in a chat; `offset` is an earlier answer's, to see more.

        Raises:
            LookupError: Inline mode is off.
        """
        return self._inline.ask(user, text, offset=offset, chat=chat)

    def choose_inline(
        self, inline_query: InlineQuery, result_id: str, chat: Chat, *, thread_id: int | None = None
    ) -> Message:
        """Posts one of the results, as the person who looked it up, in any chat.

        Raises:
            LookupError: No answer yet, or no such result.
        """
        return self._inline.choose(inline_query, result_id, chat, thread_id=thread_id)

    def delete_message(self, message: Message) -> None:
        """Deletes any message, the bot's too; the bot is not told."""
        self.state.delete(message)

    def _new_message(
        self, chat: Chat, user: User, reply_to: Message | None, thread_id: int | None
    ) -> Message:
        message = self.state.new_message(chat, user)
        message.sender_chat = chat if user in chat.anonymous else None
        message.reply_to, message.thread_id = reply_to, thread_id
        if thread_id is None and reply_to is not None:
            message.thread_id = reply_to.thread_id
        return message

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
            "data": data,
        }
        if message.inline_message_id is None:
            query["message"] = pressed_message_json(message)
        else:
            query["inline_message_id"] = message.inline_message_id
        self.state.updates.push("callback_query", query)
        return press
