"""Settings of a group: chosen by its administrators in one message, and they hold for everybody there."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from chat.language import LANGUAGES
from sandbox.telegram.chats import Chat, Message, User
from tests.journeys.buttons import labels, press
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

FRESH = [
    ["🎬 Model ▾"],
    ["📱 Shape ▾", "🌐 Language ▾"],
    ["👮 Administrators only", "✓ 🔔 On"],
]
OFF = "The administrators of this group have switched me off here. You can use me in a private chat."


@pytest.fixture(autouse=True)
async def _serving(sandbox: Sandbox) -> AsyncIterator[None]:
    sandbox.video_api.hold = True
    async with serving(sandbox, daily_allowance=9, max_rendering_per_user=9):
        yield


@pytest.fixture
def friend(sandbox: Sandbox) -> User:
    user = sandbox.telegram.add_user("Bo")
    sandbox.telegram.private_chat(user)
    return user


@pytest.fixture
def group(sandbox: Sandbox, friend: User) -> Chat:
    """Return a group of its owner and a friend, in which the bot is an administrator and so sees everything."""
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    sandbox.telegram.promote(group)
    return group


async def settings_of(sandbox: Sandbox, group: Chat, *buttons: str) -> Message:
    """Let the group's owner open its settings and press these buttons one after the other; return the message."""
    settings = await next_answer(sandbox, sandbox.ask(group, "/groupsettings"))
    for button in buttons:
        await press(sandbox, settings, button)
    return settings


async def said_to(sandbox: Sandbox, group: Chat, user: User, words: str) -> str:
    return (await next_answer(sandbox, sandbox.telegram.say(group, user, words))).words


async def ordered(sandbox: Sandbox, group: Chat, user: User, words: str) -> tuple[str, str]:
    """Ask for a video in the group, and return the model and the size that were ordered."""
    before = len(sandbox.video_api.orders)
    await next_answer(sandbox, sandbox.telegram.say(group, user, words))
    await sandbox.telegram.until(lambda: len(sandbox.video_api.orders) > before)
    fields = sandbox.video_api.orders[-1].fields
    return fields["model"], fields["size"]


async def test_the_groups_model_shape_and_language_hold_for_everybody_in_it(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    private = sandbox.telegram.private_chat(friend)
    own = await next_answer(sandbox, sandbox.ask(private, "/settings"))
    await sandbox.telegram.press(friend, own, "🎬").answered()
    await sandbox.telegram.until(lambda: ["Sora 2 Pro · from 3 credits"] in labels(own))
    await sandbox.telegram.press(friend, own, "Sora 2 Pro").answered()
    settings = await settings_of(sandbox, group)
    assert settings.words == (
        "⚙️ Group settings. Its administrators can change them.\n\n"
        "Bot: on.\n"
        "Who may make videos: everybody.\n"
        "Model: each person's own.\n"
        "Shape: each person's own. A photo keeps its own.\n"
        "Language: each person's own.\n\n"
        "The group's model and shape override people's own /settings; options in a request override both.\n\n"
        "👁 My privacy mode is on: Telegram shows me only commands, mentions of me and replies to me. If I am an "
        "administrator here it shows me every message; I still act on nothing else, and keep nothing else."
    )
    assert labels(settings) == FRESH
    notice = await sandbox.telegram.press(friend, settings, "On").answered()
    assert notice.text == "Only administrators of this group can press this."
    for button in ("🎬 Model", "Sora 2 · ", "📱 Shape", "Landscape", "🌐 Language", LANGUAGES["de"]):
        await press(sandbox, settings, button)
    assert labels(settings)[:2] == [["🎬 Sora 2 ▾"], ["🖥 Querformat ▾", "🌐 Deutsch ▾"]]
    assert await ordered(sandbox, group, friend, "/video a cat") == ("sora-2", "1280x720")
    assert await ordered(sandbox, group, friend, "/video a cat --size 720x1280") == ("sora-2", "720x1280")
    assert await ordered(sandbox, private, friend, "/video a cat") == ("sora-2-pro", "720x1280")
    languages = [job.place.language for job in await sandbox.jobs()]
    assert languages == ["de", "de", "en"]


async def test_only_administrators_choose_also_anonymous_ones_and_in_private_it_is_explained(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    assert await said_to(sandbox, group, friend, "/groupsettings") == (
        "Only administrators of this group can change its settings."
    )
    anonymous = sandbox.telegram.add_user("Cy")
    sandbox.telegram.join(group, anonymous)
    sandbox.telegram.appoint(group, anonymous, is_anonymous=True)
    settings = await next_answer(sandbox, sandbox.telegram.say(group, anonymous, "/groupsettings"))
    await sandbox.telegram.press(anonymous, settings, "Administrators only").answered()
    await sandbox.telegram.until(lambda: "Who may make videos: administrators only." in settings.words)
    channel = sandbox.telegram.add_channel("News")
    posted = sandbox.telegram.say(group, friend, "/groupsettings", as_chat=channel)
    assert (await next_answer(sandbox, posted)).words.startswith("Only administrators")
    assert (await said_to(sandbox, sandbox.chat, sandbox.person, "/groupsettings")).startswith(
        "This is for groups: who"
    )


async def test_where_only_administrators_may_others_are_told_and_asked_nothing(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    status = await next_answer(sandbox, sandbox.telegram.say(group, friend, "/video a cat"))
    await sandbox.telegram.until(lambda: "being made" in status.words)
    await settings_of(sandbox, group, "Administrators only")
    refusal = "In this group only administrators can make videos. You can in a private chat with me."
    refused = [
        await said_to(sandbox, group, friend, words) for words in ("/video a dog", "/video", "/video --x")
    ]
    assert refused == [refusal] * 3
    asked = [call for call in sandbox.telegram.calls if call.method == "getChatMember"]
    assert [call.params["user_id"] for call in asked] == [str(sandbox.person.id), str(friend.id)]
    sandbox.video_api.fail(sandbox.video_api.orders[0].video_id, "no")
    await sandbox.telegram.until(lambda: "No video this time" in status.words)
    await sandbox.telegram.press(friend, status, "Try again").answered()
    await sandbox.telegram.until(
        lambda: [m.words for m in sandbox.bot_messages(group)].count(refusal) == len(refused) + 1
    )
    assert await ordered(sandbox, group, sandbox.person, "/video a dog") == ("sora-2", "720x1280")
    private = sandbox.telegram.private_chat(friend)
    assert await ordered(sandbox, private, friend, "/video a dog") == ("sora-2", "720x1280")


async def test_switched_off_it_says_so_once_and_nothing_else_until_it_is_switched_on(
    sandbox: Sandbox, group: Chat, friend: User
) -> None:
    settings = await settings_of(sandbox, group, "🔔 On")
    told = await said_to(sandbox, group, friend, "/video a cat")
    people, silent = sandbox.telegram, len(sandbox.bot_messages(group))
    for words in (
        "/video a dog",
        "/help",
        "/quota",
        "/groupsettings",
        f"@{sandbox.telegram.state.bot.username} a cat",
    ):
        people.say(group, friend, words)
    people.say(group, friend, "thanks", reply_to=settings)
    again = await settings_of(sandbox, group)
    assert (told, len(sandbox.bot_messages(group))) == (OFF, silent + 1)
    assert "Bot: off." in again.words
    await press(sandbox, again, "🔔 On")
    assert (await said_to(sandbox, group, friend, "/quota")).startswith("Left today: 9 of 9 credits.")
