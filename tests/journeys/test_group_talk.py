"""What is said in a group: a mention of the bot is a request, a reply to it is answered by a card."""

from __future__ import annotations

import pytest

from sandbox.telegram.chats import Chat, Message, User
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, said_in, serving, size_of


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    return sandbox.telegram.add_user("Bo")


@pytest.fixture
def group(sandbox: Sandbox, friend: User) -> Chat:
    """Return a group of two people, in which the bot sees only what Telegram shows it in privacy mode."""
    return sandbox.telegram.add_group("Friends", [sandbox.person, friend])


async def until_ordered(sandbox: Sandbox, number: int) -> tuple[str, int]:
    """Wait for the order of this number, and return its prompt and how many photos came along."""
    await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) >= number)
    order = sandbox.video_api.orders[number - 1]
    return order.fields["prompt"], len(order.files)


async def test_a_mention_asks_for_a_video_of_the_other_words_and_of_the_photo(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    sandbox.video_api.hold = True
    people, ordered = sandbox.telegram, []
    async with serving(sandbox, daily_allowance=10, max_rendering_per_user=10):
        people.say(group, sandbox.person, "@reelbot_bot a cat surfing")
        ordered.append(await until_ordered(sandbox, 1))
        people.say(group, sandbox.person, "come on @Reelbot_Bot, two cats surfing --seconds 15")
        ordered.append(await until_ordered(sandbox, 2))
        photo = people.send_photo(group, friend, picture(900, 600))
        people.say(group, sandbox.person, "@reelbot_bot it rains", reply_to=photo)
        ordered.append(await until_ordered(sandbox, 3))
        people.send_photo(group, friend, picture(), caption="@reelbot_bot it snows")
        ordered.append(await until_ordered(sandbox, 4))
        people.send_album(group, friend, [picture(), picture()], caption="it hails @reelbot_bot")
        ordered.append(await until_ordered(sandbox, 5))
        question = await next_answer(sandbox, people.say(group, friend, "@reelbot_bot"))
        people.say(group, friend, "@reelbot_bot a dog", reply_to=question)
        ordered.append(await until_ordered(sandbox, 6))
    assert question.words == "🎬 What should the video show? Reply to this message with a short description."
    assert ordered == [
        ("a cat surfing", 0),
        ("come on two cats surfing", 0),
        ("it rains", 1),
        ("it snows", 1),
        ("it hails", 1),
        ("a dog", 0),
    ]
    assert size_of(sandbox.video_api.orders[2].files[0].content) == ("JPEG", 1280, 720)
    payers = [job.place.account_id for job in await sandbox.jobs()]
    assert payers == [sandbox.person.id] * 3 + [friend.id] * 3


async def test_a_reply_to_the_bot_is_answered_by_a_card_and_spends_nothing(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    people = sandbox.telegram
    async with serving(sandbox, daily_allowance=10):
        request = people.say(group, friend, "/video@reelbot_bot a cat")
        video = await sandbox.until_video(group)
        await sandbox.until_over(1)
        people.say(group, sandbox.person, "😂👍", reply_to=video)
        about_video = await next_answer(
            sandbox, people.say(group, sandbox.person, "make it night", reply_to=video)
        )
        quota = await next_answer(sandbox, people.say(group, friend, "/quota@reelbot_bot"))
        about_quota = await next_answer(sandbox, people.say(group, friend, "a dog", reply_to=quota))
        cards = [about_video.words, about_quota.words]
        told = await people.press(sandbox.person, about_quota, "Make it").answered()
        before = len(await sandbox.jobs())
        people.press(sandbox.person, about_video, "🎬 Make it · 1 credit")
        changed = await sandbox.until_video(group, number=2)
        named = await next_answer(
            sandbox, people.say(group, sandbox.person, "@reelbot_bot make it day", reply_to=video)
        )
        await sandbox.until_over(3)
    assert cards[0].startswith("✏️ make it night\n\nSora 2 · 10 s · Portrait · 1 credit")
    assert cards[1].startswith("a dog\n\nSora 2 · 10 s · Portrait · 1 credit")
    assert (before, told.text) == (1, "Only the person who asked can press this.")
    assert video.words == "a cat\n\nSora 2 · 10 s · Portrait\nfor Bo"
    assert changed.words == "a cat → make it night\n\nSora 2 · 10 s · Portrait\nfor Mina"
    assert video.reply_to is request
    assert "Costs" not in named.words
    assert [job.request.prompt for job in await sandbox.jobs()] == ["a cat", "make it night", "make it day"]


def written_by(message: Message, **changed: object) -> dict[str, object]:
    """Return an update about a message as Telegram would tell it, but for what is changed."""
    return {
        "message": {
            "message_id": message.id + 500,
            "date": int(message.date.timestamp()),
            "chat": {"id": message.chat.id, "type": "supergroup", "title": "Friends"},
            "text": "/video a cat",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
            **changed,
        }
    }


ROBBIE = {"id": 6, "is_bot": True, "first_name": "Robbie", "username": "robbie_bot"}
TELEGRAM = {"id": 777000, "is_bot": False, "first_name": "Telegram"}
NEWS = {"id": -1009, "type": "channel", "title": "News"}


async def test_the_bot_never_meddles_with_anything_else(sandbox: Sandbox, group: Chat, friend: User) -> None:
    people = sandbox.telegram
    people.promote(group)  # so it sees everything
    async with serving(sandbox):
        people.say(group, friend, "a cat surfing")
        people.say(group, friend, "look, /video a cat")
        people.say(group, friend, "/video@other_bot a cat, @reelbot_bot")
        people.say(group, friend, "/vidoe a cat")
        people.say(group, friend, "@mina a cat", reply_to=people.say(group, sandbox.person, "what now?"))
        people.send_photo(group, friend, picture())
        people.send_photo(group, friend, picture(), caption="dance")
        people.send_photo(group, friend, picture(), caption="look, /video dance")
        people.send_photo(group, friend, picture(), caption="/video@other_bot dance")
        people.send_document(group, friend, b"x", filename="a.pdf", mime_type="application/pdf")
        people.send_raw(group, friend, {"dice": {"emoji": "🎲", "value": 3}})
        people.send_raw(group, friend, {"new_chat_title": "Best friends"})
        said = people.say(group, friend, "a cat")
        people.edit(said, "/video@reelbot_bot a cat")
        people.edit(said, "@reelbot_bot a cat")
        people.inject_update(written_by(said, **{"from": ROBBIE}))
        people.inject_update(
            written_by(said, sender_chat=NEWS, is_automatic_forward=True, **{"from": TELEGRAM})
        )
        quota = await next_answer(sandbox, people.say(group, friend, "/quota"))
        last = await next_answer(sandbox, people.say(group, friend, "/jobs"))
    assert said_in(sandbox, group) == [quota, last]
    assert await sandbox.jobs() == []
