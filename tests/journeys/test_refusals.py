"""Refusals: what is possible instead is one tap away, at its price, and nothing need be said or sent again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.telegram.chats import Chat, Message
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.buttons import labels, prefer
from tests.journeys.sandbox import Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox
from tests.journeys.talk import next_answer, picture, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLIP = "https://cdn.example.org/clip.mp4"
CHARACTERS = "🎭 Characters"


@pytest_asyncio.fixture(name="sandbox", scope="module", loop_scope="module")
async def _sandbox(tmp_path_factory: pytest.TempPathFactory, clips: Path) -> AsyncIterator[Sandbox]:
    """One bot for all of them, run by the sandbox's person: each newcomer has a chat and 3 credits of their own."""
    async with opened_sandbox(tmp_path_factory.mktemp("sandbox"), clips=clips) as sandbox:
        sandbox.video_api.hold = True
        async with serving(sandbox, admin_ids=str(sandbox.person.id), max_rendering=100):
            yield sandbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """What is said, what is refused of it, which buttons there are, which one is tapped, and what that makes."""

    says: str
    reason: str
    buttons: tuple[str, ...]
    taps: str
    makes: str
    photos: int = 0
    saved: tuple[str, ...] = ()


TAPS = {
    "a length": Tap(
        says="/video a dog --seconds 12 --landscape",
        reason="Sora 2 makes videos of 10 or 15 s, not of 12 s.",
        buttons=("10 s · 1 credit", "15 s · 2 credits"),
        taps="15 s",
        makes="a dog | sora-2 15 s 1280x720",
    ),
    "a length of another model": Tap(
        says="/video a dog --model veo --seconds 10",
        reason="Veo 3.1 makes videos of 8 s, not of 10 s.",
        buttons=("8 s · 2 credits", "Sora 2 · 10 s · 1 credit"),
        taps="Sora 2",
        makes="a dog | sora-2 10 s 720x1280",
    ),
    "a shape": Tap(
        says="/video a dog --size 1:1 --seconds 15",
        reason="Sora 2 makes videos of 9:16 or 16:9, not of 1:1.",
        buttons=("📱 Portrait · 2 credits", "🖥 Landscape · 2 credits"),
        taps="Landscape",
        makes="a dog | sora-2 15 s 1280x720",
    ),
    "half a model's name": Tap(
        says="/video a dog --model sora --landscape",
        reason="There is no model “sora”. /models shows them all.",
        buttons=("Sora 2 · 10 s · 1 credit", "Sora 2 Pro · 15 s · 3 credits", "More models ▾"),
        taps="Sora 2 ·",
        makes="a dog | sora-2 10 s 1280x720",
    ),
    "a misspelt option": Tap(
        says="/video a dog --sice 16:9",
        reason="There is no option --sice. Did you mean --size?",
        buttons=("Yes, make it · 1 credit", "Keep it as text · 1 credit"),
        taps="Yes",
        makes="a dog | sora-2 10 s 1280x720",
    ),
    "text that looks like an option": Tap(
        says="/video a dog --fps 60 --landscape",
        reason="There is no option --fps. /help shows all options.",
        buttons=("Keep it as text · 1 credit",),
        taps="Keep it as text",
        makes="a dog --fps 60 | sora-2 10 s 1280x720",
    ),
    "a value that makes no sense": Tap(
        says="/video a dog --seconds soon",
        reason="--seconds cannot be “soon”. For example: --seconds 10",
        buttons=("10 s · 1 credit", "15 s · 2 credits"),
        taps="10 s",
        makes="a dog | sora-2 10 s 720x1280",
    ),
    "private with a model that cannot": Tap(
        says="/video a dog --model veo --private",
        reason="Veo 3.1 cannot keep a video private.",
        buttons=("Sora 2 · 10 s · 1 credit", "Sora 2 Pro · 15 s · 3 credits", "Public · 2 credits"),
        taps="Sora 2 ·",
        makes="a dog | sora-2 10 s 720x1280 private",
    ),
    "dearer than a day": Tap(
        says="/video a dog --model sora-2-pro --seconds 25",
        reason="This costs 5 credits, and you may spend 3 credits a day.",
        buttons=(
            "15 s · 3 credits",
            "Sora 2 · 15 s · 2 credits",
            "Veo 3.1 4K · 8 s · 3 credits",
            "Veo 3.1 · 8 s · 2 credits",
        ),
        taps="15 s · 3",
        makes="a dog | sora-2-pro 15 s 720x1280",
    ),
    "a photo, and a length": Tap(
        says="/video it dances --seconds 12",
        reason="Sora 2 makes videos of 10 or 15 s, not of 12 s.\n\nI keep the photo:",
        buttons=("10 s · 1 credit", "15 s · 2 credits"),
        taps="10 s",
        makes="it dances | sora-2 10 s 720x1280 1 photo",
        photos=1,
    ),
    "three photos, all of them": Tap(
        says="they dance",
        reason="🖼 Sora 2 would use only the first of your 3 photos. Which video shall I make?",
        buttons=(
            "All 3 · Veo 3.1 Components · 2 credits",
            "2 of 3 · Veo 3.1 Fast · 1 credit",
            "2 of 3 · Veo 3.1 · 2 credits",
            "1 of 3 · Sora 2 · 1 credit",
        ),
        taps="All 3",
        makes="they dance | veo-components 8 s 720x1280 3 photos",
        photos=3,
    ),
    "three photos, the first of them": Tap(
        says="they dance",
        reason="🖼 Sora 2 would use only the first",
        buttons=(
            "All 3 · Veo 3.1 Components · 2 credits",
            "2 of 3 · Veo 3.1 Fast · 1 credit",
            "2 of 3 · Veo 3.1 · 2 credits",
            "1 of 3 · Sora 2 · 1 credit",
        ),
        taps="1 of 3",
        makes="they dance | sora-2 10 s 720x1280 1 photo",
        photos=3,
    ),
    "nobody of this name": Tap(
        says="/video @mia surfs",
        reason="You have no character @mia, so the video would show none.",
        buttons=("Make it anyway · 1 credit", CHARACTERS),
        taps="anyway",
        makes="@mia surfs | sora-2 10 s 720x1280",
    ),
    "nearly somebody's name, on plain words": Tap(
        says="@mia surfs",
        reason="You have no character @mia. Did you mean @mina?",
        buttons=("Use @mina · 1 credit", "Make it anyway · 1 credit", CHARACTERS),
        taps="Use @mina",
        makes="mina surfs | sora-2 10 s 720x1280 with a character",
        saved=("mina",),
    ),
    "two characters": Tap(
        says="/video @mina and @bo surf",
        reason="A video can have one character, and you named several.",
        buttons=("Use @bo · 1 credit", "Use @mina · 1 credit"),
        taps="@mina",
        makes="mina and bo surf | sora-2 10 s 720x1280 with a character",
        saved=("bo", "mina"),
    ),
}


