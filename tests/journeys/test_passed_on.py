"""What is passed on, forwarded or posted through another bot: it orders nothing by itself, and commands nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from sandbox.telegram.chats import User
from tests.journeys.pressing import labels
from tests.journeys.rows import query
from tests.journeys.talk import next_answer, picture, said_in, serving
from tests.journeys.town import town as opened_town

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from sandbox.telegram.chats import Chat, Message
    from tests.journeys.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOES_NOTHING = "A command that is forwarded, or sent through another bot, does nothing. Write it yourself if you mean it."
ROBBIE = User(id=6, first_name="Robbie", username="robbie_bot", is_bot=True)
MAKE = ["🎬 Make the video"]


@pytest_asyncio.fixture(name="town", scope="module", loop_scope="module")
async def _town(tmp_path_factory: pytest.TempPathFactory, clips: Path) -> AsyncIterator[Town]:
    """One bot for all of them, of which Mina is an admin."""
    async with opened_town(tmp_path_factory.mktemp("town"), clips=clips) as town:
        town.video_api.hold = True
        async with serving(town, admin_ids=str(town.person.id)):
            yield town


@pytest.fixture
def stranger(town: Town) -> Chat:
    return town.newcomer("Bo")


def forwarded(town: Town, original: Message) -> Message:
    return town.telegram.forward(town.chat, town.person, original)


async def test_a_forwarded_photo_and_a_forwarded_request_show_the_card_of_their_words(
    town: Town, stranger: Chat
) -> None:
    people, bo = town.telegram, stranger.members[0]
    channel = people.chat_between(bo, people.add_user("Ann"))
    photo = people.send_photo(channel, bo, picture(900, 600), caption="SALE! Subscribe")
    commanded = people.send_photo(channel, bo, picture(900, 600), caption="/video it rains")
    request = people.say(channel, bo, "/video a cat")
    cards = [await next_answer(town, forwarded(town, one)) for one in (photo, commanded, request)]
    assert [card.words.splitlines()[0] for card in cards] == ["SALE! Subscribe", "it rains", "a cat"]
    assert ["🖼 with your photo" in card.words for card in cards] == [True, True, False]
    assert [labels(card)[0] for card in cards] == [MAKE] * 3
    assert await town.jobs() == []


async def test_a_forwarded_album_shows_one_card(town: Town, stranger: Chat) -> None:
    people, bo = town.telegram, stranger.members[0]
    channel = people.chat_between(bo, people.add_user("Ann"))
    album = people.send_album(channel, bo, [picture(), picture()], caption="SALE! Subscribe")
    first, _ = [people.forward(town.chat, town.person, one, media_group_id="77") for one in album]
    card = await next_answer(town, first)
    assert (labels(card)[0], await town.jobs()) == (MAKE, [])


async def test_words_through_another_bot_that_answer_our_question_show_the_card(town: Town) -> None:
    people = town.telegram
    question = await next_answer(town, town.ask(town.chat, "/video"))
    answer = people.say(town.chat, town.person, "a cat", reply_to=question, via=ROBBIE)
    card = await next_answer(town, answer)
    assert (labels(card)[0], await town.jobs()) == (MAKE, [])


COMMANDS = ["/grant 666 5000 thanks", "/access closed", "/delete_my_data", "/quota", "/admin"]


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_command_that_is_passed_on_does_nothing_be_it_by_an_admin(
    command: str, town: Town, stranger: Chat
) -> None:
    people, bo = town.telegram, stranger.members[0]
    said = people.say(people.chat_between(bo, people.add_user("Ann")), bo, command)
    told = [
        await next_answer(town, forwarded(town, said)),
        await next_answer(town, people.say(town.chat, town.person, command, via=ROBBIE)),
    ]
    assert [one.words for one in told] == [DOES_NOTHING] * 2
    assert await query(town, "SELECT count(*) FROM audit") == [(0,)]


async def test_in_a_group_what_is_passed_on_is_nobodys_request(town: Town, stranger: Chat) -> None:
    people, bo = town.telegram, stranger.members[0]
    group = people.add_group("Friends", [town.person, bo])
    people.promote(group)  # so that the bot sees everything
    for said in (
        people.say(people.chat_between(bo, town.person), bo, "/video@reelbot_bot a cat"),
        people.send_photo(
            people.chat_between(bo, town.person), bo, picture(), caption="/video@reelbot_bot dance"
        ),
    ):
        people.forward(group, bo, said)
    people.say(group, bo, "/video@reelbot_bot a cat", via=ROBBIE)
    heard = await next_answer(town, people.say(group, bo, "/jobs@reelbot_bot"))
    assert (said_in(town, group), await town.jobs()) == ([heard], [])
