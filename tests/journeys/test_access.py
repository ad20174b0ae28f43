"""Who may use the bot: strangers ask, admins decide once, and whoever is shut out hears it politely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from tests.journeys.results import words_on
from tests.journeys.rows import query
from tests.journeys.talk import next_answer, picture, serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sandbox.telegram.chats import Chat, Message
    from tests.journeys.town import Town

WAIT = (
    "This bot is for invited people. I have told those who run it that you are here, "
    "and you hear from me as soon as they have answered."
)
WAIT_IN_GROUP = "This bot is for invited people. I have asked those who run it to let you in."
NO = "Whoever runs this bot has not let you in. I am sorry."
CLOSED = "This bot takes nobody new at the moment. Please come back another time."
ASKS = "🚪 Somebody asks to be let in"
ALLOW, REFUSE = "✅ Allow", "🚫 Refuse"


def ids(*chats: Chat) -> str:
    """Return the setting ADMIN_IDS that makes the people of these private chats admins."""
    return ",".join(str(chat.members[0].id) for chat in chats)


async def asked(town: Town, chat: Chat, words: str) -> Message:
    return await next_answer(town, town.ask(chat, words))


async def known(town: Town) -> list[tuple[str, int]]:
    """Return whom the bot knows by name, groups first, and whether it can write to them."""
    return await query(town, "SELECT name, unreachable_since IS NULL FROM accounts ORDER BY id")


def cards(town: Town, chat: Chat) -> Sequence[Message]:
    return [message for message in town.bot_messages(chat) if message.words.startswith(ASKS)]


async def until_cards(town: Town, chat: Chat, number: int) -> Sequence[Message]:
    await town.telegram.until(lambda: len(cards(town, chat)) == number)
    return cards(town, chat)


async def test_a_bot_with_an_admin_is_for_invited_people_unless_the_settings_say_otherwise(
    town: Town,
) -> None:
    boss = town.newcomer("Boss")
    del town.settings["ACCESS"]
    async with serving(town, admin_ids=ids(boss)):
        waits = await asked(town, town.chat, "/video a cat")
        await until_cards(town, boss, 1)
    assert (waits.words, town.video_api.orders) == (WAIT, [])


async def test_a_stranger_waits_until_one_admin_has_decided(town: Town) -> None:
    boss, deputy = town.newcomer("Boss"), town.newcomer("Deputy")
    never_seen = 999_999
    with capture_logs() as logs:
        async with serving(town, admin_ids=f"{ids(boss, deputy)},{never_seen}"):
            await asked(town, boss, "/access invite")
            waits = [await asked(town, town.chat, words) for words in ("/video a cat", "hello?")]
            [card] = await until_cards(town, boss, 1)
            [other] = await until_cards(town, deputy, 1)
            shown, offered = card.words, words_on(card)
            town.telegram.press(deputy.members[0], other, ALLOW)
            welcome = await town.until_said("You are in.")
            late = await town.telegram.press(boss.members[0], card, REFUSE).answered()
            await town.telegram.until(lambda: not card.buttons)
            town.ask(town.chat, "/video a cat")
            await town.until_video()
            bo = town.newcomer("Bo")
            await asked(town, bo, "hi")
            _, second = await until_cards(town, boss, 2)
            town.telegram.press(boss.members[0], second, REFUSE)
            await town.until_said(NO, bo)
            again = await asked(town, bo, "why?")
            await town.telegram.until(lambda: not second.buttons)
    assert [wait.words for wait in waits] == [WAIT, WAIT]
    assert shown == (f"{ASKS}\nMina · @mina · {town.person.id}\nSpeaks: English\nFirst words:\n/video a cat")
    assert offered == [[ALLOW, REFUSE]]
    assert welcome.chat is town.chat
    assert (late.text, "✅ Let in by Deputy, " in card.words) == ("That was decided already.", True)
    assert "🚫 Not let in, says Boss, " in second.words
    assert (again.words, len(cards(town, boss))) == (NO, 2)
    assert await query(town, "SELECT action, admin_id, account_id FROM audit ORDER BY id") == [
        ("access", boss.members[0].id, None),
        ("allow", deputy.members[0].id, town.person.id),
        ("refuse", boss.members[0].id, bo.members[0].id),
    ]
    unreachable = [line for line in logs if line["event"].startswith("an admin cannot be told of strangers")]
    assert [line["admin"] for line in unreachable] == [never_seen]


async def test_whoever_is_turned_away_hears_it_wherever_they_try(town: Town) -> None:
    boss = town.newcomer("Boss")
    people = town.telegram
    async with serving(town, admin_ids=ids(boss)):
        draft = await asked(town, town.chat, "a cat")
        await asked(town, boss, "/access closed")
        said = [
            await asked(town, town.newcomer("Bo"), words)
            for words in ("/start", "/start video_1_x", "/video a cat", "/stats", "words", "/nonsense")
        ]
        album = people.send_album(town.chat, town.person, [picture(), picture(colour="red")], caption="dance")
        said.append(await next_answer(town, album[0]))
        pressed = await people.press(town.person, draft, "🎬 Make the video").answered()
        looked_up = await people.ask_inline(town.person, "cat").answered()
        question = await asked(town, town.chat, "/delete_my_data")
        town.telegram.press(town.person, question, "🗑 Delete everything")
        await people.until(lambda: "✅ Everything is deleted." in question.words)
        answers = len(town.bot_messages())
    assert [message.words for message in said] == [CLOSED] * 7
    assert (pressed.text, pressed.is_alert) == (CLOSED, True)
    assert looked_up.results == []
    assert answers == 1 + 1 + 1
    assert cards(town, boss) == []
    assert await town.jobs() == []


async def test_in_a_group_a_stranger_hears_it_once_and_the_whole_group_can_be_let_in(town: Town) -> None:
    boss, bo = town.newcomer("Boss"), town.telegram.add_user("Bo")
    cy = town.telegram.add_user("Cy")
    group = town.telegram.add_group("Friends", [town.person, bo, boss.members[0], cy])
    town.telegram.promote(group)
    people = town.telegram
    async with serving(town, admin_ids=ids(boss)):
        await town.until_said("I turn words and photos into videos", group)
        greeting = len(town.bot_messages(group))
        await asked(town, boss, "/access invite")
        for words in ("hello", "/weather", "/ban @mina", "/video@other_bot a cat"):
            people.say(group, bo, words)
        people.send_photo(group, bo, picture(), caption="look")
        people.say(group, cy, "hello")
        wait = await next_answer(town, people.say(group, bo, "/video a cat"))
        [card] = await until_cards(town, boss, 1)
        for words in ("/video a cat", "@reelbot_bot a cat", "/jobs"):
            people.say(group, bo, words)
        people.say(group, bo, "please", reply_to=wait)
        pressed = await people.press_data(bo, wait, "1:cancel:1").answered()
        mention = await next_answer(town, people.say(group, town.person, "@reelbot_bot a cat"))
        said = len(town.bot_messages(group)) - greeting
        reply = people.say(group, boss.members[0], "/allow here for the party")
        allowed = await next_answer(town, reply)
        people.say(group, bo, "/video a cat")
        await town.until_video(group)
        people.press(boss.members[0], card, ALLOW)
        await people.until(lambda: not card.buttons)
    assert (wait.words, mention.words, said) == (WAIT_IN_GROUP, WAIT_IN_GROUP, 2)
    assert card.words.startswith(f"{ASKS}\nBo · {bo.id}\nSpeaks: English\nAsked in the group: Friends\n")
    assert pressed.text == WAIT_IN_GROUP
    assert allowed.words == f"Friends · {group.id}\n✅ Let in, whoever else may use the bot."
    # Whoever only talks among the others is nobody that the bot keeps.
    assert await known(town) == [("Friends", 1), ("Mina", 0), ("Boss", 1), ("Bo", 0)]
    # Bo has never opened a chat with the bot.
    assert card.words.endswith("I could not tell them: they have to write to me first.")


async def test_who_made_videos_before_can_go_on_when_strangers_have_to_ask(town: Town) -> None:
    boss, bo = town.newcomer("Boss"), town.newcomer("Bo")
    async with serving(town, admin_ids=ids(boss)):
        for chat in (town.chat, boss):
            town.ask(chat, "/video a cat")
            await town.until_video(chat)
        start = await asked(town, boss, "/access")
        wrong = await asked(town, boss, "/access none")
        town.telegram.press(boss.members[0], start, "Invite")
        await town.telegram.until(lambda: "shut out now" in start.words)
        shut_out, offered = start.words, words_on(start)
        await asked(town, bo, "hi")
        known = await town.telegram.press(boss.members[0], start, "Allow 1 person").answered()
        await town.telegram.until(lambda: "shut out now" not in start.words)
        again = await asked(town, boss, "/access")
        town.telegram.press(boss.members[0], again, "Show who waits (1)")
        cards_again = await until_cards(town, boss, 2)
        quota = await asked(town, town.chat, "/quota")
    assert start.words.startswith("🚪 Who may use this bot\n")
    assert wrong.words.startswith("“none” is no way to run this bot.")
    assert shut_out.endswith("1 person who made videos before is shut out now.")
    assert offered == [["Open", "✅ Invite", "Closed"], ["Allow 1 person"]]
    assert known.text == "1 person is let in."
    assert again.words.endswith("1 waits to be let in.")
    assert [words_on(card) for card in cards_again] == [[[ALLOW, REFUSE]]] * 2
    assert quota.words.startswith("Left today: 2 of 3 credits.")


async def test_who_is_banned_loses_the_queue_and_not_a_credit_until_the_ban_is_over(town: Town) -> None:
    boss = town.newcomer("Boss")
    town.video_api.hold = True
    async with serving(town, admin_ids=ids(boss), max_rendering=1):
        for words in ("/video a cat", "/video a dog", "/video a bird"):
            await asked(town, town.chat, words)
        await town.until_said("being made")
        no_admin = await asked(town, boss, f"/ban {boss.members[0].id}")
        nobody = await asked(town, boss, "/ban @minna 2h")
        banned = await asked(town, boss, "/ban @mina 3d too <loud>")
        refused = await asked(town, town.chat, "/video a fish")
        called_off = [message for message in town.bot_messages() if "✋ Cancelled" in message.words]
        town.video_api.finish(town.video_api.orders[0].video_id)
        await town.until_video()
        pressed = await town.telegram.press(town.person, town.videos()[0], "🔁 Again").answered()
        lifted = await asked(town, boss, "/unban @mina")
        quota = await asked(town, town.chat, "/quota")
        not_banned = await asked(town, boss, "/unban @mina")
        await asked(town, boss, "/ban @mina 1m")
        await query(town, "UPDATE accounts SET banned_until = banned_until - 61000000")
    async with serving(town, admin_ids=ids(boss)):
        over = await asked(town, town.chat, "/quota")
    assert no_admin.words.endswith("Admins cannot be shut out. The setting ADMIN_IDS says who is one.")
    assert nobody.words.startswith("I know nobody called “@minna”.")
    assert banned.words.startswith(f"Mina · @mina · {town.person.id}\n⛔ Shut out until ")
    assert "too <loud>\n2 videos in the queue were called off. They do not count.\n" in banned.words
    assert refused.words.startswith("Whoever runs this bot has shut you out until ")
    assert refused.words.endswith(" UTC.\n\nThe reason: too <loud>")
    assert [message.words for message in called_off] == [
        f"✋ Cancelled: {prompt}\nIt did not count." for prompt in ("a dog", "a bird")
    ]
    assert (pressed.is_alert, (pressed.text or "")[:36]) == (True, "Whoever runs this bot has shut you o")
    assert lifted.words == f"Mina · @mina · {town.person.id}\n✅ Not shut out any more."
    assert not_banned.words.endswith("They are not shut out.")
    assert [message.words.splitlines()[0] for message in (quota, over)] == [
        "Left today: 2 of 3 credits. A video that fails never counts."
    ] * 2


async def test_of_many_strangers_at_once_admins_are_shown_a_few_and_told_how_many_wait(town: Town) -> None:
    boss, stranger = town.newcomer("Boss"), town.telegram.add_user("Stranger")
    async with serving(town, admin_ids=ids(boss)):
        await asked(town, boss, "/access invite")
        for number in range(8):
            group = town.telegram.add_group(f"group {number}", [stranger])
            town.telegram.appoint(group, stranger, is_anonymous=True)
            await next_answer(town, town.telegram.say(group, stranger, "/video@reelbot_bot buy now"))
        more = await town.until_said("wait to be let in.", boss)
        shown = len(cards(town, boss))
        town.telegram.press(boss.members[0], more, "Show")
        await until_cards(town, boss, 10)
    assert shown == 5
    assert more.words == (
        "🚪 6 people wait to be let in. I show a few an hour by themselves: the others are under /access."
    )


async def test_whoever_was_refused_for_good_is_told_so_once_in_a_while(town: Town) -> None:
    boss, bo = town.newcomer("Boss"), town.newcomer("Bo")
    async with serving(town, admin_ids=ids(boss)):
        await asked(town, bo, "/quota")
        await asked(town, boss, f"/ban {bo.members[0].id}")
        told = await asked(town, bo, "why?")
        for words in ("hello?", "/quota", "a cat"):
            town.ask(bo, words)
        await asked(town, boss, f"/unban {bo.members[0].id}")
        await asked(town, bo, "/quota")
    said = [message.words for message in town.bot_messages(bo)]
    assert (said.count(told.words), len(said)) == (1, 3)
