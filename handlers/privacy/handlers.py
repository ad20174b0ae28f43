"""`/delete_my_data`: a person asks to be forgotten, confirms it, and is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram import InlineKeyboardMarkup
from telegram.constants import ChatType

from chat.callback_data import Press, button
from domain.job import State
from handlers import texts
from handlers.jobs.cancel import call_off
from handlers.privacy import texts as forgetting_texts
from handlers.request.accept import answer

if TYPE_CHECKING:
    from telegram import Update

    from handlers.button_press import Pressing
    from handlers.context import Context


async def on_delete_my_data(update: Update, _: Context) -> None:
    """Say what would go, and ask."""
    message = update.effective_message
    if message is None:
        return
    if message.chat.type != ChatType.PRIVATE:
        await answer(message, forgetting_texts.in_private_only())
        return
    await answer(message, forgetting_texts.confirm(), _question(message.chat_id))


async def on_forget(pressing: Pressing) -> None:
    """[Delete everything]: at once, or once what is ordered has arrived."""
    if not await _is_theirs(pressing):
        return
    context, person_id = pressing.context, pressing.presser_id
    services = context.services
    await pressing.say()
    for job in await services.jobs.find_unfinished(person_id):
        if job.state is State.QUEUED:
            await call_off(context, job)
    outcome = await services.forgetting.forget(person_id, now=services.clock())
    if outcome.under_way:
        await pressing.edit(forgetting_texts.under_way(outcome.under_way), _question(person_id))
        return
    services.people.forget(person_id)
    services.accounts.forget(person_id)
    is_spoken_of = services.accounts.known(person_id).is_spoken_of
    forgotten = forgetting_texts.forgotten(outcome.still_counting, is_spoken_of=is_spoken_of)
    await pressing.edit(
        forgotten if outcome.is_erased else f"{forgotten}\n\n{forgetting_texts.not_erased_yet()}"
    )


async def on_keep(pressing: Pressing) -> None:
    """[Keep it]"""
    if await _is_theirs(pressing):
        await pressing.say()
        await pressing.edit(forgetting_texts.kept())


async def _is_theirs(pressing: Pressing) -> bool:
    if pressing.presser_id == pressing.pressed.row_id:
        return True
    await pressing.say(texts.not_yours())
    return False


def _question(person_id: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        [
            [button(forgetting_texts.delete_everything(), Press.FORGET, person_id)],
            [button(forgetting_texts.keep_everything(), Press.KEEP, person_id)],
        ]
    )
