"""A model ends between two requests: nobody is charged or waits for ever, and the next video is made by one that lives."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import Any

import pytest

from domain.catalogue_file import parse_catalogue
from sandbox.telegram.chats import Chat, Message
from sandbox.video_api.model_ends import ModelEnd
from tests.journeys.buttons import labels, prefer, press
from tests.journeys.sandbox import ALLOWANCE, UNHURRIED, Sandbox
from tests.journeys.talk import next_answer

MODEL_HELD = "⏸ The video service is not accepting videos for this model right now."
GONE_FOR_ADMINS = "🎬 The video API does not offer sora-2 any more. Other models work."
NOT_TO_BE_HAD = "Sora 2 is not available at the moment. Veo 3.1 Fast can make this instead."
NO_EDITS = "The model of this video is no longer available, so the video cannot be changed."
ANEW = "🎬 Make it new"
#: What the request below costs by the default model, and by the first that lives.
BY_DEFAULT, BY_NEXT = 1, 3
ENDS = [end for end in ModelEnd if end is not ModelEnd.ONLY_UNLISTED]


@pytest.fixture
def admin(sandbox: Sandbox) -> dict[str, Any]:
    """Return the settings by which the sandbox's person runs the bot."""
    return {"admin_ids": str(sandbox.person.id), "limits": UNHURRIED}


async def until_offered(sandbox: Sandbox, chat: Chat) -> Message:
    """Wait until who waits for a model is shown other models."""
    message = await sandbox.until_said(MODEL_HELD, chat)
    await sandbox.telegram.until(lambda: len(labels(message)) > 1)
    return message


async def press_of(sandbox: Sandbox, chat: Chat, message: Message, button: str) -> None:
    await sandbox.telegram.press(chat.members[0], message, button).answered()


@pytest.mark.parametrize("how", ENDS)
async def test_the_default_model_ends_between_two_requests(
    sandbox: Sandbox, admin: dict[str, Any], how: ModelEnd
) -> None:
    before, waits, after = map(sandbox.newcomer, ("before", "waits", "after"))
    async with sandbox.bot(**admin):
        sandbox.ask(before, "/video before")
        await sandbox.until_video(before)
        sandbox.video_api.retire("sora-2", how)
        sandbox.ask(waits, "/video meanwhile")
        offered = await until_offered(sandbox, waits)
        buttons = labels(offered)
        await press_of(sandbox, waits, offered, "🎬 Veo 3.1 Fast · 1 credit")
        await sandbox.until_video(waits)
        sandbox.ask(after, "/video after")
        await sandbox.until_video(after)
        await sandbox.until_said(GONE_FOR_ADMINS)
        jobs = await sandbox.until_over(4)

    assert buttons[0] == ["🎬 Veo 3.1 Fast · 1 credit"]
    assert buttons[-1] == ["✋ Cancel"]
    assert [await sandbox.left(chat) for chat in (before, waits, after)] == [
        ALLOWANCE - BY_DEFAULT,
        ALLOWANCE - BY_DEFAULT,
        ALLOWANCE - BY_NEXT,
    ]
    assert [(job.request.prompt, job.request.model, job.state) for job in jobs] == [
        ("before", "sora-2", "done"),
        ("meanwhile", "sora-2", "cancelled"),
        ("meanwhile", "veo-fast", "done"),
        ("after", "sora-2-pro", "done"),
    ]
    [gone] = [message.words for message in sandbox.bot_messages() if GONE_FOR_ADMINS in message.words]
    assert "Its orders wait in the queue." in gone


