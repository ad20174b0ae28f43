"""Who may use the bot: strangers ask, admins decide once, and whoever is shut out hears it politely."""

from __future__ import annotations

from collections.abc import Sequence

from structlog.testing import capture_logs

from sandbox.telegram.chats import Chat, Message
from tests.journeys.results import words_on
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, picture, serving

WAIT = (
    "This bot is by invitation only. I have asked its owner to give you access, "
    "and will tell you the answer here."
)
GREETING = "I make videos from prompts and photos"
WHO_LETS_IN = "The bot's owner can give this whole group access: /allow@reelbot_bot here"
WAIT_IN_GROUP = "This bot is by invitation only. I have asked its owner to give you access."
NO = "Sorry, the bot's owner has not given you access."
CLOSED = "This bot is not open to new people at the moment. Please try again later."
ASKS = "🚪 Somebody asks for access"
ALLOW, REFUSE = "✅ Allow", "🚫 Refuse"


def ids(*chats: Chat) -> str:
    """Return the setting ADMIN_IDS that makes the people of these private chats admins."""
    return ",".join(str(chat.members[0].id) for chat in chats)


async def asked(sandbox: Sandbox, chat: Chat, words: str) -> Message:
    return await next_answer(sandbox, sandbox.ask(chat, words))


async def known(sandbox: Sandbox) -> list[tuple[str, int]]:
    """Return whom the bot knows by name, groups first, and whether it can write to them."""
    return await query(sandbox, "SELECT name, unreachable_since IS NULL FROM accounts ORDER BY id")


def cards(sandbox: Sandbox, chat: Chat) -> Sequence[Message]:
    return [message for message in sandbox.bot_messages(chat) if message.words.startswith(ASKS)]


async def until_cards(sandbox: Sandbox, chat: Chat, number: int) -> Sequence[Message]:
    await sandbox.telegram.until(lambda: len(cards(sandbox, chat)) == number)
    return cards(sandbox, chat)


async def test_a_bot_with_an_admin_is_for_invited_people_unless_the_settings_say_otherwise(
    sandbox: Sandbox,
) -> None:
    boss = sandbox.newcomer("Boss")
    del sandbox.settings["ACCESS"]
    async with serving(sandbox, admin_ids=ids(boss)):
        waits = await asked(sandbox, sandbox.chat, "/video a cat")
        await until_cards(sandbox, boss, 1)
    assert (waits.words, sandbox.video_api.orders) == (WAIT, [])


async def test_a_stranger_waits_until_one_admin_has_decided(sandbox: Sandbox) -> None:
    boss, deputy = sandbox.newcomer("Boss"), sandbox.newcomer("Deputy")
    never_seen = 999_999
    with capture_logs() as logs:
        async with serving(sandbox, admin_ids=f"{ids(boss, deputy)},{never_seen}"):
            await asked(sandbox, boss, "/access invite")
            waits = [await asked(sandbox, sandbox.chat, words) for words in ("/video a cat", "hello?")]
            [card] = await until_cards(sandbox, boss, 1)
            [other] = await until_cards(sandbox, deputy, 1)
            shown, offered = card.words, words_on(card)
            sandbox.telegram.press(deputy.members[0], other, ALLOW)
            welcome = await sandbox.until_said("You have access now.")
            late = await sandbox.telegram.press(boss.members[0], card, REFUSE).answered()
            await sandbox.telegram.until(lambda: not card.buttons)
            sandbox.ask(sandbox.chat, "/video a cat")
            await sandbox.until_video()
            bo = sandbox.newcomer("Bo")
            await asked(sandbox, bo, "hi")
            _, second = await until_cards(sandbox, boss, 2)
            sandbox.telegram.press(boss.members[0], second, REFUSE)
            await sandbox.until_said(NO, bo)
            again = await asked(sandbox, bo, "why?")
            await sandbox.telegram.until(lambda: not second.buttons)
    assert [wait.words for wait in waits] == [WAIT, WAIT]
    assert shown == (
        f"{ASKS}\nMina · @mina · {sandbox.person.id}\nSpeaks: English\nFirst words:\n/video a cat"
    )
    assert offered == [[ALLOW, REFUSE]]
    assert welcome.chat is sandbox.chat
    assert (late.text, "✅ Allowed by Deputy, " in card.words) == ("Already decided.", True)
    assert "🚫 Refused by Boss, " in second.words
    assert (again.words, len(cards(sandbox, boss))) == (NO, 2)
    assert await query(sandbox, "SELECT action, admin_id, account_id FROM audit ORDER BY id") == [
        ("access", boss.members[0].id, None),
        ("allow", deputy.members[0].id, sandbox.person.id),
        ("refuse", boss.members[0].id, bo.members[0].id),
    ]
    unreachable = [line for line in logs if line["event"].startswith("an admin cannot be told of strangers")]
    assert [line["admin"] for line in unreachable] == [never_seen]


