"""Characters: saved under a name, listed, removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from telegram import InlineKeyboardMarkup, Message

from chat.callback_data import ButtonKind, button, in_rows
from chat.send import answer
from domain.character import LONGEST_NAME, Character, character_name, spelled_alike
from domain.clip_address import check_unexpired, public_address
from domain.edits import is_finished
from domain.job import Place
from domain.refusals import CharacterNameUnusable, ClipAddressUnusable, Refusal
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.characters import texts as character_texts
from handlers.context import Context
from handlers.message import command_of, place_of
from handlers.message_call import MessageCall
from handlers.request.accept import refuse
from handlers.videos import find_shown
from storage.characters import SavedCharacter

_ADD = re.compile(
    r"add\s+(?P<name>\S+)(?:\s+(?P<url>\S*://\S+))?\s+(?P<span>\S.*)", re.IGNORECASE | re.DOTALL
)
#: What the buttons of the question carry.
_SURELY, _NOT = "yes", "no"
_IN_ROW = 2


@dataclass(frozen=True, slots=True)
class Addition:
    """What `/character add` says: the words as they were written; without `url` a video is replied to."""

    name: str
    url: str | None
    span: str

    @classmethod
    def parse(cls, words: str) -> Self | None:
        """Read the words behind `/character`; None if they are not `add NAME [URL] START,END`."""
        found = _ADD.fullmatch(words)
        return None if found is None else cls(found["name"], found["url"], found["span"])


async def on_character(call: MessageCall) -> None:
    """`/character` lists; `/character add NAME [URL] START,END` saves one, without URL from the video replied to."""
    message = call.message
    if (command := command_of(message, call.context.bot.username)) is None:
        return
    if not command.words:
        saved = await call.services.storage.characters.list_of(place_of(message).requester_id)
        await call.answer(character_texts.characters(saved), _list_buttons(saved))
        return
    addition = Addition.parse(command.words)
    if addition is None or (addition.url is None and message.reply_to_message is None):
        await call.answer(character_texts.how_to_add())
        return
    try:
        await _add(call.context, message, addition)
    except Refusal as refused:
        await refuse(message, refused)


async def on_remove(press: ButtonPress) -> None:
    """[🗑 @name]: ask once more, then remove it, or go back to the list."""
    services = press.context.services
    saved = await services.storage.characters.find(press.pressed.row_id)
    if saved is None:
        raise PressRefused(texts.too_old())
    owner = saved.owner_id
    if not await press.is_theirs(Place(account_id=owner, requester_id=owner, chat_id=owner)):
        raise PressRefused(texts.not_yours())
    await press.say()
    if press.pressed.value not in {_SURELY, _NOT}:
        await press.edit(character_texts.surely_remove(saved.name), _question_buttons(saved))
        return
    if press.pressed.value == _SURELY:
        await services.storage.characters.remove(saved.id)
    left = await services.storage.characters.list_of(owner)
    await press.edit(character_texts.characters(left), _list_buttons(left))


async def _add(context: Context, message: Message, addition: Addition) -> None:
    name = character_name(addition.name)
    if name == spelled_alike(context.bot.username):
        raise CharacterNameUnusable(addition.name, LONGEST_NAME)
    if addition.url is not None:
        character = Character.parse(addition.url, addition.span)
    else:
        found = await _seen_in_own_video(context, message, addition.span)
        if found is None:
            return
        character = found
    services, now = context.services, context.services.clock()
    check_unexpired(character.url, now)
    saved = await services.storage.characters.add(place_of(message).requester_id, name, character, now=now)
    await answer(message, character_texts.added(saved))


async def _seen_in_own_video(context: Context, message: Message, span: str) -> Character | None:
    """Return the character seen in the video that is replied to; None, and say so, if it cannot lend one."""
    job = await find_shown(context, message.reply_to_message)
    if job is None or not is_finished(job) or job.place.requester_id != place_of(message).requester_id:
        await answer(message, character_texts.no_own_video())
        return None
    if job.request.private:
        await answer(message, character_texts.private_video())
        return None
    try:
        address = public_address(job.video_url or "")
    except ClipAddressUnusable:
        await answer(message, character_texts.no_public_address())
        return None
    return Character.seen_in(address, span)


def _list_buttons(saved: Sequence[SavedCharacter]) -> InlineKeyboardMarkup | None:
    if not saved:
        return None
    row = [button(character_texts.remove(one.name), ButtonKind.REMOVE_CHARACTER, one.id) for one in saved]
    return InlineKeyboardMarkup(in_rows(row, _IN_ROW))


def _question_buttons(saved: SavedCharacter) -> InlineKeyboardMarkup:
    choices = ((character_texts.yes_remove(), _SURELY), (character_texts.keep(), _NOT))
    return InlineKeyboardMarkup(
        [[button(words, ButtonKind.REMOVE_CHARACTER, saved.id, value) for words, value in choices]]
    )
