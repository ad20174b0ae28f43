"""The button under a broadcast that goes out."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup

from chat import broadcast_texts
from chat.callback_data import ButtonKind, button
from domain.broadcast import Broadcast


def stop_button(broadcast: Broadcast) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button(broadcast_texts.stop(), ButtonKind.BROADCAST_STOP, broadcast.id)]])
