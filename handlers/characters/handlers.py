"""`/character`: characters saved by words, listed, removed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from telegram import InlineKeyboardMarkup, Message

from chat.callback_data import ButtonKind, button, in_rows
from chat.send import answer
from domain.character import Character
from domain.clip_address import check_unexpired, public_address
from domain.edits import is_finished, lends_character
from domain.job import Job, Place, State
from domain.refusals import Refusal
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.characters import texts as character_texts
from handlers.characters.from_video import usable_name, why_not
from handlers.context import Context, Services
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
#: So many of the newest videos are looked through for some that can lend a character, and so many of these are offered.
_LOOKED_THROUGH, _LENDING = 20, 3


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
        owner = place_of(message).requester_id
        saved = await call.services.storage.characters.list_of(owner)
        # What somebody made elsewhere is not shown to a group.
        videos = await _lending(call.services, owner) if message.chat_id == owner else ()
        await call.answer(
            character_texts.characters(saved, has_videos=bool(videos)), _page_buttons(saved, videos)
        )
        return
    addition = Addition.parse(command.words)
    if addition is None or (addition.url is None and message.reply_to_message is None):
        await call.answer(character_texts.how_to_add())
        return
    try:
        await _add(call.context, message, addition)
    except Refusal as refused:
        await refuse(message, refused)


async def on_list(press: ButtonPress) -> None:
    """[🎭 Characters], where a request names one that is not saved: the list, for who asked."""
    draft = await press.their_draft()
    await press.say()
    saved = await press.context.services.storage.characters.list_of(draft.place.requester_id)
    await press.answer(character_texts.characters(saved), _page_buttons(saved))


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
    await press.edit(character_texts.characters(left), _page_buttons(left))


async def _add(context: Context, message: Message, addition: Addition) -> None:
    name = usable_name(addition.name, context.bot.username)
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
    if (reason := why_not(job)) is not None:
        await answer(message, reason)
        return None
    return Character.seen_in(public_address(job.video_url or ""), span)


async def _lending(services: Services, owner_id: int) -> Sequence[Job]:
    """Return a person's newest videos from which a character can be saved."""
    newest = await services.storage.videos.page(owner_id, states={State.DONE}, limit=_LOOKED_THROUGH)
    return [job for job in newest if lends_character(job, services.catalogue)][:_LENDING]


def _page_buttons(saved: Sequence[SavedCharacter], videos: Sequence[Job] = ()) -> InlineKeyboardMarkup | None:
    removing = [
        button(character_texts.remove(one.name), ButtonKind.REMOVE_CHARACTER, one.id) for one in saved
    ]
    saving = [[button(character_texts.from_video(job), ButtonKind.SAVE_CHARACTER, job.id)] for job in videos]
    rows = [*in_rows(removing, _IN_ROW), *saving]
    return InlineKeyboardMarkup(rows) if rows else None


def _question_buttons(saved: SavedCharacter) -> InlineKeyboardMarkup:
    choices = ((character_texts.yes_remove(), _SURELY), (character_texts.keep(), _NOT))
    return InlineKeyboardMarkup(
        [[button(words, ButtonKind.REMOVE_CHARACTER, saved.id, value) for words, value in choices]]
    )
