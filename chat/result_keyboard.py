"""The buttons under a finished video, and the job that they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message, SwitchInlineQueryChosenChat

from chat import button_texts, callback_data, result_texts
from chat.callback_data import ButtonKind, button, in_rows
from chat.share_links import words_of
from domain.catalogue import Catalogue
from domain.edits import can_be_edited, lends_character
from domain.job import Job
from domain.request import VideoRequest
from domain.variants import Variant, VariantKind, variants_of

_OF_VIDEOS = frozenset(
    {
        ButtonKind.AGAIN,
        ButtonKind.CHANGE,
        ButtonKind.VARIANTS,
        ButtonKind.VARY,
        ButtonKind.PRIVATE,
        ButtonKind.PUBLIC,
        ButtonKind.SAVE_CHARACTER,
        ButtonKind.RESULT,
        ButtonKind.DELETE,
    }
)
#: What [Yes, delete] carries.
SURELY = "yes"
#: What the price begins with on the button that makes an edit without the options that were said with it.
PLAIN = "plain"
#: With a catalogue of hundreds of models, more buttons than these would be nobody's help.
_MOST_VARIANTS = 40
_IN_ROW = 2


def of_video(job: Job, catalogue: Catalogue, bot: Bot) -> InlineKeyboardMarkup:
    """Return what can be done with a finished video: only what makes sense for it, and what this bot is set up for.

    What a private video is kept from says so when it is pressed.
    """
    request = job.request
    row = [button(result_texts.again(), ButtonKind.AGAIN, job.id)]
    if can_be_edited(replace(request, private=False), catalogue):
        kind = ButtonKind.PRIVATE if request.private else ButtonKind.CHANGE
        row.append(button(result_texts.change(), kind, job.id))
    if variants_of(request, catalogue):
        row.append(button(result_texts.variants(), ButtonKind.VARIANTS, job.id))
    if bot.supports_inline_queries:
        kept = button(result_texts.share(), ButtonKind.PRIVATE, job.id)
        row.append(kept if request.private else _share(job, bot))
    if lends_character(job, catalogue):
        row.append(button(result_texts.save_character(), ButtonKind.SAVE_CHARACTER, job.id))
    row.append(button(result_texts.delete(), ButtonKind.DELETE, job.id))
    return InlineKeyboardMarkup(in_rows(row, _IN_ROW))


def of_variants(job: Job, variants: Sequence[Variant], catalogue: Catalogue) -> InlineKeyboardMarkup:
    shown = variants[:_MOST_VARIANTS]
    near = [_choice(job, one, catalogue) for one in shown if one.kind is not VariantKind.MODEL]
    # A model's name, its length and its price want a whole row.
    models = [[_choice(job, one, catalogue)] for one in shown if one.kind is VariantKind.MODEL]
    back = button(button_texts.back(), ButtonKind.RESULT, job.id)
    return InlineKeyboardMarkup([*in_rows(near, _IN_ROW), *models, [back]])


def of_private(job: Job, public: VideoRequest) -> InlineKeyboardMarkup:
    """Return the buttons that offer a private video's request as a public one."""
    make = button(result_texts.public(public.price), ButtonKind.PUBLIC, job.id, str(public.price))
    return InlineKeyboardMarkup([[make], [button(button_texts.back(), ButtonKind.RESULT, job.id)]])


def of_deletion(job: Job) -> InlineKeyboardMarkup:
    """Return the buttons of the question whether the video is really to be deleted."""
    return InlineKeyboardMarkup(
        [
            [
                button(result_texts.delete_surely(), ButtonKind.DELETE, job.id, SURELY),
                button(result_texts.keep(), ButtonKind.RESULT, job.id),
            ]
        ]
    )


def of_edit_card(draft_id: int, price: int) -> InlineKeyboardMarkup:
    """Return the button that makes the edit; it carries the price that stands on the card."""
    make = button(button_texts.make_for(price), ButtonKind.EDIT, draft_id, str(price))
    return InlineKeyboardMarkup([[make]])


def of_refused_edit(draft_id: int, price: int, *, without_options: int | None = None) -> InlineKeyboardMarkup:
    """Return the button that makes it new, and the one that changes it `without_options`, if that can be, for that price.

    Each carries the price that it says.
    """
    rows = [[button(button_texts.anew_for(price), ButtonKind.ANEW_OF_DRAFT, draft_id, str(price))]]
    if without_options is not None:
        words, value = button_texts.without_options(without_options), f"{PLAIN}{without_options}"
        rows.append([button(words, ButtonKind.EDIT, draft_id, value)])
    return InlineKeyboardMarkup(rows)


def job_id_under(message: Message) -> int | None:
    """Return the id of the job whose video a message shows, by its buttons; None if it is no video with such."""
    if message.reply_markup is None or not (message.video or message.animation or message.document):
        return None
    carried = (one.callback_data for row in message.reply_markup.inline_keyboard for one in row)
    read = (callback_data.read(data) for data in carried if isinstance(data, str))
    return next((pressed.row_id for pressed in read if pressed and pressed.kind in _OF_VIDEOS), None)


def _choice(job: Job, variant: Variant, catalogue: Catalogue) -> InlineKeyboardButton:
    return button(result_texts.variant(variant, catalogue), ButtonKind.VARY, job.id, variant.key)


def _share(job: Job, bot: Bot) -> InlineKeyboardButton:
    return InlineKeyboardButton(
        result_texts.share(),
        switch_inline_query_chosen_chat=SwitchInlineQueryChosenChat(
            query=words_of(job.id, bot.token),
            allow_user_chats=True,
            allow_group_chats=True,
            allow_channel_chats=True,
        ),
    )
