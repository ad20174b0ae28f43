"""What admins look up about people, and what they do about them with a button."""

from __future__ import annotations

from handlers.commands import menu, menu_of_admins
from sandbox.telegram.chats import Chat, Message
from tests.journeys.results import words_on
from tests.journeys.rows import copy_job, query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

UNKNOWN = "I do not know this command. /help shows what I can do."
GIVE, BAN, UNBAN = "🎁 +5 credits", "⛔ Block", "✅ Unblock"


def ids(*chats: Chat) -> str:
    """Return the setting ADMIN_IDS that makes the people of these private chats admins."""
    return ",".join(str(chat.members[0].id) for chat in chats)


async def asked(sandbox: Sandbox, chat: Chat, words: str) -> Message:
    return await next_answer(sandbox, sandbox.ask(chat, words))


async def pressed(sandbox: Sandbox, chat: Chat, message: Message, button: str) -> str | None:
    """Press a button as the chat's person, wait until the message has changed, and return what they were told."""
    before = (message.words, words_on(message))
    answer = await sandbox.telegram.press(chat.members[0], message, button).answered()
    await sandbox.telegram.until(lambda: (message.words, words_on(message)) != before)
    return answer.text


async def test_a_persons_card_shows_them_as_they_are(sandbox: Sandbox) -> None:
    boss = sandbox.newcomer("Boss")
    async with serving(sandbox, admin_ids=ids(boss)):
        sandbox.ask(sandbox.chat, "/video a cat & a dog")
        await sandbox.until_video()
        sandbox.ask(sandbox.chat, "/video a secret --private")
        await sandbox.until_video(number=2)
        await sandbox.until_over(2)
        usage = await asked(sandbox, boss, "/user")
        card = await asked(sandbox, boss, "/user @Mina")
        admin = await asked(sandbox, boss, f"/user {boss.members[0].id}")
        unheard = await asked(sandbox, boss, "/user 4242")
    assert usage.words.splitlines()[1] == "/user @mina"
    identity, *facts = card.words.split("\n\n")
    assert identity.startswith(f"👤 Mina · @mina · {sandbox.person.id}\nSpeaks: English\nKnown since ")
    assert facts == [
        "Access: open to everybody",
        "Limit: 3 credits, the default\nUsed in the last 24 hours: 2 credits\nLeft now: 1 credit",
        "✅ 2 delivered\n✅ 2  private (1 minute ago)\n✅ 1  a cat & a dog (1 minute ago)",
    ]
    assert words_on(card) == [[BAN, GIVE]]
    assert ("🛠 Admin: may always use the bot." in admin.words, admin.buttons) == (True, [])
    assert unheard.words.startswith("👤 4242\nHas never written to the bot.\n")


async def test_the_buttons_below_a_card_change_what_it_shows_and_each_is_written_down(
    sandbox: Sandbox,
) -> None:
    boss, mina = sandbox.newcomer("Boss"), f"Mina · @mina · {sandbox.person.id}"
    async with serving(sandbox, admin_ids=ids(boss)):
        await asked(sandbox, sandbox.chat, "/quota")
        card = await asked(sandbox, boss, "/user @mina")
        given = await pressed(sandbox, boss, card, GIVE)
        richer = card.words
        # A second tap on what the card showed before.
        late = sandbox.telegram.press_data(boss.members[0], card, f"1:give:0:{sandbox.person.id}/0")
        given_already = (await late.answered()).text
        await pressed(sandbox, boss, card, BAN)
        banned, offers_unban = card.words, words_on(card)
        refused = await asked(sandbox, sandbox.chat, "/quota")
        await pressed(sandbox, boss, card, UNBAN)
        audit = await asked(sandbox, boss, "/audit")
    assert (given, given_already) == ("5 credits given.", "Already given.")
    assert "Left now: 8 credits\nGranted credits left: 5" in richer
    assert ("⛔ Blocked for good." in banned, offers_unban) == (True, [[UNBAN, GIVE]])
    assert refused.words == "The bot's owner has blocked you."
    assert ("Shut out" in card.words, words_on(card)) == (False, [[BAN, GIVE]])
    assert [line for line in audit.words.splitlines() if line.startswith("Boss")] == [
        f"Boss unblocked {mina}",
        f"Boss blocked {mina} for good",
        f"Boss gave {mina} credits: 5",
    ]


async def test_the_list_of_people_is_paged_in_place_and_opens_their_cards(sandbox: Sandbox) -> None:
    boss = sandbox.newcomer("Boss")
    async with serving(sandbox, admin_ids=ids(boss)):
        nobody = await asked(sandbox, boss, "/users")
        sandbox.ask(sandbox.chat, "/video a cat")
        await sandbox.until_video()
        await sandbox.until_over(1)
        # Eleven more people, whose videos cost two to twelve credits, and one who asked long ago.
        await copy_job(
            sandbox, 1, 11, origin="'a:' || number", requester_id="100 + number", price="number + 1"
        )
        await copy_job(
            sandbox, 1, 1, origin="'old'", requester_id="99", created_at="created_at - 2700000000000"
        )
        users = await asked(sandbox, boss, "/users")
        first, first_buttons = users.words, words_on(users)
        await pressed(sandbox, boss, users, "Less use ›")
        second, second_buttons = users.words, words_on(users)
        await pressed(sandbox, boss, users, "‹ More use")
        sandbox.telegram.press(boss.members[0], users, "10")
        shown = await sandbox.until_said("👤 102", boss)
    assert nobody.words.endswith("No videos yet.")
    assert first.splitlines()[2:4] == ["1. 111 · 1 video · 12 credits", "2. 110 · 1 video · 11 credits"]
    assert first_buttons == [["1", "2", "3", "4", "5"], ["6", "7", "8", "9", "10"], ["Less use ›"]]
    assert second.splitlines()[2:4] == [
        "11. 101 · 1 video · 2 credits",
        f"12. Mina · @mina · {sandbox.person.id} · 1 video · 1 credit",
    ]
    assert second_buttons == [["11", "12"], ["‹ More use"]]
    assert users.words == first
    assert shown.words.startswith("👤 102\n")


