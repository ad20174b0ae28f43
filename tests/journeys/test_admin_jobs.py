"""`/job` and `/retry`: an admin sees all about one job, and has one made again for who asked for it."""

from __future__ import annotations

import re

from sandbox.telegram.chats import Message
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from tests.journeys.rows import query
from tests.journeys.sandbox import ALLOWANCE, UNHURRIED, Sandbox
from tests.journeys.talk import next_answer


def timeless(message: Message) -> str:
    """Return a message's words without times and what the API calls things."""
    words = re.sub(r"(to|yester)day \d+:\d+ UTC", "DATE", message.words)
    words = re.sub(r"\d\d:\d\d:\d\d", "TIME", words)
    return re.sub(r"Made in \d:\d\d", "Made in SPAN", re.sub(r"calls it \S+", "calls it ID", words))


NO_SUCH = "There is no video with this number, or its owner has deleted their data."
LOST = (
    "❌ The connection broke while the video was being ordered, so nobody knows whether the order arrived.\n"
    "⚠️ The API may have taken this order and charged for it. "
    "Its own list of orders shows whether it did: look for the time above.\n"
    "No charge."
)


async def test_an_admin_sees_all_about_a_job(sandbox: Sandbox) -> None:
    admin = sandbox.newcomer("Ada")
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.RESET_AFTER, on=Route.CREATE))
    async with sandbox.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id)):
        stranger = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/job 1"))
        for number, words in enumerate(("a lost letter --private", "a letter that comes"), start=1):
            sandbox.ask(sandbox.chat, f"/video {words}")
            await sandbox.until_over(number)
        questions = "/job", "/job 9", "/retry", "/retry 9", "/retry 2", "/job 1", "/job 2"
        *short, failed, done = [await next_answer(sandbox, sandbox.ask(admin, words)) for words in questions]

    assert stranger.words == "I do not know this command. /help shows what I can do."
    assert [answer.words for answer in short] == [
        "Which one? /job 12 shows everything about number 12.",
        NO_SUCH,
        "Which one? /retry 12 makes number 12 again, for the person who asked for it.",
        NO_SUCH,
        "This video did not fail.",
    ]
    assert timeless(failed) == (
        "🎞 Number 1: failed\nAsked for DATE\n\n"
        "🔒 Private: please keep this prompt to yourself.\na lost letter\n"
        "Sora 2 · 10 s · Portrait · private\n\n"
        f"Who: Mina · @mina · {sandbox.person.id}\nPrice: 1 credit\n\n"
        "History (UTC)\nTIME  in the queue\nTIME  being ordered\nTIME  being delivered\nTIME  failed\n\n"
        f"{LOST}"
    )
    assert timeless(done).endswith(
        "History (UTC)\nTIME  in the queue\nTIME  being ordered\nTIME  being made\n"
        "TIME  being delivered\nTIME  delivered\n\nThe API calls it ID\nMade in SPAN"
    )
    assert (failed.buttons != [], done.buttons) == (True, [])


async def test_an_admin_has_a_failed_job_made_again_once_and_its_person_pays(sandbox: Sandbox) -> None:
    admin = sandbox.newcomer("Ada")
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.RESET_AFTER, on=Route.CREATE))
    async with sandbox.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id)):
        sandbox.ask(sandbox.chat, "/video a lost letter")
        reason = await sandbox.until_said("nobody knows whether the order arrived")
        await sandbox.until_over(1)
        failed = await next_answer(sandbox, sandbox.ask(admin, "/job 1"))
        await sandbox.telegram.press(admin.members[0], failed, "Make it again for them").answered()
        await sandbox.until_video()
        await sandbox.until_over(2)
        again = await next_answer(sandbox, sandbox.ask(admin, "/retry 1"))
        own = await sandbox.telegram.press(sandbox.person, reason, "Try again").answered()

    assert again.words == "Already tried again, as number 2: /job 2"
    assert own.text == "I have tried this again already: /show 2"
    assert (await sandbox.left(sandbox.chat), await sandbox.left(admin)) == (ALLOWANCE - 1, ALLOWANCE)
    assert len(sandbox.video_api.orders) == 2
    assert await query(sandbox, "SELECT action, job_id, admin_id FROM audit") == [
        ("retry", 2, admin.members[0].id)
    ]


async def test_what_its_person_cannot_pay_for_is_not_made_again(sandbox: Sandbox) -> None:
    admin = sandbox.newcomer("Ada")
    sandbox.video_api.faults.add(VideoFault(kind=FaultKind.MODERATED, on=Route.CREATE))
    async with sandbox.bot(limits=UNHURRIED, admin_ids=str(admin.members[0].id), daily_allowance=1):
        sandbox.ask(sandbox.chat, "/video refused at first")
        await sandbox.until_said("No video this time")
        sandbox.ask(sandbox.chat, "/video and then paid for")
        await sandbox.until_video()
        await sandbox.until_over(2)
        refused = await next_answer(sandbox, sandbox.ask(admin, "/retry 1"))

    assert refused.words.startswith("You have used your 1 credit for today.")
    assert await query(sandbox, "SELECT count(*) FROM jobs") == [(2,)]
    assert await query(sandbox, "SELECT count(*) FROM audit") == [(0,)]
