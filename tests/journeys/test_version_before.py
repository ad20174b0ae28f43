"""An upgrade: the jobs of the version before come to their ends, and its buttons do what they say."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import suppress
from itertools import groupby
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from domain.job import State
from sandbox.telegram.button_presses import Press
from sandbox.telegram.chats import Chat, Message, Standing
from sandbox.video_api.orders import Order
from tests.journeys.buttons_before import OLD_BUTTONS, OldButton
from tests.journeys.rows import query
from tests.journeys.talk import loud, next_answer, serving
from tests.journeys.version_before import NEWS, OLD_WORDS, SandboxBefore, sandbox_before

#: What was chosen, set or done: who asks, where, with what words, and what the answer holds.
HELD = (
    ("Mina", "/settings", "Length: 10 s, if the model offers it.\nShape: Portrait."),
    ("Mina", "/settings", "Watermark: on."),
    ("Bo", "/settings", "Ask first: on."),
    ("Gwen", "/settings", "Sprache: Deutsch."),
    ("Mina", "/characters", "@old_tom 2–4 s of example.com\n@rex 1–3 s of example.com"),
    ("Mina", "/quota", "You have no limit of your own."),
    ("Bo", "/quota", "Left today: 5 of 5 credits."),
    ("Cara", "/quota", "You have 2 granted credits"),
    ("Gwen", "/quota", "Heute noch übrig: 0 von 2 Credits."),
    ("Dan", "/video a cat", "The bot's owner has blocked you.\n\nReason: spam"),
    ("Hal", "/video a cat", "too many"),
    ("Eve", "/video a cat", "This bot is by invitation only."),
    ("Mina", "/history", "❌ 28 | 🎬 27 | 🎬 26 | 🎬 25 | 🎬 24 | Older ›"),
    ("Bo", "/history", "🎬 17 | 🎬 16"),
    (
        "Mina",
        "/jobs",
        "✋ Cancel “a queue of ducks” | ✋ Cancel “the photo moves” | ✋ Cancel “make it summer”",
    ),
    ("Bo", "/start video_1_5WZr_hiP2Om7huQlbBKpKg", "a lighthouse at dusk"),
    ("club", "/groupsettings@reelbot_bot", "Model: Sora 2.\nShape: 📱 Portrait."),
    ("quiet", "/groupsettings@reelbot_bot", "Bot: off."),
    (
        "Boss",
        "/limit",
        "Cara · 10000003: 0 credits\nGwen · 10000008: 2 credits\nMina · @mina · 10000001: unlimited",
    ),
    ("Boss", "/grant", "Cara · 10000003: 2"),
    ("Boss", "/budget", "Budget in 24 hours: 400 credits\nOrdered in the last 24 hours: 9 credits"),
    ("Boss", "/access", "🚪 2 people ask for access.\nOpen | ✅ Invite | Closed"),
    ("Boss", "/user 10000005", "⛔ Blocked for good.\nspam"),
    ("Boss", "/user -1000004000003", "Own limit: 20 credits\nUsed in the last 24 hours: 1 credit"),
    ("Boss", "/user 10000009", "⛔ Blocked until"),
    ("Boss", "/user 10000011", "Access: refused\nI can't message them."),
    ("Boss", "/user 10000010", "Used in the last 24 hours: 1 credit"),
    ("Boss", "/user 10000012", "I can't message them."),
    ("Boss", "/upstream", "⏸ The API does not offer veo-fast"),
    ("Boss", "/upstream", "⏸ An admin has paused orders"),
    ("Boss", "/audit", "Boss paused new orders\nWhy: a new key"),
    ("Boss", "/stats", "🟩 Delivered: 18"),
)
#: What is looked up in any chat, by whom, and the numbers of the videos that are found; the first is what [Share] wrote.
LOOKED_UP: tuple[tuple[str, str, list[str]], ...] = (
    ("Bo", "#1 5WZr_hiP2Om7huQlbBKpKg", ["1"]),
    ("Mina", "LIGHTHOUSE", ["1"]),
    ("Bo", "lighthouse", []),
    ("Mina", "a kite over the sea", []),
)
#: Old messages of the bot to Mina, a video and three questions, what she replies, and what comes of that.
ANSWERED = (
    (177, "let it rain", "⏸ New videos are paused: a new key"),
    (218, "a lantern", "⏸ New videos are paused: a new key"),
    (199, "make it colder", "⏸ New videos are paused: a new key"),
    # Asked three days ago.
    (220, "it rains", "🎬 Make it · 1 credit | 📱 Portrait ▾ | 10 s ▾ | Sora 2 ▾"),
)
#: The videos that come to each chat, each of them once.
VIDEOS = {
    "Mina": [
        "a bridge in fog",
        "a lantern",
        "a lighthouse at dusk → let it rain",
        "a queue of ducks",
        "a red balloon",
        "a slow fire",
        "a slow river",
        "a wooden boat",
        "a wooden boat → make it summer",
        "let it snow → make it colder",
        "long forgotten",
        "rex waits too",
        "the photo moves",
        "thrown away too soon",
    ],
    "Cara": ["a grant well spent"],
    # By the link that was shared.
    "Bo": ["a lighthouse at dusk"],
    "Gwen": ["ein Drache", "ein Schloss"],
    "club": ["a slow parade", "the club waits"],
    "office": ["the office pays"],
}
#: The reasons for there being none, by the chat and the message.
REASONS = {
    ("Mina", 296): "The connection broke while the video was being ordered",
    ("Mina", 306): "The video service could not finish this video.",
    ("Cara", 308): "Other people's characters, brands, films and music are refused.",
}
#: What was waiting when the version before was killed, or came of answers to it.
ORDERED = [
    "a grant well spent",
    "a lantern, 15 s",
    "a queue of ducks",
    "a red balloon",
    "a wooden boat",
    "ein Drache, 8 s",
    "let it rain",
    "long forgotten",
    "make it colder",
    "make it summer",
    "rex waits too",
    "the club waits",
    "the office pays",
    "the photo moves",
    "thrown away too soon",
]
#: Who had not got the broadcast yet that was under way, and who gets the one that waited for a press.
WAITING_FOR_WINTER = ["Cara", "Bo", "Eve", "Finn", "Gwen"]
REACHABLE = ["Mina", "Boss", *WAITING_FOR_WINTER]
#: What admins are told, the card of the broadcast first.
HEARD = ["✅ Sent to everybody.", "Compare with: /job 22"]
#: What the old buttons ask for: whose it is, what, of which model, how long.
ASKED_FOR = [
    ("Boss", "News of spring", "sora-2", 10),
    ("Cara", "a castle", "sora-2", 10),
    ("Cara", "a wild duel", "sora-2", 10),
    ("Kit", "a closed door", "sora-2", 10),
    ("Mina", "a broken photo", "sora-2", 10),
    ("Mina", "a broken render", "sora-2", 10),
    ("Mina", "a fox --such as this-- —private eyes", "sora-2", 15),
    ("Mina", "a green meadow", "sora-2", 15),
    ("Mina", "a lighthouse at dusk", "sora-2", 10),
    ("Mina", "a lighthouse at dusk", "sora-2", 15),
    ("Mina", "a lighthouse at dusk", "sora-2-pro", 15),
    ("Mina", "a secret party. make it night", "sora-2", 10),
    ("Mina", "a wooden boat", "sora-2", 10),
    ("Mina", "a wooden boat. make it winter", "sora-2", 10),
    ("Mina", "lost on the way", "sora-2", 10),
    ("Mina", "rex on a skateboard", "sora-2", 10),
    ("Mina", "too wild for them", "sora-2", 10),
]
#: What a button asks for once, however often it is pressed.
ONCE = {"make", "edit", "new", "anew", "retry", "retryfor"}


@pytest.fixture
async def before(tmp_path: Path, clips: Path) -> AsyncIterator[SandboxBefore]:
    async with sandbox_before(tmp_path, clips) as opened:
        yield opened


def shown(message: Message) -> str:
    """Return what a person sees of a message: its words, and what stands on its buttons."""
    labels = " | ".join(button.text for row in message.buttons for button in row)
    return "deleted" if message.is_deleted else f"{message.words}\n{labels}"


def as_expected(seen: str, expected: str) -> str:
    """Return the words that were expected, if they are seen, or all that is seen."""
    return expected if expected and expected in seen else seen


def as_ordered(order: Order) -> str:
    """Return an order's words, and its length where that is not the usual one."""
    prompt, seconds = order.fields["prompt"], order.fields.get("seconds", "10")
    return prompt if seconds == "10" else f"{prompt}, {seconds} s"