async def test_the_audit_is_paged_in_place(sandbox: Sandbox) -> None:
    boss = sandbox.newcomer("Boss")
    async with serving(sandbox, admin_ids=ids(boss)):
        nothing = await asked(sandbox, boss, "/audit")
        for number in range(12):
            await asked(sandbox, boss, f"/limit {sandbox.person.id} {number}")
        audit = await asked(sandbox, boss, "/audit")
        newest = audit.words
        await pressed(sandbox, boss, audit, "Older ›")
        oldest, oldest_buttons = audit.words, words_on(audit)
        await pressed(sandbox, boss, audit, "‹ Newer")
    assert nothing.words == "No admin has done anything yet."
    assert details(newest) == [str(number) for number in range(11, 1, -1)]
    assert (details(oldest), oldest_buttons) == (["1", "0"], [["‹ Newer"]])
    assert audit.words == newest


def details(page: str) -> list[str]:
    """Return what stands behind the colon of each action on a page of the audit."""
    return [line.rpartition(": ")[2] for line in page.splitlines() if line.startswith("Boss")]


async def test_the_menu_of_admins_has_a_button_for_each_command_on_four_pages(sandbox: Sandbox) -> None:
    boss = sandbox.newcomer("Boss")
    pages = {}
    async with serving(sandbox, admin_ids=ids(boss)):
        start, admin = [await asked(sandbox, boss, command) for command in ("/start", "/admin")]
        front = (admin.words, words_on(admin))
        for page in ("People", "Money", "Trouble", "News"):
            await pressed(sandbox, boss, admin, page)
            pages[admin.words] = [label for [label] in words_on(admin)]
            for label in pages[admin.words][:-1]:
                sandbox.telegram.press(boss.members[0], admin, label)
            await pressed(sandbox, boss, admin, "‹ Back")
        names = [label.split()[0] for page in pages.values() for label in page[:-1]]
        answers = [await next_answer(sandbox, admin, number=number + 1) for number in range(len(names))]
    assert start.words.endswith("🛠 You run this bot: /admin")
    assert front == (
        "🛠 You run this bot\n\nWho may use the bot: Open\nOrdered in the last 24 hours: 0 credits",
        [["👥 People", "💳 Money"], ["🚑 Trouble", "📰 News"]],
    )
    assert (admin.words, words_on(admin)) == front
    assert pages["💳 Money"] == [
        "/grant · Give or take back credits",
        "/limit · Credits a day for each",
        "/budget · Credits a day for all",
        "‹ Back",
    ]
    assert sorted(names) == sorted(f"/{name}" for name, _ in menu_of_admins()[1:])
    assert any(answer.words.startswith("👥 Who used the bot") for answer in answers)
    # A tap on the menu does nothing that cannot be taken back.
    assert await query(sandbox, "SELECT count(*) FROM holds") == [(0,)]
    assert await query(sandbox, "SELECT count(*) FROM audit") == [(0,)]


async def test_admins_have_their_menu_and_nobody_else_has_it(sandbox: Sandbox) -> None:
    boss = sandbox.newcomer("Boss")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, boss.members[0]])
    names = [name for name, _ in menu_of_admins()]
    async with serving(sandbox, admin_ids=f"{ids(boss)},999999"):
        admin = await asked(sandbox, boss, "/admin")
        in_private = [(await asked(sandbox, sandbox.chat, f"/{name}")).words for name in names]
        made_up = await sandbox.telegram.press_data(sandbox.person, admin, "1:access:0:closed").answered()
        for name in names:
            sandbox.telegram.say(group, sandbox.person, f"/{name}")
        await next_answer(sandbox, sandbox.telegram.say(group, sandbox.person, "/quota"))
        said = [message.reply_to.text for message in sandbox.bot_messages(group) if message.reply_to]
        commands = sandbox.telegram.commands_for
        await sandbox.telegram.until(lambda: len(commands(boss.members[0], boss)) > len(menu()))
        await sandbox.telegram.until(lambda: commands(sandbox.person, sandbox.chat))
    assert set(in_private) == {UNKNOWN}
    assert made_up.text == "Only the person who asked can press this."
    assert said == ["/quota"]
    everybodys = [name for name, _ in menu()]
    assert [one["command"] for one in commands(boss.members[0], boss)] == everybodys + names
    assert [one["command"] for one in commands(sandbox.person, sandbox.chat)] == everybodys
    assert await query(sandbox, "SELECT count(*) FROM audit") == [(0,)]
