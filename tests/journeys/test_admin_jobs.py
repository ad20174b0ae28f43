"""`/job` and `/retry`: an admin sees all about one job, and has one made again for who asked for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.talk import next_answer
from tests.journeys.town import ALLOWANCE, UNHURRIED

if TYPE_CHECKING:
    from sandbox.telegram.chats import Message
    from tests.journeys.town import Town


def timeless(message: Message) -> str:
    """Return a message's words without times and what the API calls things."""
    words = re.sub(r"[A-Z][a-z]+ \d+, \d+, \d+:\d+:\d+\s[AP]M UTC", "DATE", message.words)
    words = re.sub(r"\d\d:\d\d:\d\d", "TIME", words)
    return re.sub(r"Made in \d:\d\d", "Made in SPAN", re.sub(r"calls it \S+", "calls it ID", words))


NO_SUCH = "There is no video of this number, or its person has deleted their data."
LOST = (
    "❌ The connection broke while the video was being ordered, and nobody can tell whether the order arrived. "
    "I never order twice by myself; you decide.\n"
    "⚠️ The API may have taken this order and charged for it. "
    "Its own list of orders, at the time above, shows whether it did.\n"
    "It cost nobody credits here."
)


async def test_an_admin_sees_all_about_a_job(town: Town) -> None:
    admin = town.newcomer("Ada")
    town.video_api.faults.add(VideoFault(kind=FaultKind.RESET_AFTER, on=Route.CREATE))
    async with town.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id)):
        stranger = await next_answer(town, town.ask(town.chat, "/job 1"))
        for number, words in enumerate(("a lost letter --private", "a letter that comes"), start=1):
            town.ask(town.chat, f"/video {words}")
            await town.until_over(number)
        questions = "/job", "/job 9", "/retry", "/retry 9", "/retry 2", "/job 1", "/job 2"
        *short, failed, done = [await next_answer(town, town.ask(admin, words)) for words in questions]

    assert stranger.words == "I do not know this command. /help shows what I can do."
    assert [answer.words for answer in short] == [
        "Which one? /job 12 tells everything about number 12.",
        NO_SUCH,
        "Which one? /retry 12 makes number 12 again, for the person who asked for it.",
        NO_SUCH,
        "This did not fail: there is nothing to make again.",
    ]
    assert timeless(failed) == (
        "🎞 Number 1: failed\nAsked for on DATE\n\n"
        "🔒 Asked for in private: please keep it to yourself.\na lost letter\n"
        "Sora 2 · 10 s · 720×1280 · private\n\n"
        f"Who: Mina · @mina · {town.person.id}\nPrice: 1 credit\n\n"
        "Its way (UTC)\nTIME  in the queue\nTIME  being ordered\nTIME  over, being told\nTIME  failed\n\n"
        f"{LOST}"
    )
    assert timeless(done).endswith(
        "Its way (UTC)\nTIME  in the queue\nTIME  being ordered\nTIME  being made\n"
        "TIME  over, being told\nTIME  delivered\n\nThe API calls it ID\nMade in SPAN"
    )
    assert (failed.buttons != [], done.buttons) == (True, [])


async def test_an_admin_has_a_failed_job_made_again_once_and_its_person_pays(town: Town) -> None:
    admin = town.newcomer("Ada")
    town.video_api.faults.add(VideoFault(kind=FaultKind.RESET_AFTER, on=Route.CREATE))
    async with town.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id)):
        town.ask(town.chat, "/video a lost letter")
        reason = await town.until_said("nobody can tell whether the order arrived")
        await town.until_over(1)
        failed = await next_answer(town, town.ask(admin, "/job 1"))
        await town.telegram.press(admin.members[0], failed, "Make it again for them").answered()
        await town.until_video()
        await town.until_over(2)
        again = await next_answer(town, town.ask(admin, "/retry 1"))
        own = await town.telegram.press(town.person, reason, "Try again").answered()

    assert again.words == "It was tried again before, as number 2: /job 2"
    assert own.text == "I have tried this again already: /show 2"
    assert (await town.left(town.chat), await town.left(admin)) == (ALLOWANCE - 1, ALLOWANCE)
    assert len(town.video_api.orders) == 2
    assert await query(town, "SELECT action, job_id, admin_id FROM audit") == [
        ("retry", 2, admin.members[0].id)
    ]


async def test_what_its_person_cannot_pay_for_is_not_made_again(town: Town) -> None:
    admin = town.newcomer("Ada")
    town.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    async with town.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id), daily_allowance=1):
        town.ask(town.chat, "/video refused at first")
        await town.until_said("No video this time")
        town.ask(town.chat, "/video and then paid for")
        await town.until_video()
        await town.until_over(2)
        refused = await next_answer(town, town.ask(admin, "/retry 1"))

    assert refused.words.startswith("You have used your 1 credit for today.")
    assert await query(town, "SELECT count(*) FROM jobs") == [(2,)]
    assert await query(town, "SELECT count(*) FROM audit") == [(0,)]
