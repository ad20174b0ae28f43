"""Albums: several pictures that were sent at once are one request."""

from __future__ import annotations

from telegram import Message
from telegram.constants import ChatType

from chat.albums import Album
from chat.send import answer
from domain.request import Photo
from handlers import texts
from handlers.addressing import is_overheard, words_to
from handlers.context import Context
from handlers.create import texts as create_texts
from handlers.create.handlers import order
from handlers.create.pictures import NoPicture, PictureRefusal, photo_of
from handlers.message import caption_of, command_of, idempotency_key_of


async def on_album(album: Album, context: Context) -> None:
    """An album with its words under any of its members; in a group only if they are meant for us."""
    if is_overheard(album.first):
        return
    is_private = album.first.chat.type == ChatType.PRIVATE
    command = _command_under(album, context.bot.username)
    if command is None and not is_private and not _mentions_us(album, context):
        return
    if command not in {None, "video"}:
        if is_private:
            await answer(album.first, texts.unknown_command())
        return
    await _order(album, context, _words_under(album, context))


async def _order(album: Album, context: Context, words: str) -> None:
    photos: list[Photo] = []
    for message in album.messages:
        try:
            photo = photo_of(message)
        except NoPicture:
            continue
        except PictureRefusal as refused:
            # The others would make another video than the one that was meant.
            await answer(message, create_texts.refusal(refused))
            return
        if photo is not None:
            photos.append(photo)
    if not photos:
        await answer(album.first, create_texts.no_pictures())
        return
    if len(photos) < len(album.messages) and await _is_new(album, context):
        await answer(album.first, create_texts.pictures_alone(len(photos)))
    await order(context, album.first, words, photos)


async def _is_new(album: Album, context: Context) -> bool:
    return (
        await context.services.storage.jobs.find_by_idempotency_key(idempotency_key_of(album.first)) is None
    )


def _command_under(album: Album, bot_username: str) -> str | None:
    """Return the name of the first command of ours in the captions."""
    commands = (command_of(message, bot_username) for message in album.messages)
    return next((command.name for command in commands if command is not None), None)


def _mentions_us(album: Album, context: Context) -> bool:
    return any(words_to(context.bot, message) is not None for message in album.messages)


def _words_under(album: Album, context: Context) -> str:
    """Return the captions, which are mostly one, each on a line of its own, without the command and our name."""
    captions = (_words_of(message, context) for message in album.messages)
    return "\n".join(caption for caption in captions if caption)


def _words_of(message: Message, context: Context) -> str:
    command = command_of(message, context.bot.username)
    if command is not None:
        return command.words
    words = words_to(context.bot, message)
    return caption_of(message, context.bot.username) if words is None else words