async def said(sandbox: Sandbox, chat: Chat, words: str, photos: int = 0) -> Message:
    """Let a chat's first member say this, under photos if there are any, and return the answer."""
    people = sandbox.telegram
    if photos == 0:
        return await next_answer(sandbox, sandbox.ask(chat, words))
    if photos == 1:
        sent = people.send_photo(chat, chat.members[0], picture(), caption=words)
        return await next_answer(sandbox, sent)
    first, *_ = people.send_album(chat, chat.members[0], [picture()] * photos, caption=words)
    return await next_answer(sandbox, first)


async def jobs_of(sandbox: Sandbox, chat: Chat) -> list[str]:
    """Return what was accepted for a chat, each in a line."""
    lines = []
    for job in await sandbox.jobs():
        if job.place.chat_id != chat.id:
            continue
        one = job.request
        facts = [f"{one.prompt} | {one.model} {one.seconds} s {one.size}"]
        facts += ["private"] if one.private else []
        facts += [f"{len(one.photos)} photo{'s' if len(one.photos) > 1 else ''}"] if one.photos else []
        facts += ["with a character"] if one.character else []
        lines.append(" ".join(facts))
    return lines


def on(message: Message) -> list[str]:
    return [words for row in labels(message) for words in row]


@pytest.mark.parametrize("tap", TAPS.values(), ids=TAPS)
async def test_one_tap_makes_what_is_possible_and_a_second_one_nothing_more(
    sandbox: Sandbox, tap: Tap
) -> None:
    chat = sandbox.newcomer("Bo")
    for name in tap.saved:
        await said(sandbox, chat, f"/character add {name} {CLIP.replace('clip', name)} 1,3")
    refusal = await said(sandbox, chat, tap.says, tap.photos)
    words, buttons, spent = refusal.words, on(refusal), await jobs_of(sandbox, chat)
    presses = [sandbox.telegram.press(chat.members[0], refusal, tap.taps) for _ in range(2)]
    await asyncio.gather(*(press.answered() for press in presses))
    assert words.startswith(tap.reason)
    assert buttons == list(tap.buttons)
    assert (spent, await jobs_of(sandbox, chat)) == ([], [tap.makes])


async def test_what_cannot_be_paid_today_can_be_had_shorter_now_or_as_it_is_later(sandbox: Sandbox) -> None:
    chat = sandbox.newcomer("Bo")
    bo = chat.members[0]
    await said(sandbox, chat, "/video a cat --seconds 15")
    refusal = await said(sandbox, chat, "/video a dog --seconds 15")
    words, buttons = refusal.words, on(refusal)
    early = await sandbox.telegram.press(bo, refusal, "Later").answered()
    unpaid = await jobs_of(sandbox, chat)
    await said(sandbox, sandbox.chat, f"/grant {bo.id} 1")
    await sandbox.telegram.press(bo, refusal, "Later").answered()
    shorter = await said(sandbox, chat, "/video a bird --seconds 15")
    assert words.startswith("This costs 2 credits, and you have 1 credit left today. Try again in ")
    assert buttons == ["10 s · 1 credit", "Veo 3.1 Fast · 8 s · 1 credit", "⏳ Later: 15 s · 2 credits"]
    assert (early.is_alert, (early.text or "")[:24], len(unpaid)) == (True, "This costs 2 credits, an", 1)
    assert (await jobs_of(sandbox, chat))[1:] == ["a dog | sora-2 15 s 720x1280"]
    assert on(shorter) == ["⏳ Later: 15 s · 2 credits"]