async def test_whoever_is_turned_away_hears_it_wherever_they_try(sandbox: Sandbox) -> None:
    boss = sandbox.newcomer("Boss")
    people = sandbox.telegram
    async with serving(sandbox, admin_ids=ids(boss)):
        draft = await asked(sandbox, sandbox.chat, "a cat")
        await asked(sandbox, boss, "/access closed")
        said = [
            await asked(sandbox, sandbox.newcomer("Bo"), words)
            for words in ("/start", "/start video_1_x", "/video a cat", "/stats", "words", "/nonsense")
        ]
        album = people.send_album(
            sandbox.chat, sandbox.person, [picture(), picture(colour="red")], caption="dance"
        )
        said.append(await next_answer(sandbox, album[0]))
        pressed = await people.press(sandbox.person, draft, "🎬 Make it · 1 credit").answered()
        looked_up = await people.ask_inline(sandbox.person, "cat").answered()
        question = await asked(sandbox, sandbox.chat, "/delete_my_data")
        sandbox.telegram.press(sandbox.person, question, "🗑 Delete everything")
        await people.until(lambda: "✅ Everything is deleted." in question.words)
        answers = len(sandbox.bot_messages())
    assert [message.words for message in said] == [CLOSED] * 7
    assert (pressed.text, pressed.is_alert) == (CLOSED, True)
    assert looked_up.results == []
    assert answers == 1 + 1 + 1
    assert cards(sandbox, boss) == []
    assert await sandbox.jobs() == []


async def test_a_group_is_told_who_lets_it_in_where_not_everybody_may_use_the_bot(sandbox: Sandbox) -> None:
    boss, groups = sandbox.newcomer("Boss"), [sandbox.telegram.add_group("Open", [sandbox.person])]
    async with serving(sandbox, admin_ids=ids(boss)):
        hellos = [await sandbox.until_said(GREETING, groups[0])]
        for mode in ("invite", "closed"):
            await asked(sandbox, boss, f"/access {mode}")
            groups.append(sandbox.telegram.add_group(mode, [sandbox.person]))
            hellos.append(await sandbox.until_said(GREETING, groups[-1]))
    assert [WHO_LETS_IN in hello.words for hello in hellos] == [False, True, True]


