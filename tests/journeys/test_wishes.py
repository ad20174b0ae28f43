"""What a person wants, and how much they have to do for it: taps and messages are counted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.telegram.chats import Chat, Message
from tests.journeys.results import words_on
from tests.journeys.sandbox import Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox
from tests.journeys.talk import picture, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

A_CAT = "a cat\n\nSora 2 · 10 s · Portrait"
ALIVE = "The photo comes to life with gentle, natural movement\n\nSora 2 · 10 s · Portrait"


@pytest_asyncio.fixture(name="sandbox", scope="module", loop_scope="module")
async def _sandbox(tmp_path_factory: pytest.TempPathFactory, clips: Path) -> AsyncIterator[Sandbox]:
    """One bot for all of them: each newcomer has a chat and 3 credits of their own."""
    async with (
        opened_sandbox(tmp_path_factory.mktemp("sandbox"), clips=clips) as sandbox,
        serving(sandbox, max_rendering=100),
    ):
        yield sandbox


class Person:
    """Somebody in a private chat with the bot, whose actions are counted."""

    def __init__(self, sandbox: Sandbox, chat: Chat) -> None:
        self._sandbox = sandbox
        self._telegram = sandbox.telegram
        self._user = chat.members[0]
        self.chat = chat
        self.actions = 0

    async def says(self, words: str) -> None:
        self.actions += 1
        self._telegram.say(self.chat, self._user, words)

    async def replies(self, words: str) -> None:
        """Reply to the newest message of the bot, as soon as there is one."""
        newest = await self._telegram.until(
            lambda: next(reversed(self._sandbox.bot_messages(self.chat)), None)
        )
        self.actions += 1
        self._telegram.say(self.chat, self._user, words, reply_to=newest)

    async def sends_photo(self, caption: str | None = None) -> None:
        self.actions += 1
        self._telegram.send_photo(self.chat, self._user, picture(), caption=caption)

    async def taps(self, button: str) -> None:
        """Press the newest button of these words, as soon as there is one."""
        message = await self._telegram.until(lambda: self._newest_with(button))
        self.actions += 1
        await self._telegram.press(self._user, message, button).answered()

    async def sees(self, videos: int) -> None:
        """Wait for so many videos."""
        await self._sandbox.until_video(self.chat, number=videos)

    async def shares(self, friend: Chat) -> None:
        """Tap [Share], choose the friend, and tap the video."""
        message = await self._telegram.until(lambda: self._newest_with("📤 Share"))
        words = next(
            one.raw["switch_inline_query_chosen_chat"]["query"]
            for row in message.buttons
            for one in row
            if one.text == "📤 Share"
        )
        query = self._telegram.ask_inline(self._user, words, chat=friend)
        [found] = (await query.answered()).results
        self._telegram.choose_inline(query, found.id, friend)
        self.actions += 3

    def _newest_with(self, button: str) -> Message | None:
        bearing = (
            message
            for message in reversed(self._sandbox.bot_messages(self.chat))
            if any(button in words for row in words_on(message) for words in row)
        )
        return next(bearing, None)


async def _by_command(person: Person) -> None:
    await person.says("/video a cat")


async def _by_card(person: Person) -> None:
    await person.says("a cat")
    await person.taps("🎬 Make it · 1 credit")


async def _by_example(person: Person) -> None:
    await person.taps("🐈 A cat surfing at sunset · 1 credit")


async def _by_caption(person: Person) -> None:
    await person.sends_photo("it dances")


async def _by_photo_alone(person: Person) -> None:
    await person.sends_photo()
    await person.taps("bring it to life · 1 credit")


async def _by_photo_and_reply(person: Person) -> None:
    await person.sends_photo()
    await person.replies("it dances")


async def _again(person: Person) -> None:
    await person.taps("🔁 Again")


async def _changed_by_reply(person: Person) -> None:
    await person.replies("make it night")


async def _changed_by_button(person: Person) -> None:
    await person.taps("✏️ Change")
    await person.replies("make it night")


async def _of_other_shape(person: Person) -> None:
    await person.taps("📐 Variant")
    await person.taps("🖥 Landscape · 1 credit")


async def _of_other_length(person: Person) -> None:
    await person.taps("📐 Variant")
    await person.taps("15 s · 2 credits")


async def _by_other_model(person: Person) -> None:
    await person.taps("📐 Variant")
    await person.taps("Veo 3.1 Fast · 8 s · 1 credit")


async def _three_to_choose_from(person: Person) -> None:
    await person.says("/video a cat")
    for number in (1, 2):
        await person.sees(number)
        await person.taps("🔁 Again")


async def _mended_length(person: Person) -> None:
    await person.taps("10 s · 1 credit")


async def _mended_option(person: Person) -> None:
    await person.taps("Yes, make it · 1 credit")


async def _old_one(person: Person) -> None:
    await person.says("/history")
    await person.taps("🎬 ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person does for it, who `said` something before; how many videos there are then, and the newest one's caption."""

    does: Callable[[Person], Awaitable[None]]
    at_most: int
    leaves: str
    said: str = ""
    videos: int = 1


