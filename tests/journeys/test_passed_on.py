"""What is passed on, forwarded or posted through another bot: it orders nothing by itself, and commands nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from sandbox.telegram.chats import Chat, Message, User
from tests.journeys.buttons import labels
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.sandbox import sandbox as opened_sandbox
from tests.journeys.talk import next_answer, picture, said_in, serving

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOES_NOTHING = "A command that is forwarded, or sent through another bot, does nothing. Write it yourself if you mean it."
ROBBIE = User(id=6, first_name="Robbie", username="robbie_bot", is_bot=True)
MAKE = ["🎬 Make it · 1 credit"]


@pytest_asyncio.fixture(name="sandbox", scope="module", loop_scope="module")
async def _sandbox(tmp_path_factory: pytest.TempPathFactory, clips: Path) -> AsyncIterator[Sandbox]:
    """One bot for all of them, of which Mina is an admin."""
    async with opened_sandbox(tmp_path_factory.mktemp("sandbox"), clips=clips) as sandbox:
        sandbox.video_api.hold = True
        async with serving(sandbox, admin_ids=str(sandbox.person.id)):
            yield sandbox


@pytest.fixture
def stranger(sandbox: Sandbox) -> Chat:
    return sandbox.newcomer("Bo")


def forwarded(sandbox: Sandbox, original: Message) -> Message:
    return sandbox.telegram.forward(sandbox.chat, sandbox.person, original)


async def test_a_forwarded_photo_and_a_forwarded_request_show_the_card_of_their_words(
    sandbox: Sandbox, stranger: Chat
) -> None:
    people, bo = sandbox.telegram, stranger.members[0]
    channel = people.chat_between(bo, people.add_user("Ann"))
    photo = people.send_photo(channel, bo, picture(900, 600), caption="SALE! Subscribe")
    commanded = people.send_photo(channel, bo, picture(900, 600), caption="/video it rains")
    request = people.say(channel, bo, "/video a cat")
    cards = [await next_answer(sandbox, forwarded(sandbox, one)) for one in (photo, commanded, request)]
    assert [card.words.splitlines()[0] for card in cards] == ["SALE! Subscribe", "it rains", "a cat"]
    assert ["🖼 with your photo" in card.words for card in cards] == [True, True, False]
    assert [labels(card)[0] for card in cards] == [MAKE] * 3
    assert await sandbox.jobs() == []


async def test_a_forwarded_album_is_asked_about_once(sandbox: Sandbox, stranger: Chat) -> None:
    people, bo = sandbox.telegram, stranger.members[0]
    channel = people.chat_between(bo, people.add_user("Ann"))
    album = people.send_album(channel, bo, [picture(), picture()], caption="SALE! Subscribe")
    first, _ = [people.forward(sandbox.chat, sandbox.person, one, media_group_id="77") for one in album]
    card = await next_answer(sandbox, first)
    assert (labels(card)[0], await sandbox.jobs()) == (["All 2 · Veo 3.1 Fast · 1 credit"], [])


async def test_words_through_another_bot_that_answer_our_question_show_the_card(sandbox: Sandbox) -> None:
    people = sandbox.telegram
    question = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video"))
    answer = people.say(sandbox.chat, sandbox.person, "a cat", reply_to=question, via=ROBBIE)
    card = await next_answer(sandbox, answer)
    assert (labels(card)[0], await sandbox.jobs()) == (MAKE, [])


COMMANDS = ["/grant 666 5000 thanks", "/access closed", "/delete_my_data", "/quota", "/admin"]


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_that_is_passed_on_does_nothing_be_it_by_an_admin(
    command: str, sandbox: Sandbox, stranger: Chat
) -> None:
    people, bo = sandbox.telegram, stranger.members[0]
    said = people.say(people.chat_between(bo, people.add_user("Ann")), bo, command)
    told = [
        await next_answer(sandbox, forwarded(sandbox, said)),
        await next_answer(sandbox, people.say(sandbox.chat, sandbox.person, command, via=ROBBIE)),
    ]
    assert [one.words for one in told] == [DOES_NOTHING] * 2
    assert await query(sandbox, "SELECT count(*) FROM audit") == [(0,)]


async def test_in_a_group_what_is_passed_on_is_nobodys_request(sandbox: Sandbox, stranger: Chat) -> None:
    people, bo = sandbox.telegram, stranger.members[0]
    group = people.add_group("Friends", [sandbox.person, bo])
    people.promote(group)  # so that the bot sees everything
    for said in (
        people.say(people.chat_between(bo, sandbox.person), bo, "/video@reelbot_bot a cat"),
        people.send_photo(
            people.chat_between(bo, sandbox.person), bo, picture(), caption="/video@reelbot_bot dance"
        ),
    ):
        people.forward(group, bo, said)
    people.say(group, bo, "/video@reelbot_bot a cat", via=ROBBIE)
    heard = await next_answer(sandbox, people.say(group, bo, "/jobs@reelbot_bot"))
    assert (said_in(sandbox, group), await sandbox.jobs()) == ([heard], [])
