"""What has waited too long is asked about before it is ordered: people may not want any more what they wanted then."""

from __future__ import annotations

from domain.job import State
from sandbox.telegram.chats import Chat, Message
from tests.journeys.results import words_on
from tests.journeys.rows import query
from tests.journeys.sandbox import ALLOWANCE, Sandbox
from tests.journeys.talk import next_answer, serving

HOUR = 3_600_000_000  # microseconds
QUESTION = (
    "🕰 a dog\nThis has waited for 7 hr, and now it can start. Do you still want it?\n"
    "Without an answer within a day I cancel it, at no charge."
)
CALLED_OFF = "✋ Cancelled, because nobody confirmed it: a dog\nNo charge."
BUTTONS = [["▶️ Make it", "✋ Cancel"]]


async def let_it_wait(sandbox: Sandbox, chat: Chat, *, hours: int = 7, private: bool = True) -> Message:
    """Ask for a video behind another one, and let hours pass before its turn comes; return its status message."""
    sandbox.video_api.hold = True
    first = "/video a cat" if private else "/video@reelbot_bot a cat"
    await next_answer(sandbox, sandbox.ask(chat, first))
    await sandbox.video_api.until(lambda: sandbox.video_api.orders)
    status = await next_answer(sandbox, sandbox.ask(chat, first.replace("cat", "dog")))
    # It took a moment since, and what is told is rounded up.
    span = hours * HOUR - HOUR // 120
    await query(sandbox, f"UPDATE jobs SET created_at = created_at - {span} WHERE id = 2")  # noqa: S608 - ours
    sandbox.video_api.hold = False
    sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
    return status


async def until_asked(sandbox: Sandbox, status: Message) -> None:
    await sandbox.telegram.until(lambda: "still want it?" in status.words)


async def test_what_waited_too_long_is_asked_about_and_made_once_somebody_says_that_it_is_wanted(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox, max_rendering=1):
        status = await let_it_wait(sandbox, sandbox.chat)
        await until_asked(sandbox, status)
        asked, offered = status.words, words_on(status)
        before = len(sandbox.video_api.orders)
    async with serving(sandbox, max_rendering=1):  # it is asked about after a restart, too
        await sandbox.until_polled()
        await sandbox.telegram.press(sandbox.person, status, "Make it").answered()
        await sandbox.until_video(number=2)
        await sandbox.until_over(2)
    assert (asked, offered, before) == (QUESTION, BUTTONS, 1)
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["a cat", "a dog"]


async def test_what_is_not_wanted_any_more_is_called_off_and_does_not_count(sandbox: Sandbox) -> None:
    async with serving(sandbox, max_rendering=1):
        status = await let_it_wait(sandbox, sandbox.chat)
        await until_asked(sandbox, status)
        await sandbox.telegram.press(sandbox.person, status, "Cancel").answered()
        await sandbox.telegram.until(lambda: "Cancelled" in status.words)
        [_, job] = await sandbox.until_over(2)
    assert (job.state, words_on(status)) == (State.CANCELLED, [["🎬 Make the video"]])
    assert await sandbox.left(sandbox.chat) == ALLOWANCE - 1
    assert len(sandbox.video_api.orders) == 1


async def test_what_nobody_answers_for_a_day_is_called_off_with_a_word(sandbox: Sandbox) -> None:
    async with serving(sandbox, max_rendering=1):
        status = await let_it_wait(sandbox, sandbox.chat)
        await until_asked(sandbox, status)
        await sandbox.until_video()
    await query(
        sandbox,
        f"UPDATE jobs SET asked_at = asked_at - {24 * HOUR}, due_at = due_at - {24 * HOUR} WHERE id = 2",  # noqa: S608 - ours
    )
    async with serving(sandbox, max_rendering=1):
        [_, job] = await sandbox.until_over(2)
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
    assert (job.state, status.words, words_on(status)) == (State.CANCELLED, CALLED_OFF, [])
    assert listed.words.startswith("You have no videos in progress.")
    assert (await sandbox.left(sandbox.chat), len(sandbox.video_api.orders)) == (ALLOWANCE - 1, 1)


async def test_in_a_group_only_who_asked_says_whether_it_is_wanted(sandbox: Sandbox) -> None:
    friend = sandbox.telegram.add_user("Bo")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, friend])
    sandbox.telegram.promote(group)
    async with serving(sandbox, max_rendering=1):
        status = await let_it_wait(sandbox, group, private=False)
        await until_asked(sandbox, status)
        refused = await sandbox.telegram.press(friend, status, "Make it").answered()
        await next_answer(sandbox, sandbox.telegram.say(group, friend, "/jobs@reelbot_bot"))
        before = len(sandbox.video_api.orders)
        await sandbox.telegram.press(sandbox.person, status, "Make it").answered()
        await sandbox.until_video(group, number=2)
    assert (refused.text, before) == ("Only the person who asked can press this.", 1)


async def test_what_waits_for_an_answer_stands_in_nobodys_way_and_can_be_answered_in_the_list(
    sandbox: Sandbox,
) -> None:
    async with serving(sandbox, max_rendering=1, max_rendering_per_user=1):
        status = await let_it_wait(sandbox, sandbox.chat)
        await until_asked(sandbox, status)
        await sandbox.until_video()
        sandbox.ask(sandbox.chat, "/video a bird")
        await sandbox.until_video(number=2)
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/jobs"))
        offered = words_on(listed)
        await sandbox.telegram.press(sandbox.person, listed, "Make it").answered()
        await sandbox.until_video(number=3)
    assert offered == [["▶️ Make it “a dog”"], ["✋ Cancel “a dog”"]]
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["a cat", "a bird", "a dog"]


async def test_what_waited_for_less_is_made_without_a_question(sandbox: Sandbox) -> None:
    async with serving(sandbox, max_rendering=1):
        await let_it_wait(sandbox, sandbox.chat, hours=5)
        await sandbox.until_video(number=2)
    assert len(sandbox.video_api.orders) == 2


async def test_how_long_is_too_long_is_a_setting(sandbox: Sandbox) -> None:
    async with serving(sandbox, max_rendering=1, stale_after_seconds=3600):
        await until_asked(sandbox, await let_it_wait(sandbox, sandbox.chat, hours=2))
    assert len(sandbox.video_api.orders) == 1