async def pressed(
    before: SandboxBefore, chat: Chat, buttons: Iterable[OldButton]
) -> dict[str, tuple[str, str]]:
    """Press these in one chat; return what each one's person was told, and what has changed for them."""
    telegram = before.sandbox.telegram
    presses: list[tuple[OldButton, Press, Message, str]] = []
    for button in buttons:
        job_id = int(button.carries.split(":")[2]) if button.is_under_video else None
        message = chat.messages.get(button.message_id or 0) or before.write(chat, of_job=job_id)
        press = telegram.press_data(before.person(button.by), message, button.carries)
        presses.append((button, press, message, shown(message)))
    # A person's presses are handled in turn: once the last is answered, all is done that comes of those before.
    last = telegram.press_data(presses[-1][1].user, before.write(chat), "the last")
    await last.answered()

    def seen() -> dict[str, tuple[str, str]]:
        return {button.id: _seen(button, press, message, was) for button, press, message, was in presses}

    # The worker may be about to edit the same messages.
    with suppress(TimeoutError):
        expected = {button.id: (button.told, button.shows) for button, *_ in presses}
        await telegram.until(lambda: seen() == expected, timeout=5)
    return seen()


def _seen(button: OldButton, press: Press, message: Message, was: str) -> tuple[str, str]:
    now = [] if shown(message) == was else [shown(message)]
    now += [shown(answer) for answer in message.chat.present() if answer.reply_to is message]
    told = press.answer.text if press.answer else "nothing at all"
    return told, as_expected("\n".join(now), button.shows)


