"""Changing a finished video by words, and making it new where it cannot be changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from domain.failures import FailureReason
from sandbox.video_faults import FaultKind, Route, VideoFault
from tests.journeys.results import ALL, words_on
from tests.journeys.talk import next_answer, picture, serving, until_gone
from tests.journeys.town import ALLOWANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from sandbox.chats import Chat, Message
    from sandbox.orders import Order
    from tests.journeys.town import Town

CHANGE, ANEW, TRY_AGAIN = "Change", "Make it new", "Try again"
HOW = "Reply to one of my videos with what should change, for example:\n/edit make it night"


def ordered(town: Town) -> list[tuple[str, dict[str, str]]]:
    """Return which address each order went to, with its video's id left out, and what it said."""
    ids = {order.video_id for order in town.video_api.orders}
    return [
        ("/".join("ID" if part in ids else part for part in order.path.split("/")), order.fields)
        for order in town.video_api.orders
    ]


async def made(town: Town, words: str, *, chat: Chat | None = None) -> Message:
    """Let the person ask for a video, and wait until they have it and nothing is under way."""
    before = len(town.videos(chat))
    town.ask(chat or town.chat, f"/video@reelbot_bot {words}")
    video = await town.until_video(chat, number=before + 1)
    await town.until_over(len(await town.jobs()))
    return video


async def test_change_asks_what_and_makes_an_edit_of_the_answer(town: Town) -> None:
    async with serving(town):
        video = await made(town, "a cat --landscape")
        town.telegram.press(town.person, video, CHANGE)
        question = await next_answer(town, video)
        answer = town.telegram.say(town.chat, town.person, "make it night", reply_to=question)
        edit = await town.until_video(number=2)
        await town.until_over(2)
    first, second = await town.jobs()
    assert question.words == "✏️ What should change in this video? Reply to this message with a few words."
    assert question.placeholder == "e.g. make it night"
    assert ordered(town)[1] == (
        "/v1/videos/ID/remix",
        {"model": "sora-2", "prompt": "make it night", "size": "1280x720"},
    )
    assert town.video_api.orders[1].path.split("/")[3] == first.video_id
    assert (second.request.original is not None and second.request.original.job_id) == first.id
    assert edit.reply_to is answer
    assert edit.words == "✏️ make it night\n\nSora 2 · 10 s · 1280×720"
    assert (words_on(video), words_on(edit)) == (ALL, ALL)