async def test_a_model_that_is_only_left_out_of_the_list_is_made_by_who_names_it(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.retire("sora-2", ModelEnd.ONLY_UNLISTED)
    async with sandbox.bot(**admin):
        sandbox.ask(sandbox.chat, "/video by itself")
        sandbox.ask(sandbox.chat, "/video by name --model sora-2")
        await sandbox.until_video(number=2)
        jobs = await sandbox.until_over(2)
    assert sorted((job.request.prompt, job.request.model) for job in jobs) == [
        ("by itself", "sora-2-pro"),
        ("by name", "sora-2"),
    ]


async def test_who_prefers_or_names_a_model_that_has_ended_gets_a_card_of_another(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    async with sandbox.bot(**admin):
        await prefer(sandbox, "Sora 2 ▾", "Sora 2 · from 1 credit")
        sandbox.video_api.retire("sora-2", ModelEnd.UNLISTED)
        sandbox.ask(sandbox.chat, "/video first")
        offered = await until_offered(sandbox, sandbox.chat)
        models = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/models"))
        named = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video named --model sora-2"))
        card = named.words
        preferred = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video preferred"))
        settings = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/settings"))
        await press(sandbox, named, "🎬 Make it")
        await sandbox.until_video()
        sandbox.video_api.revive("sora-2")
        await press_of(sandbox, sandbox.chat, offered, "✋ Cancel")
    assert "--model sora-2\n" not in models.words
    assert card.startswith(NOT_TO_BE_HAD)
    assert preferred.words.startswith(
        "Sora 2 is not available at the moment. Sora 2 Pro can make this instead."
    )
    assert "Sora 2 Pro" in settings.words


async def test_it_comes_back_by_itself_when_it_is_listed_again(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    async with sandbox.bot(**admin):
        await sandbox.until_polled()
        sandbox.video_api.retire("sora-2", ModelEnd.UNLISTED)
        sandbox.ask(sandbox.chat, "/video waits")
        await until_offered(sandbox, sandbox.chat)
        sandbox.video_api.revive("sora-2")
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/upstream"))
        await press_of(sandbox, sandbox.chat, shown, "Try now")
        await sandbox.until_video()
        models = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/models"))
    assert "--model sora-2\n" in models.words


async def test_nobody_waits_for_a_model_for_longer_than_a_day(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    patient = admin | {"stale_after_seconds": 7 * 86_400}
    async with sandbox.bot(**patient):
        await sandbox.until_polled()
        sandbox.video_api.retire("sora-2", ModelEnd.GONE)
        sandbox.ask(sandbox.chat, "/video waits")
        await until_offered(sandbox, sandbox.chat)
    with closing(sqlite3.connect(sandbox.folder / "reelbot.db")) as database, database:
        database.execute("UPDATE jobs SET created_at = created_at - 2 * 86400000000")
    async with sandbox.bot(**patient):
        ended = await sandbox.until_said("❌ No video this time.")
        buttons = labels(ended)
        left = await sandbox.left(sandbox.chat)
    assert "no longer offers this model" in ended.words
    assert buttons[0] == ["🎬 Veo 3.1 Fast · 1 credit"]
    assert left == ALLOWANCE


async def test_an_edit_whose_model_ends_is_made_new_while_it_waits(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.telegram.repeat_updates = True
    async with sandbox.bot(**admin):
        waiting = await edited_too_late(sandbox)
        buttons = labels(waiting)
    async with sandbox.bot(**admin):
        presses = [sandbox.telegram.press(sandbox.person, waiting, ANEW) for _ in range(3)]
        await asyncio.gather(*(press.answered() for press in presses))
        await sandbox.until_video(number=2)
        jobs = await sandbox.until_over(3)
        left = await sandbox.left(sandbox.chat)
    assert buttons == [[ANEW], ["✋ Cancel"]]
    assert [(job.request.prompt, job.request.model, job.state) for job in jobs] == [
        ("a red kite", "sora-2", "done"),
        ("make it night", "sora-2", "cancelled"),
        ("a red kite. make it night", "veo-fast", "done"),
    ]
    assert left == ALLOWANCE - 2
    assert [order.fields["model"] for order in sandbox.video_api.orders] == ["sora-2", "veo_3_1-fast"]


async def test_an_edit_whose_model_ended_is_made_new_once_it_has_failed_of_that(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    patient = admin | {"stale_after_seconds": 7 * 86_400}
    async with sandbox.bot(**patient):
        await edited_too_late(sandbox)
    with closing(sqlite3.connect(sandbox.folder / "reelbot.db")) as database, database:
        database.execute("UPDATE jobs SET created_at = created_at - 2 * 86400000000")
    async with sandbox.bot(**patient):
        ended = await sandbox.until_said("❌ No video this time.")
        buttons = labels(ended)
        await press_of(sandbox, sandbox.chat, ended, ANEW)
        await sandbox.until_video(number=2)
        jobs = await sandbox.until_over(3)
    assert buttons == [[ANEW]]
    assert [(job.request.prompt, job.request.model, job.state) for job in jobs[1:]] == [
        ("make it night", "sora-2", "failed"),
        ("a red kite. make it night", "veo-fast", "done"),
    ]


async def test_what_was_an_edit_is_asked_for_again_and_made_new(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    async with sandbox.bot(**admin):
        waiting = await edited_too_late(sandbox)
        await press(sandbox, waiting, "✋ Cancel")
        await press_of(sandbox, sandbox.chat, waiting, "🎬 Make the video")
        refused = await sandbox.until_said(NO_EDITS)
        buttons = labels(refused)
        await press_of(sandbox, sandbox.chat, refused, ANEW)
        await sandbox.until_video(number=2)
        jobs = await sandbox.until_over(3)
    assert buttons == [[ANEW]]
    assert [(job.request.prompt, job.state) for job in jobs[1:]] == [
        ("make it night", "cancelled"),
        ("a red kite. make it night", "done"),
    ]


async def edited_too_late(sandbox: Sandbox) -> Message:
    """Have a video made, and changed when its model has just ended; return the status message of the change."""
    sandbox.ask(sandbox.chat, "/video a red kite")
    video = await sandbox.until_video()
    await sandbox.until_over(1)
    sandbox.video_api.retire("sora-2", ModelEnd.GONE)
    sandbox.telegram.say(sandbox.chat, sandbox.person, "make it night", reply_to=video)
    return await until_offered(sandbox, sandbox.chat)


async def test_what_a_model_that_has_ended_never_made_is_made_by_one_that_does(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    sandbox.video_api.retire("sora-2", ModelEnd.UNLISTED)
    async with sandbox.bot(**admin):
        sandbox.ask(sandbox.chat, "/video waits --model sora-2")
        await until_offered(sandbox, sandbox.chat)
        able = await next_answer(
            sandbox, sandbox.ask(sandbox.chat, "/video a cat --model sora-2 --seconds 8")
        )
        unable = await next_answer(
            sandbox, sandbox.ask(sandbox.chat, "/video a cat --model sora-2 --seconds 5")
        )
    assert able.words.startswith(NOT_TO_BE_HAD)
    assert unable.words == "Veo 3.1 Fast makes videos of 8 s, not of 5 s."


async def test_an_api_that_lists_only_strangers_offers_nothing_by_itself_and_says_so(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    known = parse_catalogue(
        '[models.dream]\ntitle = "Dream"\nlengths = [5]\nsizes = ["1280x720"]\nprice = 1\n'
    )
    async with sandbox.bot(catalogue=known, **admin):
        refused = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video a cat"))
        start = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/start"))
        told = await sandbox.until_said("🎬 The video API lists no model that I know")
    assert refused.words.startswith("The video service lists none of the models that I know.")
    assert labels(refused) == [["Dream · 5 s · 1 credit"]]
    assert ("lists none of the models" in start.words, start.buttons) == (True, [])
    assert "sora-2" in told.words
    assert "reelbot models" in told.words
    assert sandbox.video_api.orders == []


async def test_admins_switch_a_model_off_price_it_and_make_another_the_default(
    sandbox: Sandbox, admin: dict[str, Any]
) -> None:
    person = sandbox.newcomer("Bo")
    async with sandbox.bot(**admin):
        off = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/model sora-2 off"))
        priced = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/model veo-fast 2"))
        unusable = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/model veo-fast cheap"))
        too_little = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/model sora-2-pro 15=3"))
        default = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/model veo-fast"))
        await press(sandbox, default, "Make it everybody’s default")
        stranger = await next_answer(sandbox, sandbox.ask(person, "/model veo-fast off"))
        sandbox.ask(person, "/video a kite")
        await sandbox.until_video(person)
    async with sandbox.bot(**admin):
        models = await next_answer(sandbox, sandbox.ask(person, "/models"))
        shown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/model sora-2"))
        await press(sandbox, shown, "Switch it on")
        again = await next_answer(sandbox, sandbox.ask(person, "/models"))
        audit = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/audit"))
    assert "Switched off" in off.words
    assert "2 credits (changed here)" in priced.words
    assert too_little.words.startswith("“15=3” is not a price")
    assert unusable.words.startswith("“cheap” is not a price")
    assert default.words.splitlines()[1] == "✅ Available, and everybody’s default."
    assert "do not know this command" in stranger.words
    assert await sandbox.left(person) == ALLOWANCE - 2
    assert ["--model sora-2\n" in message.words for message in (models, again)] == [False, True]
    assert "Mina changed a model: sora-2 off" in audit.words