def captions(before: SandboxBefore, name: str) -> list[str]:
    """Return what the videos in a chat are of that have come since the version before was killed."""
    videos = [message for message in new_messages(before, name) if message.video or message.animation]
    return sorted(video.words.splitlines()[0] for video in videos)


def new_messages(before: SandboxBefore, name: str) -> list[Message]:
    """Return what the bot has said in a chat, or changed, since the version before was killed."""
    return [
        message for message in before.sandbox.bot_messages(before.chat(name)) if message.words != OLD_WORDS
    ]


def news_in(before: SandboxBefore, words: str) -> list[str]:
    """Return who has got these news, once for each time."""
    return [name for name in before.chats for message in new_messages(before, name) if message.words == words]


async def asked(before: SandboxBefore, who: str, words: str, holds: str) -> tuple[str, str, str]:
    said = before.sandbox.ask(before.chat(who), words)
    return who, words, as_expected(shown(await next_answer(before.sandbox, said)), holds)


async def found_by(before: SandboxBefore, who: str, words: str) -> list[str]:
    answer = await before.sandbox.telegram.ask_inline(before.person(who), words).answered()
    return [result.id for result in answer.results]


async def answered_to(before: SandboxBefore, number: int, words: str, leads_to: str) -> tuple[int, str, str]:
    sandbox = before.sandbox
    said = sandbox.telegram.say(sandbox.chat, sandbox.person, words, reply_to=sandbox.chat.messages[number])
    return number, words, as_expected(shown(await next_answer(sandbox, said)), leads_to)


async def asked_for(before: SandboxBefore) -> list[tuple[str, str, str, int]]:
    """Return what is in the queue since the version before was killed, as `ASKED_FOR`."""
    names = {chat.id: name for name, chat in before.chats.items()}
    rows = await query(
        before.sandbox,
        "SELECT requester_id, prompt, model, seconds FROM jobs WHERE id > 41 AND state = 'queued'",
    )
    return sorted((names[requester], *request) for requester, *request in rows)


