"""How users, chats and messages look in the Bot API's JSON, with every field the real server always sends."""

from typing import Any

from sandbox.telegram.chats import Chat, Message, Standing, User
from sandbox.telegram.files import FileKind, Media, PhotoSize, StoredFile

Json = dict[str, Any]

ADMINISTRATOR_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_pin_messages": False,
    "can_manage_topics": False,
}
RESTRICTED_RIGHTS = {
    "is_member": True,
    "until_date": 0,
    "can_send_messages": False,
    "can_send_audios": False,
    "can_send_documents": False,
    "can_send_photos": False,
    "can_send_videos": False,
    "can_send_video_notes": False,
    "can_send_voice_notes": False,
    "can_send_polls": False,
    "can_send_other_messages": False,
    "can_add_web_page_previews": False,
    "can_change_info": False,
    "can_invite_users": False,
    "can_pin_messages": False,
    "can_manage_topics": False,
    "can_react_to_messages": False,
    "can_edit_tag": False,
}


def user_json(user: User) -> Json:
    return _present(
        id=user.id,
        is_bot=user.is_bot,
        first_name=user.first_name,
        username=user.username,
        language_code=user.language_code,
    )


def chat_json(chat: Chat) -> Json:
    if chat.user is not None:
        person = chat.user
        return _present(
            id=chat.id, type=chat.kind.value, first_name=person.first_name, username=person.username
        )
    return _present(id=chat.id, type=chat.kind.value, title=chat.title, is_forum=chat.is_forum or None)


def chat_full_json(chat: Chat) -> Json:
    """Bot API: ChatFullInfo."""
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        False,
    )
    return chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }


def member_json(member: User, standing: Standing, *, is_anonymous: bool = False) -> Json:
    """Bot API: ChatMember."""
    user = user_json(member)
    match standing:
        case Standing.OWNER:
            return {"status": "creator", "user": user, "is_anonymous": is_anonymous}
        case Standing.ADMINISTRATOR:
            rights = ADMINISTRATOR_RIGHTS | {"is_anonymous": is_anonymous}
            return {"status": "administrator", "user": user, **rights}
        case Standing.RESTRICTED:
            return {"status": "restricted", "user": user, **RESTRICTED_RIGHTS}
        case Standing.KICKED | Standing.BLOCKED | Standing.DEACTIVATED:
            return {"status": "kicked", "user": user, "until_date": 0}
        case Standing.LEFT:
            return {"status": "left", "user": user}
        case Standing.MEMBER:
            return {"status": "member", "user": user}


def message_json(message: Message, *, with_reply: bool = True) -> Json:
    """Bot API: Message; what it replies to is shown one level deep only."""
    reply = message.reply_to if with_reply else None
    shown = _present(
        message_id=message.id,
        date=int(message.date.timestamp()),
        chat=chat_json(message.chat),
        **{"from": user_json(message.shown_sender)},
        sender_chat=chat_json(message.sender_chat) if message.sender_chat else None,
        via_bot=user_json(message.via_bot) if message.via_bot else None,
        **_thread_json(message),
        edit_date=int(message.edit_date.timestamp()) if message.edit_date else None,
        reply_to_message=message_json(reply, with_reply=False) if reply else None,
        media_group_id=message.media_group_id,
        text=message.text,
        caption=message.caption or None,
        **_entities_json(message),
        **_media_of(message),
        has_protected_content=message.is_protected or None,
        reply_markup=_markup_json(message),
    )
    return shown | message.service


def pressed_message_json(message: Message) -> Json:
    """Bot API: MaybeInaccessibleMessage; of a message that is gone only its place is told, and no date."""
    if message.is_deleted:
        return {"message_id": message.id, "date": 0, "chat": chat_json(message.chat)}
    return message_json(message)


def file_json(file: StoredFile) -> Json:
    return {"file_id": file.id, "file_unique_id": file.unique_id, "file_size": file.size}


def _media_of(message: Message) -> Json:
    """Animations stand under `document` as well, as the server keeps them for older bots."""
    document = message.document or message.animation
    return _present(
        photo=[_size_json(size) for size in message.photo] or None,
        video=_media_json(message.video) if message.video else None,
        animation=_media_json(message.animation) if message.animation else None,
        document=_media_json(document, kind=FileKind.DOCUMENT) if document else None,
        voice=_voice_json(message.voice) if message.voice else None,
        sticker=_sticker_json(message.sticker) if message.sticker else None,
    )


def _voice_json(voice: Media) -> Json:
    return file_json(voice.file) | {"mime_type": voice.mime_type, "duration": voice.duration}


def _sticker_json(sticker: Media) -> Json:
    return file_json(sticker.file) | {
        "type": "regular",
        "width": sticker.width,
        "height": sticker.height,
        "is_animated": False,
        "is_video": False,
    }


def _media_json(media: Media, *, kind: FileKind | None = None) -> Json:
    thumbnail = _size_json(media.thumbnail) if media.thumbnail else None
    shown = _present(
        **file_json(media.file), mime_type=media.mime_type, file_name=media.file_name, thumbnail=thumbnail
    )
    if (kind or media.file.kind) is FileKind.DOCUMENT:
        return shown
    return shown | {"width": media.width, "height": media.height, "duration": media.duration}


def _size_json(size: PhotoSize) -> Json:
    return file_json(size.file) | {"width": size.width, "height": size.height}


def _entities_json(message: Message) -> Json:
    if not message.entities:
        return {}
    entities = [entity.to_json() for entity in message.entities]
    return {"entities" if message.text is not None else "caption_entities": entities}


def _thread_json(message: Message) -> Json:
    """A topic's thread; in a supergroup without topics, the thread of replies, which no message can be sent to."""
    if message.thread_id is not None:
        return {"message_thread_id": message.thread_id, "is_topic_message": True}
    if message.chat.kind != "supergroup" or message.chat.is_forum or message.reply_to is None:
        return {}
    root = message.reply_to
    while root.reply_to is not None:
        root = root.reply_to
    return {"message_thread_id": root.id}


def _markup_json(message: Message) -> Json | None:
    if not message.buttons:
        return None
    return {"inline_keyboard": [[button.raw for button in row] for row in message.buttons]}


def _present(**fields: object) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