async def test_more_models_are_a_page_of_the_card_and_other_words_go_with_the_photo(sandbox: Sandbox) -> None:
    chat = sandbox.newcomer("Bo")
    bo = chat.members[0]
    refusal = await said(sandbox, chat, "it dances --model zora", photos=1)
    sandbox.telegram.press(bo, refusal, "More models")
    await sandbox.telegram.until(lambda: "Which model?" in refusal.words)
    sandbox.telegram.press(bo, refusal, "Veo 3.1 Fast · 1 credit")
    await sandbox.telegram.until(lambda: "Make it" in on(refusal)[0])
    card = refusal.words
    again = await said(sandbox, chat, "it jumps --seconds 7", photos=1)
    reply = sandbox.telegram.say(chat, bo, "it flies --seconds 10", reply_to=again)
    await next_answer(sandbox, reply)
    assert "it dances\n\nVeo 3.1 Fast · 8 s · Portrait · 1 credit (3 left)\n🖼 with your photo" in card
    assert await jobs_of(sandbox, chat) == ["it flies | sora-2 10 s 720x1280 1 photo"]


async def test_photos_are_asked_about_in_a_group_and_of_who_likes_to_be_asked_first_and_for_nobody_else(
    sandbox: Sandbox,
) -> None:
    friend = sandbox.telegram.add_user("Ali")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    sandbox.telegram.promote(group)
    await prefer(sandbox, "👀 Ask first")
    asked = [
        await said(sandbox, sandbox.chat, "they dance", photos=3),
        await said(sandbox, group, "/video@reelbot_bot they dance", photos=3),
    ]
    buttons = [on(one)[0] for one in asked]
    foreign = await sandbox.telegram.press(friend, asked[1], "All 3").answered()
    spent = await jobs_of(sandbox, group)
    await sandbox.telegram.press(sandbox.person, asked[1], "All 3").answered()
    assert buttons == ["All 3 · Veo 3.1 Components · 2 credits"] * 2
    assert (foreign.text, spent) == ("Only the person who asked can press this.", [])
    assert await jobs_of(sandbox, group) == ["they dance | veo-components 8 s 720x1280 3 photos"]


async def test_another_model_for_a_video_that_failed_costs_no_more_than_its_button_says(
    sandbox: Sandbox,
) -> None:
    chat = sandbox.newcomer("Bo")
    fault = VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE, prompt=lambda prompt: prompt == "a fight")
    sandbox.video_api.faults.add(fault)
    sandbox.ask(chat, "/video a fight")
    failed = await sandbox.until_said("❌ No video this time.", chat)
    job_id = next(job.id for job in await sandbox.jobs() if job.place.chat_id == chat.id)
    told = [
        await sandbox.telegram.press_data(
            chat.members[0], failed, f"1:instead:{job_id}:veo-fast{price}"
        ).answered()
        for price in ("=0", "=1")
    ]
    await sandbox.telegram.until(lambda: "❌" not in failed.words)
    assert (told[0].text or "").startswith("The price has changed, so nothing was made.")
    assert (await jobs_of(sandbox, chat))[1:] == ["a fight | veo-fast 8 s 720x1280"]


async def test_a_video_refused_for_its_words_is_made_of_other_words_with_the_same_photo(
    sandbox: Sandbox,
) -> None:
    friend = sandbox.telegram.add_user("Ali")
    group = sandbox.telegram.add_group("Friends", [friend, sandbox.person])
    fault = VideoFault(
        kind=FaultKind.MODERATED, on=Route.CREATE, times=None, prompt=lambda prompt: "war" in prompt
    )
    sandbox.video_api.faults.add(fault)
    sent = sandbox.telegram.send_photo(
        group, friend, picture(), caption="/video@reelbot_bot a <war> --seconds 15"
    )
    failed = await sandbox.until_said("❌ No video this time.", group)
    foreign = await sandbox.telegram.press(sandbox.person, failed, "Rephrase").answered()
    await sandbox.telegram.press(friend, failed, "Rephrase").answered()
    question = await sandbox.until_said("reply to this message with a new description", group)
    status = await next_answer(sandbox, sandbox.telegram.say(group, friend, "a party", reply_to=question))
    assert (failed.reply_to, labels(failed)) == (sent, [["✏️ Rephrase", "🔁 Try again"]])
    assert foreign.text == "Only the person who asked can press this."
    assert (question.words.split("\n\n")[1], question.force_reply) == ("a <war>", True)
    assert question.words.startswith("✏️ Ali, reply")
    assert "❌" not in status.words
    assert (await jobs_of(sandbox, group))[1:] == ["a party | sora-2 15 s 720x1280 1 photo"]