async def until_caught_up(before: SandboxBefore, *, done: int) -> None:
    """Wait until all is told that was owed when the version before was killed, and so many videos are delivered."""
    await before.sandbox.until_jobs(done, State.DONE)
    await before.sandbox.until_jobs(10, State.FAILED)
    await before.sandbox.until_said("Sent to everybody.", before.chats["Boss"])


async def test_every_old_button_does_what_it_says_or_says_why_not_and_orders_nothing_twice(
    before: SandboxBefore,
) -> None:
    sandbox, seen = before.sandbox, dict[str, tuple[str, str]]()
    sandbox.video_api.fail("video_21", "out of memory")
    before.chats["Kit"].standing = Standing.MEMBER
    with capture_logs() as logs:
        async with serving(sandbox, admin_ids=str(before.person("Boss").id)):
            await until_caught_up(before, done=15)
            for (by, where), buttons in groupby(OLD_BUTTONS, lambda button: (button.by, button.where)):
                seen |= await pressed(before, before.chat(where or by), buttons)
            asked_once = await asked_for(before)
            for button in OLD_BUTTONS:
                if button.kind in ONCE:
                    message = before.write(before.chat(button.where or button.by))
                    again = sandbox.telegram.press_data(before.person(button.by), message, button.carries)
                    await again.answered()
            asked_twice = await asked_for(before)
    assert seen == {button.id: (button.told, button.shows) for button in OLD_BUTTONS}
    assert (asked_once, asked_twice) == (ASKED_FOR, ASKED_FOR)
    assert (sandbox.video_api.orders, loud(logs)) == ([], [])


async def test_every_old_job_comes_to_its_end_and_what_was_chosen_holds(before: SandboxBefore) -> None:
    sandbox, boss = before.sandbox, before.chats["Boss"]
    for number in (18, 19, 20):
        sandbox.video_api.finish(f"video_{number}")
    sandbox.video_api.fail("video_21", "out of memory")
    before.repeat(sandbox.chat, "/video a queue of ducks", message_id=311)
    before.repeat_press(sandbox.chat, "1:again:7", message_id=195, press_id="4200000000000044")
    with capture_logs() as logs:
        async with serving(sandbox, admin_ids=str(boss.id), max_rendering_per_user="10"):
            await until_caught_up(before, done=18)
            await sandbox.until_said("/job 22", boss)
            winter, told = news_in(before, NEWS[3]), new_messages(before, "Boss")
            held = [await asked(before, *row) for row in HELD]
            found = [(who, words, await found_by(before, who, words)) for who, words, _ in LOOKED_UP]
            answered = [await answered_to(before, *row) for row in ANSWERED]
            orders_while_paused = len(sandbox.video_api.orders)
            sandbox.ask(boss, "/resume")
            await sandbox.telegram.press_data(
                before.person("Boss"), boss.messages[289], "1:cast:2"
            ).answered()
            question = await sandbox.until_said("Do you still want it?")
            await sandbox.telegram.press(sandbox.person, question, "Make it").answered()
            await sandbox.until_over(44)
            await sandbox.telegram.until(lambda: "Sent to everybody." in boss.messages[289].words)
    assert held == list(HELD)
    assert found == list(LOOKED_UP)
    assert answered == list(ANSWERED)
    assert orders_while_paused == 0
    assert sorted(map(as_ordered, sandbox.video_api.orders)) == ORDERED
    assert {name: captions(before, name) for name in VIDEOS} == VIDEOS
    assert {
        (name, number): as_expected(before.chat(name).messages[number].words, reason)
        for (name, number), reason in REASONS.items()
    } == REASONS
    assert (winter, news_in(before, NEWS[2])) == (WAITING_FOR_WINTER, REACHABLE)
    # Admins hear of the one order of which nobody knows whether it arrived, and of nothing that they knew.
    assert [as_expected(message.words, words) for message, words in zip(told, HEARD, strict=True)] == HEARD
    assert [note["event"] for note in loud(logs)] == ["the API takes orders again"]
