"""Presses that a meddling client makes up: of every kind, about every row, with every value; answered, and no more."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from chat.callback_data import ButtonKind
from handlers.request import ideas
from sandbox.telegram.chats import Chat, Message, User
from sandbox.telegram.json import chat_json, user_json
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import loud, next_answer, serving

SECRET = "a birthday surprise"
#: What values look like where there are any, and what they never look like.
VALUES = ("yes", "model=veo")
STRANGE = ("", "-" + "9" * 19, "seconds=x")


@pytest.fixture
def boss(sandbox: Sandbox) -> Chat:
    return sandbox.newcomer("Boss")


async def pressed(sandbox: Sandbox, person: User, message: Message, data: list[str]) -> None:
    """Press all of them, and wait until each is answered."""
    presses = [sandbox.telegram.press_data(person, message, one) for one in data]
    for press in presses:
        await press.answered()


async def victims_rows(sandbox: Sandbox) -> None:
    """Let the person have a finished video, a draft, a question, and a character."""
    sandbox.ask(sandbox.chat, f"/video {SECRET}")
    await sandbox.until_video()
    await sandbox.until_over(1)
    await next_answer(sandbox, sandbox.ask(sandbox.chat, f"{SECRET} on a card"))
    await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video"))
    await next_answer(sandbox, sandbox.ask(sandbox.chat, "/character add bob https://example.com/a.mp4 1,3"))


async def test_nobody_else_gets_at_a_persons_rows_whatever_their_buttons_carry(
    sandbox: Sandbox, boss: Chat
) -> None:
    stranger = sandbox.newcomer("Stranger")
    bo = stranger.members[0]
    with capture_logs() as logs:
        async with serving(sandbox, admin_ids=str(boss.members[0].id), daily_allowance=50):
            await victims_rows(sandbox)
            group = sandbox.telegram.add_group("Club", [sandbox.person, bo])
            shown = [
                await next_answer(sandbox, sandbox.ask(stranger, "/start")),
                await next_answer(sandbox, sandbox.telegram.say(group, bo, "/help@reelbot_bot")),
            ]
            rows = (1, sandbox.person.id)
            plain = [f"1:{press}:{row}" for press in ButtonKind for row in rows]
            await pressed(sandbox, bo, shown[0], [f"{one}:{value}" for one in plain for value in VALUES])
            for message in shown:
                await pressed(sandbox, bo, message, plain)
            last = await next_answer(sandbox, sandbox.ask(stranger, "/jobs"))
    said = [message.words for chat in (stranger, group) for message in sandbox.bot_messages(chat)]
    assert [words for words in said if SECRET in words] == []
    assert (len(await sandbox.jobs()), loud(logs)) == (1, [])
    assert last.words.startswith("You have no videos in progress.")
    held = (
        "SELECT (SELECT count(*) FROM drafts WHERE prompt NOT IN ({ideas})), "
        "(SELECT count(*) FROM characters), (SELECT count(*) FROM audit)"
    )
    surprises = ", ".join(f"'{ideas.surprise(name)}'" for name in ideas.names())
    assert await query(sandbox, held.format(ideas=surprises)) == [(2, 1, 0)]


async def test_a_made_up_value_breaks_nothing_be_it_an_admins(sandbox: Sandbox, boss: Chat) -> None:
    person = boss.members[0]
    with capture_logs() as logs:
        async with serving(sandbox, admin_ids=str(person.id)):
            card = await next_answer(sandbox, sandbox.ask(boss, "/admin"))
            rows = (0, 10**18 - 1)
            data = [
                f"1:{press}:{row}:{value}".rstrip(":")
                for press in ButtonKind
                for row in rows
                for value in STRANGE
            ]
            too_long = [f"1:{press}:{'9' * 25}" for press in ButtonKind]
            await pressed(sandbox, person, card, [*data, *too_long])
            await next_answer(sandbox, sandbox.ask(boss, "/jobs"))
    assert loud(logs) == []


async def test_again_about_a_video_that_was_deleted_is_for_who_asked_alone(sandbox: Sandbox) -> None:
    people, bo = sandbox.telegram, sandbox.telegram.add_user("Bo")
    group = people.add_group("Club", [sandbox.person, bo])
    async with serving(sandbox):
        people.say(group, sandbox.person, f"/video@reelbot_bot {SECRET}")
        video = await sandbox.until_video(group)
        await sandbox.until_over(1)
        again = str(video.buttons[0][0].callback_data)
        people.press(sandbox.person, video, "🗑")
        await people.until(lambda: any("Yes" in button.text for row in video.buttons for button in row))
        await people.press(sandbox.person, video, "Yes").answered()
        told = await people.press_data(bo, video, again).answered()
        # Too old to be shown to the bot (Bot API: InaccessibleMessage).
        place = {"chat": chat_json(group), "message_id": 1, "date": 0}
        query_of = {"id": "777", "from": user_json(bo), "chat_instance": "1", "data": again, "message": place}
        people.inject_update({"callback_query": query_of})
        await next_answer(sandbox, people.say(group, bo, "/jobs@reelbot_bot"))
    assert told.text == "Only the person who asked can press this."
    assert len(await sandbox.jobs()) == 1
