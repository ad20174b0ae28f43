"""The buttons under `/start`: an example made by one tap, a surprise, and how to send a photo."""

from __future__ import annotations

import secrets
from dataclasses import replace

from telegram import ForceReply

from chat.callback_data import number_in
from chat.language import spoken
from chat.send import Destination, send
from domain.job import Place
from domain.options import PromptOptions
from domain.request import VideoRequest
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.request import ideas, welcome_texts
from handlers.request.card import missed_preference, open_card
from handlers.request.make import request_of


async def on_example(press: ButtonPress) -> None:
    """An example, for whoever pressed: made at once, or shown to who wants to see the price first, or if that has risen."""
    name, _, shown_price = press.pressed.value.partition("/")
    words = ideas.example(name)
    if words is None:
        raise PressRefused(texts.too_old())
    place, options = _place_of(press), PromptOptions(prompt=words)
    request = await request_of(press.context, place, options, ())
    if _is_to_be_shown(press, place, request, shown_price):
        await _show(press, place, words)
    else:
        await press.accept_once_more(place=place, request=request)


async def on_surprise(press: ButtonPress) -> None:
    """[Surprise me]: the card of an idea, for whoever pressed; nothing is spent yet."""
    await _show(press, _place_of(press), ideas.surprise(secrets.choice(ideas.names())) or "")


async def on_photo(press: ButtonPress) -> None:
    """[Animate a photo]: say how to send one."""
    if press.is_in_group:
        raise PressRefused(texts.too_old())
    await press.say()
    place = _place_of(press)
    await send(
        press.context.bot,
        Destination(place.chat_id, place.thread_id),
        welcome_texts.how_to_send_photo(),
        ForceReply(input_field_placeholder=welcome_texts.photo_wanted()),
    )


def _place_of(press: ButtonPress) -> Place:
    """Return the place for what the presser asks for: it is no answer to the message with the button."""
    return replace(press.place_here(press.presser_id), request_message_id=None, language=spoken())


def _is_to_be_shown(press: ButtonPress, place: Place, request: VideoRequest, shown_price: str) -> bool:
    shown = number_in(shown_price)
    is_dearer = shown is None or request.price > shown
    is_other = missed_preference(press.context, place, PromptOptions(prompt=request.prompt)) is not None
    return is_dearer or is_other or press.context.preferences.ask_first


async def _show(press: ButtonPress, place: Place, words: str) -> None:
    """Show the card of the words, and spend nothing."""
    await open_card(
        press.context,
        None,
        idempotency_key=f"press:{press.query.id}",
        place=place,
        options=PromptOptions(prompt=words),
        photos=(),
    )
    await press.say()