async def test_in_a_group_a_stranger_hears_it_once_and_the_whole_group_can_be_let_in(
    sandbox: Sandbox,
) -> None:
    boss, bo = sandbox.newcomer("Boss"), sandbox.telegram.add_user("Bo")
    cy = sandbox.telegram.add_user("Cy")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, bo, boss.members[0], cy])
    sandbox.telegram.promote(group)
    people = sandbox.telegram
    async with serving(sandbox, admin_ids=ids(boss)):
        await sandbox.until_said(GREETING, group)
        greeting = len(sandbox.bot_messages(group))
        await asked(sandbox, boss, "/access invite")
        for words in ("hello", "/weather", "/ban @mina", "/video@other_bot a cat"):
            people.say(group, bo, words)
        people.send_photo(group, bo, picture(), caption="look")
        people.say(group, cy, "hello")
        wait = await next_answer(sandbox, people.say(group, bo, "/video a cat"))
        [card] = await until_cards(sandbox, boss, 1)
        for words in ("/video a cat", "@reelbot_bot a cat", "/jobs"):
            people.say(group, bo, words)
        people.say(group, bo, "please", reply_to=wait)
        pressed = await people.press_data(bo, wait, "1:cancel:1").answered()
        mention = await next_answer(sandbox, people.say(group, sandbox.person, "@reelbot_bot a cat"))
        said = len(sandbox.bot_messages(group)) - greeting
        reply = people.say(group, boss.members[0], "/allow here for the party")
        allowed = await next_answer(sandbox, reply)
        people.say(group, bo, "/video a cat")
        await sandbox.until_video(group)
        people.press(boss.members[0], card, ALLOW)
        await people.until(lambda: not card.buttons)
    assert (wait.words, mention.words, said) == (WAIT_IN_GROUP, WAIT_IN_GROUP, 2)
    assert card.words.startswith(f"{ASKS}\nBo · {bo.id}\nSpeaks: English\nAsked in the group: Friends\n")
    assert pressed.text == WAIT_IN_GROUP
    assert allowed.words == f"Friends · {group.id}\n✅ Allowed to use the bot."
    # Whoever only talks among the others is nobody that the bot keeps.
    assert await known(sandbox) == [("Friends", 1), ("Mina", 0), ("Boss", 1), ("Bo", 0)]
    # Bo has never opened a chat with the bot.
    assert card.words.endswith("I could not tell them: they have to write to me first.")


async def test_who_made_videos_before_can_go_on_when_strangers_have_to_ask(sandbox: Sandbox) -> None:
    boss, bo = sandbox.newcomer("Boss"), sandbox.newcomer("Bo")
    async with serving(sandbox, admin_ids=ids(boss)):
        for chat in (sandbox.chat, boss):
            sandbox.ask(chat, "/video a cat")
            await sandbox.until_video(chat)
        start = await asked(sandbox, boss, "/access")
        wrong = await asked(sandbox, boss, "/access none")
        sandbox.telegram.press(boss.members[0], start, "Invite")
        await sandbox.telegram.until(lambda: "can't use the bot now" in start.words)
        shut_out, offered = start.words, words_on(start)
        await asked(sandbox, bo, "hi")
        known = await sandbox.telegram.press(boss.members[0], start, "Allow 1 person").answered()
        await sandbox.telegram.until(lambda: "can't use the bot now" not in start.words)
        again = await asked(sandbox, boss, "/access")
        sandbox.telegram.press(boss.members[0], again, "Show who asks (1)")
        cards_again = await until_cards(sandbox, boss, 2)
        quota = await asked(sandbox, sandbox.chat, "/quota")
    assert start.words.startswith("🚪 Who may use this bot\n")
    assert wrong.words.startswith("“none” is not a mode.")
    assert shut_out.endswith("1 person who made videos before can't use the bot now.")
    assert offered == [["Open", "✅ Invite", "Closed"], ["Allow 1 person"]]
    assert known.text == "1 person allowed."
    assert again.words.endswith("1 person asks for access.")
    assert [words_on(card) for card in cards_again] == [[[ALLOW, REFUSE]]] * 2
    assert quota.words.startswith("Left today: 2 of 3 credits.")


