"""`reelbot setup` at a terminal, against both practice servers: from nothing to a bot that serves, without an editor."""

from __future__ import annotations

import re

from dotenv import dotenv_values

from sandbox.telegram.faults import Fault, FaultKind
from tests.journeys.at_terminal import Person, at_terminal
from tests.journeys.sandbox import KEY, Sandbox

NOWHERE = "http://127.0.0.1:9"
_LINK = re.compile(r"https://t\.me/reelbot_bot\?start=(admin_[\w-]{22})")


def world(sandbox: Sandbox) -> dict[str, str]:
    """Return the environment of a command: what a test's bot needs besides what setup asks for."""
    needed = ("TELEGRAM_API_URL", "DATABASE_URL", "DATA_DIR", "ALLOW_PRIVATE_CLIP_ADDRESSES")
    return {"PATH": "/usr/bin"} | {name: sandbox.settings[name] for name in needed}


async def open_link(sandbox: Sandbox, person: Person) -> None:
    """Open the link that is shown, as the owner's Telegram does."""
    said = await person.until("Waiting for you")
    found = _LINK.search(said)
    assert found is not None
    sandbox.ask(sandbox.chat, f"/start {found[1]}")


async def name_the_bot(person: Person, token: str) -> None:
    """Type two tokens that are none, and then the right one."""
    await person.answer("Its token", "hunter2")
    await person.until("✗ that does not look like a token from @BotFather")
    await person.answer("Its token", "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    await person.until("✗ TELEGRAM_BOT_TOKEN: Telegram does not know this bot")
    await person.answer("What now [1]:", "")
    await person.answer("Its token", token)
    await person.until("✓ @reelbot_bot: https://t.me/reelbot_bot")


async def name_the_api(person: Person, address: str) -> None:
    """Choose an API of one's own; type addresses and keys that are none, a wrong key, and then the right one."""
    await person.answer("Number [1]:", "6")
    await person.answer("Its address", "gateway.example")
    await person.until("✗ that has to begin with https://")
    await person.answer("Its address", f"{address}/v1")
    await person.answer("The key of your account", "short")
    await person.until("✗ that is too short to be a key")
    await person.answer("The key of your account", "sk-of-somebody-else")
    await person.until("✗ VIDEO_API_KEY: the video API refuses it")
    await person.answer("What now [1]:", "1")
    await person.answer("The key of your account", KEY)
    await person.until("✓ the video API lists")


async def test_from_nothing_to_a_bot_that_serves(sandbox: Sandbox) -> None:
    address = sandbox.settings["VIDEO_API_URL"]
    stranger = sandbox.newcomer("Ada")
    sandbox.ask(stranger, "/help")  # waits for the bot, and is not lost by setup
    async with at_terminal(["setup"], world(sandbox), sandbox.folder) as person:
        await name_the_bot(person, sandbox.telegram.token)
        await open_link(sandbox, person)
        await person.until("✓ Mina (@mina) is the admin")
        await name_the_api(person, address)
        await person.answer("Number [1]:", "")
        await person.answer("Credits [50]:", "20")
        await person.answer("Start the bot now, until Ctrl-C?", "y")
        await person.until("✓ https://t.me/reelbot_bot is ready")
        await sandbox.until_said("✅ You are this bot's admin. Go on in the terminal.")
        await sandbox.until_said("New people have to ask")
        await sandbox.telegram.until(lambda: sandbox.bot_messages(stranger) or None)
        person.interrupt()
        assert await person.ended() == 0
        screen = person.screen
    assert [secret in screen for secret in (KEY, sandbox.telegram.token)] == [False, False]
    assert [line.split() for line in screen.splitlines() if "Gemini Omni" in line][-1] == (
        ["Gemini", "Omni", "5", "8", "10", "3-10", "1–2", "0.10–0.45", "USD"]
    )
    env = sandbox.folder / ".env"
    assert env.stat().st_mode & 0o777 == 0o600
    assert dotenv_values(env) == {
        "TELEGRAM_BOT_TOKEN": sandbox.telegram.token,
        "ADMIN_IDS": str(sandbox.person.id),
        "VIDEO_API_URL": f"{address}/v1",
        "VIDEO_API_KEY": KEY,
        "ACCESS": "invite",
        "DAILY_BUDGET": "20",
    }


BEFORE = """# mine
TELEGRAM_BOT_TOKEN={token}
VIDEO_API_KEY="{key}"
VIDEO_API_URL={address}
ADMIN_ID=5   # a slip
ADMIN_IDS=@mina
DAILY_BUDGET=lots
MODELS_FILE=nowhere.toml
OPENAI_API_KEY=sk-of-another-program
"""


async def test_what_is_wrong_in_a_file_is_asked_for_and_the_rest_is_kept(sandbox: Sandbox) -> None:
    env = sandbox.folder / ".env"
    address = sandbox.settings["VIDEO_API_URL"]
    env.write_text(BEFORE.format(token=sandbox.telegram.token, key=KEY, address=address))
    async with at_terminal(["setup"], world(sandbox), sandbox.folder) as person:
        known = await person.until("✗ ADMIN_ID is no setting; did you mean ADMIN_IDS?")
        await person.until("✗ ADMIN_IDS should be your numeric Telegram id (“@mina”)")
        await person.answer("ADMIN_IDS, anew (empty: leave it out):", "")
        await person.until("✗ DAILY_BUDGET should be a whole number")
        await person.answer("DAILY_BUDGET, anew (empty: leave it out):", "7")
        await person.until("✗ MODELS_FILE nowhere.toml cannot be read: No such file or directory")
        await person.answer("Use the catalogue that comes with the bot?", "")
        sandbox.telegram.faults.add(Fault(method="getUpdates", kind=FaultKind.LOST_BEFORE))
        await open_link(sandbox, person)
        await person.answer("Number [1]:", "3")
        await person.until("✓ budget: 7 credits in 24 hours")
        await person.answer("Start the bot now", "n")
        assert await person.ended() == 0
        screen = person.screen
    assert "OPENAI_API_KEY  (set, not shown)" in known
    assert [secret in screen for secret in (KEY, sandbox.telegram.token, "sk-of-another")] == [False] * 3
    assert env.read_text().splitlines() == [
        "# mine",
        f"TELEGRAM_BOT_TOKEN={sandbox.telegram.token}",
        f'VIDEO_API_KEY="{KEY}"',
        f"VIDEO_API_URL={address}",
        f"ADMIN_IDS={sandbox.person.id}",
        "DAILY_BUDGET=7",
        "OPENAI_API_KEY=sk-of-another-program",
        "ACCESS=closed",
    ]


async def test_where_nothing_is_missing_anything_may_be_changed(sandbox: Sandbox) -> None:
    env = sandbox.folder / ".env"
    settings = {"TELEGRAM_BOT_TOKEN": sandbox.telegram.token, "VIDEO_API_KEY": KEY, "ADMIN_IDS": "7"}
    settings |= {"VIDEO_API_URL": sandbox.settings["VIDEO_API_URL"], "ACCESS": "open", "DAILY_BUDGET": "7"}
    env.write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    async with at_terminal(["setup"], world(sandbox), sandbox.folder) as person:
        await person.answer("What do you want to change [1]:", "5")
        await person.answer("Credits [7]:", "many")
        await person.until("✗ that should be a whole number")
        await person.answer("Credits [7]:", "9")
        await person.answer("What do you want to change [1]:", "4")
        await person.answer("Number [1]:", "3")
        await person.answer("What do you want to change [1]:", "")
        await person.until("✓ .env is written")
        await person.answer("Start the bot now", "n")
        assert await person.ended() == 0
    assert dotenv_values(env) == settings | {"ACCESS": "closed", "DAILY_BUDGET": "9"}
    assert env.stat().st_mode & 0o777 == 0o600


async def test_run_offers_setup_and_leaving_it_changes_nothing(sandbox: Sandbox) -> None:
    nobody = {"ALL_PROXY": NOWHERE, "TELEGRAM_API_URL": "http://telegram.test"}
    async with at_terminal(["run"], world(sandbox) | nobody, sandbox.folder) as person:
        await person.answer("Set the bot up now?", "y")
        await person.answer("Its token", sandbox.telegram.token)
        await person.until(
            "✗ TELEGRAM_API_URL: Telegram cannot be reached at http://telegram.test (nothing listens"
        )
        await person.answer("What now [2]:", "2")
        await person.answer("The proxy to Telegram", "ftp://proxy")
        await person.until("✗ that is no address of a proxy")
        await person.answer("The proxy to Telegram", NOWHERE)
        await person.answer("What now [2]:", "3")
        await person.until("What now [2]:")
        person.interrupt()
        assert await person.ended() == 130
        assert "Traceback" not in person.screen
    async with at_terminal(["check"], world(sandbox), sandbox.folder) as person:
        await person.answer("Set the bot up now?", "n")
        assert await person.ended() == 2
        await person.until("reelbot: TELEGRAM_BOT_TOKEN is not set")
    assert not (sandbox.folder / ".env").exists()


async def test_the_link_may_be_left_for_the_first_start_and_an_api_without_money_be_filled_later(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.account.key_spent = True
    secrets = {"TELEGRAM_BOT_TOKEN": sandbox.telegram.token, "VIDEO_API_KEY": KEY}
    here = world(sandbox) | secrets | {"VIDEO_API_URL": sandbox.settings["VIDEO_API_URL"]}
    async with at_terminal(["setup"], here, sandbox.folder) as person:
        await person.until("Waiting for you")
        await sandbox.until_polled()
        person.interrupt()
        await person.until("⚠ the bot has no admin yet; its first start shows a link like this one")
        await person.until("✗ the account with the video API has nothing left to spend")
        await person.answer("What now [1]:", "4")
        await person.until("⚠ while there is no admin, everybody who finds the bot may use it")
        await person.answer("Credits [50]:", "")
        await person.answer("Start the bot now", "y")
        said = await person.until("it works once:")
        await person.until("\n")
        sandbox.ask(sandbox.chat, f"/start {_payload(person.screen)}")
        await sandbox.until_said("✅ You are this bot's admin.")
        person.interrupt()
        assert await person.ended() == 0
    assert "the bot has no admin: anybody who finds it spends your credits" in said
    assert dotenv_values(sandbox.folder / ".env") == {"DAILY_BUDGET": "50"}


async def test_a_known_api_is_chosen_by_its_number_with_its_address_and_protocol(sandbox: Sandbox) -> None:
    env = sandbox.folder / ".env"
    env.write_text(f"TELEGRAM_BOT_TOKEN={sandbox.telegram.token}\nADMIN_IDS=7\nACCESS=open\nDAILY_BUDGET=0\n")
    here = world(sandbox) | {"VIDEO_API_PROXY": NOWHERE}
    for before, number, reached in (
        ([], "1", "https://openrouter.ai/api"),
        (["2"], "2", "https://api.laozhang.ai"),
    ):
        async with at_terminal(["setup"], here, sandbox.folder) as person:
            for answer in before:  # the key is there, and the API out of reach
                await person.answer("What now [1]:", answer)
            await person.answer("Number [1]:", number)
            await person.answer("The key of your account", KEY)
            await person.until(
                f"✗ VIDEO_API_URL: the video API cannot be reached at {reached} (nothing listens there)"
            )
            await person.answer("What now [1]:", "4")
            if before:
                await person.answer("What do you want to change [1]:", "")
            await person.answer("Start the bot now", "n")
            assert await person.ended() == 0
        found = dotenv_values(env)
        assert (found["VIDEO_API_URL"], found.get("VIDEO_API_PROTOCOL")) == (
            reached,
            "openrouter" if number == "1" else None,
        )


def _payload(screen: str) -> str:
    *_, payload = (found[1] for found in _LINK.finditer(screen))
    return payload
