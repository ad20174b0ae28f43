"""How people, chats and messages look to the page, as JSON."""

from typing import Any

from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.files import Media, PhotoSize
from sandbox.telegram.inline_queries import InlineAnswer, InlineResult
from sandbox.telegram.keyboards import Button
from sandbox.telegram.state import TelegramState

Json = dict[str, Any]

EXCERPT_CHARACTERS = 160


def snapshot_view(state: TelegramState) -> Json:
    """Everything: who is there, where they talk, and what was said."""
    messages = [message_view(message) for chat in state.chats.by_id.values() for message in chat.present()]
    return places_view(state) | {"messages": messages}


def places_view(state: TelegramState) -> Json:
    """The bot, the people and their chats, without what was said."""
    texts = state.profile.texts.items()
    descriptions = {language: words for (kind, language), words in texts if kind == "description"}
    return {
        "bot": user_view(state.bot) | {"descriptions": descriptions},
        "people": [user_view(user) for user in state.chats.users.values() if not user.is_bot],
        "chats": [chat_view(chat) for chat in state.chats.by_id.values() if chat.migrated_to is None],
    }


def user_view(user: User) -> Json:
    return {
        "id": user.id,
        "name": user.first_name,
        "username": user.username,
        "language": user.language_code,
    }


def chat_view(chat: Chat) -> Json:
    return {
        "id": chat.id,
        "name": chat.name,
        "isPrivate": chat.is_private,
        "isWithBot": chat.user is not None,
        "isForum": chat.is_forum,
        "members": [member.id for member in chat.members],
        "topics": [{"id": thread_id, "name": name} for thread_id, name in chat.topics.items()],
    }


def message_view(message: Message) -> Json:
    """A message as it stands now; offsets of entities count UTF-16 code units, as JavaScript does."""
    return {
        "id": message.id,
        "chat": message.chat.id,
        "thread": message.thread_id,
        "date": message.date.isoformat(),
        "isEdited": message.edit_date is not None and not message.sender_is_bot,
        "sender": user_view(message.sender) | {"name": message.sender_name, "isBot": message.sender_is_bot},
        "via": message.via_bot.username if message.via_bot else None,
        "words": message.words,
        "entities": [entity.to_json() for entity in message.entities],
        "media": _media_view(message),
        "album": message.media_group_id,
        "buttons": [[_button_view(button) for button in row] for row in message.buttons],
        "reply": _excerpt(message.reply_to) if message.reply_to else None,
        "asksForReply": message.force_reply,
        "placeholder": message.reply_placeholder,
        "reactions": message.reactions,
        "service": _service_words(message),
    }


def inline_view(query_id: str, answer: InlineAnswer) -> Json:
    """What the inline picker shows."""
    button = answer.button
    return {
        "id": query_id,
        "results": [_result_view(result) for result in answer.results],
        "nextOffset": answer.next_offset,
        "button": {"text": button.text, "startParameter": button.start_parameter} if button else None,
    }


def _result_view(result: InlineResult) -> Json:
    thumbnail = result.media.thumbnail if result.media else None
    return {
        "id": result.id,
        "kind": result.kind.value,
        "title": result.title or result.caption,
        "description": result.description,
        "thumbnail": _size_view(thumbnail) if thumbnail else None,
    }


def _media_view(message: Message) -> Json | None:
    match message:
        case Message(photo=[*_, PhotoSize() as largest]):
            return _size_view(largest) | {"kind": "photo", "size": largest.file.size}
        case Message(video=Media() as video):
            return _file_view(video, "video")
        case Message(animation=Media() as animation):
            return _file_view(animation, "animation")
        case Message(document=Media() as document):
            return _file_view(document, "document")
        case Message(voice=Media() as voice):
            return _file_view(voice, "voice")
        case Message(sticker=Media() as sticker):
            return _file_view(sticker, "sticker")
        case Message(service={"location": {"latitude": latitude, "longitude": longitude}}):
            return {"kind": "location", "latitude": latitude, "longitude": longitude}
        case _:
            return None


def _file_view(media: Media, kind: str) -> Json:
    return {
        "kind": kind,
        "address": media.file.address,
        "type": media.mime_type,
        "width": media.width,
        "height": media.height,
        "seconds": media.duration,
        "name": media.file_name,
        "size": media.size,
        "thumbnail": _size_view(media.thumbnail) if media.thumbnail else None,
    }


def _size_view(size: PhotoSize) -> Json:
    return {"address": size.file.address, "width": size.width, "height": size.height}


def _button_view(button: Button) -> Json:
    """A button with the one thing that it does."""
    does = next(name for name in button.raw if name not in {"text", "style", "icon_custom_emoji_id"})
    return {
        "text": button.text,
        "style": button.raw.get("style"),
        "does": does,
        "with": button.copy_text if does == "copy_text" else button.raw[does],
    }


def _excerpt(message: Message) -> Json:
    media = _media_view(message)
    return {
        "id": message.id,
        "name": message.sender_name,
        "words": message.words[:EXCERPT_CHARACTERS],
        "kind": media["kind"] if media else None,
        "isDeleted": message.is_deleted,
    }


def _service_words(message: Message) -> str:
    """What stands in the middle of the chat instead of a bubble; nothing for ordinary messages."""
    match message.service:
        case {"forum_topic_created": {"name": str(name)}}:
            return f"{message.sender.first_name} opened the topic “{name}”"
        case {"migrate_to_chat_id": _} | {"migrate_from_chat_id": _}:
            return "This group became a supergroup"
        case {"location": _}:
            return ""
        case fields if fields and not message.words:
            return f"{message.sender.first_name} sent: {', '.join(fields)}"
        case _:
            return ""
