"""`/delete_my_data`: asks a person to confirm, and deletes what is kept about them."""

from __future__ import annotations

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatType

from chat.callback_data import ButtonKind, button
from domain.job import State
from handlers import texts
from handlers.button_press import ButtonPress, PressRefused
from handlers.message_call import MessageCall
from handlers.privacy import texts as privacy_texts
from handlers.request.cancel import call_off


async def on_delete_my_data(call: MessageCall) -> None:
    """Say what would go, and ask."""
    message = call.message
    if message.chat.type != ChatType.PRIVATE:
        await call.answer(privacy_texts.in_private_only())
        return
    await call.answer(privacy_texts.confirm(), _question(message.chat_id))


async def on_forget(press: ButtonPress) -> None:
    """[Delete everything]: at once, or once what is ordered has arrived."""
    _check_whose(press)
    context, person_id = press.context, press.presser_id
    services = context.services
    await press.say()
    for job in await services.storage.jobs.find_unfinished(person_id):
        if job.state is State.QUEUED:
            await call_off(context, job)
    outcome = await services.storage.erasure.forget(person_id, now=services.clock())
    if outcome.under_way:
        await press.edit(privacy_texts.under_way(outcome.under_way), _question(person_id))
        return
    services.storage.preferences.forget(person_id)
    services.storage.accounts.forget(person_id)
    is_spoken_of = services.storage.accounts.cached(person_id).is_spoken_of
    forgotten = privacy_texts.forgotten(outcome.still_counting, is_spoken_of=is_spoken_of)
    await press.edit(forgotten if outcome.is_erased else f"{forgotten}\n\n{privacy_texts.not_erased_yet()}")


async def on_keep(press: ButtonPress) -> None:
    """[Keep it]"""
    _check_whose(press)
    await press.say()
    await press.edit(privacy_texts.kept())


def _check_whose(press: ButtonPress) -> None:
    if press.presser_id != press.pressed.row_id:
        raise PressRefused(texts.not_yours())


def _question(person_id: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [button(privacy_texts.delete_everything(), ButtonKind.FORGET, person_id)],
            [button(privacy_texts.keep_everything(), ButtonKind.KEEP, person_id)],
        ]
    )