async def test_who_is_banned_loses_the_queue_and_not_a_credit_until_the_ban_is_over(sandbox: Sandbox) -> None:
    boss = sandbox.newcomer("Boss")
    sandbox.video_api.hold = True
    async with serving(sandbox, admin_ids=ids(boss), max_rendering=1):
        for words in ("/video a cat", "/video a dog", "/video a bird"):
            await asked(sandbox, sandbox.chat, words)
        await sandbox.until_said("being made")
        no_admin = await asked(sandbox, boss, f"/ban {boss.members[0].id}")
        nobody = await asked(sandbox, boss, "/ban @minna 2h")
        banned = await asked(sandbox, boss, "/ban @mina 3d too <loud>")
        refused = await asked(sandbox, sandbox.chat, "/video a fish")
        called_off = [message for message in sandbox.bot_messages() if "✋ Cancelled" in message.words]
        sandbox.video_api.finish(sandbox.video_api.orders[0].video_id)
        await sandbox.until_video()
        pressed = await sandbox.telegram.press(sandbox.person, sandbox.videos()[0], "🔁 Again").answered()
        lifted = await asked(sandbox, boss, "/unban @mina")
        quota = await asked(sandbox, sandbox.chat, "/quota")
        not_banned = await asked(sandbox, boss, "/unban @mina")
        await asked(sandbox, boss, "/ban @mina 1m")
        await query(sandbox, "UPDATE accounts SET banned_until = banned_until - 61000000")
    async with serving(sandbox, admin_ids=ids(boss)):
        over = await asked(sandbox, sandbox.chat, "/quota")
    assert no_admin.words.endswith("Admins cannot be blocked. The setting ADMIN_IDS says who is one.")
    assert nobody.words.startswith("I don't know “@minna”.")
    assert banned.words.startswith(f"Mina · @mina · {sandbox.person.id}\n⛔ Blocked until ")
    assert "too <loud>\n2 videos in the queue were cancelled. No charge.\n" in banned.words
    assert refused.words.startswith("The bot's owner has blocked you until ")
    assert refused.words.endswith(" UTC.\n\nReason: too <loud>")
    assert [message.words for message in called_off] == [
        f"✋ Cancelled: {prompt}\nNo charge." for prompt in ("a dog", "a bird")
    ]
    assert (pressed.is_alert, (pressed.text or "")[:36]) == (True, "The bot's owner has blocked you unti")
    assert lifted.words == f"Mina · @mina · {sandbox.person.id}\n✅ Unblocked."
    assert not_banned.words.endswith("Not blocked.")
    assert [message.words.splitlines()[0] for message in (quota, over)] == [
        "Left today: 2 of 3 credits. A video that fails costs nothing."
    ] * 2


async def test_of_many_strangers_at_once_admins_are_shown_a_few_and_told_how_many_wait(
    sandbox: Sandbox,
) -> None:
    boss, stranger = sandbox.newcomer("Boss"), sandbox.telegram.add_user("Stranger")
    async with serving(sandbox, admin_ids=ids(boss)):
        await asked(sandbox, boss, "/access invite")
        for number in range(8):
            group = sandbox.telegram.add_group(f"group {number}", [stranger])
            sandbox.telegram.appoint(group, stranger, is_anonymous=True)
            await next_answer(sandbox, sandbox.telegram.say(group, stranger, "/video@reelbot_bot buy now"))
        more = await sandbox.until_said("people ask for access.", boss)
        shown = len(cards(sandbox, boss))
        sandbox.telegram.press(boss.members[0], more, "Show")
        await until_cards(sandbox, boss, 10)
    assert shown == 5
    assert more.words == (
        "🚪 6 people ask for access. I announce only a few an hour: /access shows the others."
    )


async def test_whoever_was_refused_for_good_is_told_so_once_in_a_while(sandbox: Sandbox) -> None:
    boss, bo = sandbox.newcomer("Boss"), sandbox.newcomer("Bo")
    async with serving(sandbox, admin_ids=ids(boss)):
        await asked(sandbox, bo, "/quota")
        await asked(sandbox, boss, f"/ban {bo.members[0].id}")
        told = await asked(sandbox, bo, "why?")
        for words in ("hello?", "/quota", "a cat"):
            sandbox.ask(bo, words)
        await asked(sandbox, boss, f"/unban {bo.members[0].id}")
        await asked(sandbox, bo, "/quota")
    said = [message.words for message in sandbox.bot_messages(bo)]
    assert (said.count(told.words), len(said)) == (1, 3)