WISHES = {
    "a video of words": Wish(does=_by_command, at_most=1, leaves=A_CAT),
    "a video of words, its price seen first": Wish(does=_by_card, at_most=2, leaves=A_CAT),
    "a first video ever": Wish(
        said="/start",
        does=_by_example,
        at_most=1,
        leaves="A cat surfing at sunset\n\nSora 2 · 10 s · Portrait",
    ),
    "a photo with words": Wish(does=_by_caption, at_most=1, leaves="it dances\n\nSora 2 · 10 s · Portrait"),
    "a photo without words": Wish(does=_by_photo_alone, at_most=2, leaves=ALIVE),
    "a photo, and words later": Wish(
        does=_by_photo_and_reply, at_most=2, leaves="it dances\n\nSora 2 · 10 s · Portrait"
    ),
    "the same again": Wish(said="/video a cat", does=_again, at_most=1, leaves=A_CAT, videos=2),
    "a change, by a reply": Wish(
        said="/video a cat",
        does=_changed_by_reply,
        at_most=1,
        leaves="a cat → make it night\n\nSora 2 · 10 s · Portrait",
        videos=2,
    ),
    "a change, by the button": Wish(
        said="/video a cat",
        does=_changed_by_button,
        at_most=2,
        leaves="a cat → make it night\n\nSora 2 · 10 s · Portrait",
        videos=2,
    ),
    "another shape, its price seen first": Wish(
        said="/video a cat",
        does=_of_other_shape,
        at_most=2,
        leaves="a cat\n\nSora 2 · 10 s · Landscape",
        videos=2,
    ),
    "another length, its price seen first": Wish(
        said="/video a cat",
        does=_of_other_length,
        at_most=2,
        leaves="a cat\n\nSora 2 · 15 s · Portrait",
        videos=2,
    ),
    "another model, its price seen first": Wish(
        said="/video a cat",
        does=_by_other_model,
        at_most=2,
        leaves="a cat\n\nVeo 3.1 Fast · 8 s · Portrait",
        videos=2,
    ),
    "three to choose from": Wish(does=_three_to_choose_from, at_most=3, leaves=A_CAT, videos=3),
    "a length that there is, after one that there is not": Wish(
        said="/video a cat --seconds 12", does=_mended_length, at_most=1, leaves=A_CAT
    ),
    "a misspelt option mended": Wish(
        said="/video a cat --sice 9:16", does=_mended_option, at_most=1, leaves=A_CAT
    ),
    "a shorter one, after one that was too dear": Wish(
        said="/video a cat --model sora-2-pro --seconds 25",
        does=lambda person: person.taps("Sora 2 · 15 s · 2 credits"),
        at_most=1,
        leaves="a cat\n\nSora 2 · 15 s · Portrait",
    ),
    "an old one again": Wish(said="/video a cat", does=_old_one, at_most=2, leaves=A_CAT, videos=2),
}


async def begun(sandbox: Sandbox, said: str) -> Person:
    """Return a newcomer who said this, or nothing, and has what came of it before them."""
    chat = sandbox.newcomer("Bo")
    if said:
        sandbox.ask(chat, said)
        await sandbox.telegram.until(lambda: sandbox.bot_messages(chat) or None)
    if said == "/video a cat":
        await sandbox.until_video(chat)
        await sandbox.until_over(len(await sandbox.jobs()))
    return Person(sandbox, chat)


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES)
async def test_a_wish_takes_no_more_actions_than_elsewhere(sandbox: Sandbox, wish: Wish) -> None:
    person = await begun(sandbox, wish.said)
    await wish.does(person)
    newest = await sandbox.until_video(person.chat, number=wish.videos)
    assert newest.words == wish.leaves
    assert len(sandbox.videos(person.chat)) == wish.videos
    assert person.actions <= wish.at_most


async def test_a_video_is_shown_to_a_friend_by_three_taps(sandbox: Sandbox) -> None:
    friends = sandbox.telegram.add_group("Friends", [sandbox.person])
    person = await begun(sandbox, "/video a cat")
    await person.shares(friends)
    shown = next(message for message in reversed(sandbox.telegram.messages(friends)) if message.video)
    assert (shown.words, words_on(shown)) == (A_CAT, [["🎬 Make one like it"]])
    assert person.actions <= 3
