"""Goes through the questions of `reelbot setup`, and writes what was answered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from telegram import User
from telegram.error import InvalidToken

from bot.findings import doubtful, well, wrong
from bot.settings import SettingsError, read_catalogue
from bot.setup.answers import NO_TOKEN, Answers, is_in_environment
from bot.setup.telegram import TelegramTrouble, find_username, wait_for_owner
from bot.setup.terminal import Terminal
from bot.setup.video_api import ask_for_video_api, choose_video_api
from chat.admin_link import AdminLink
from domain.account import AccessMode
from domain.catalogue_file import CatalogueError
from upstream.http.proxies import read_proxy

_SECRET = ("TOKEN", "KEY", "PASSWORD", "SECRET", "PROXY", "DATABASE_URL")
_WHO_MAY = {
    AccessMode.INVITE: "people ask, and you let them in with a button",
    AccessMode.OPEN: "everybody who finds the bot",
    AccessMode.CLOSED: "only people you allow by command",
}
_WAYS_TO_TELEGRAM = ("type the token again", "name a proxy", "try once more")
_SECTIONS = ("nothing", "the bot's token", "the video API and its key", "who may use the bot", "the budget")
_LATER = """
To keep it running, from the folder of Reelbot:
  with Docker    docker compose up --detach --build
  with systemd   sudo install -D --mode 600 .env /etc/reelbot/env
                 and the other lines at the top of deploy/reelbot.service"""


def set_up(path: Path = Path(".env"), console: Console | None = None) -> bool:
    """Ask, write the file, and return whether the bot shall be started now.

    Raises Stopped or KeyboardInterrupt if the person leaves, and SettingsError or CatalogueError for what is not mended.
    """
    terminal, answers = Terminal(console or Console(highlight=False)), Answers(path)
    _show_what_is_known(terminal, answers)
    _mend(terminal, answers)
    _mend_catalogue(terminal, answers)
    wants_more = _is_complete(answers)
    username = _ask_for_token(terminal, answers)
    _ask_for_admin(terminal, answers, username)
    terminal.say("\n3  The video API", style="bold")
    ask_for_video_api(terminal, answers)
    terminal.say("\n4  Who may use the bot, and how much", style="bold")
    _ask_who_may(terminal, answers)
    _ask_for_budget(terminal, answers)
    if wants_more:
        _change(terminal, answers)
    _write(terminal, answers)
    terminal.say(_LATER)
    terminal.say()
    return terminal.confirm("Start the bot now, until Ctrl-C?")


def _show_what_is_known(terminal: Terminal, answers: Answers) -> None:
    terminal.say(
        "Reelbot needs a Telegram bot and an account at a video API. Each answer is checked at once;"
    )
    terminal.say(f"{answers.path} is written at the end. Ctrl-C stops, and changes nothing.")
    if answers.known:
        terminal.say(f"\nThere is a {answers.path} already. Only what is missing or wrong is asked for.")
    for name, value in answers.known.items():
        is_secret = any(word in name for word in _SECRET) and not name.endswith("_FILE")
        shown = "(set, not shown)" if is_secret else value if value.isprintable() else ascii(value)
        terminal.say(f"  {name}  {shown}", style="dim")


def _mend(terminal: Terminal, answers: Answers) -> None:
    """Ask for what is wrong as it stands in the file, whatever setting it is."""
    while True:
        try:
            answers.settings()
        except SettingsError as error:
            if not error.setting or is_in_environment(error.setting):
                raise
            terminal.tell(wrong(str(error)))
            _mend_one(terminal, answers, error)
        else:
            return


def _mend_one(terminal: Terminal, answers: Answers, error: SettingsError) -> None:
    name = error.setting
    if error.meant:
        is_free = not answers.is_set(error.meant)
        if is_free and terminal.confirm(f"Rename {name} to {error.meant}?"):
            answers.set(error.meant, answers.known[name])
        answers.set(name, None)
        return
    is_secret = any(word in name for word in _SECRET)
    said = terminal.ask(f"{name}, anew (empty: leave it out)", str, is_hidden=is_secret)
    answers.set(name, said or None)


def _mend_catalogue(terminal: Terminal, answers: Answers) -> None:
    try:
        read_catalogue(answers.settings())
    except CatalogueError as error:
        terminal.tell(wrong(str(error)))
        if is_in_environment("MODELS_FILE") or not terminal.confirm(
            "Use the catalogue that comes with the bot?"
        ):
            raise
        answers.set("MODELS_FILE", None)


def _is_complete(answers: Answers) -> bool:
    settings = answers.settings()
    has_token = settings.telegram_bot_token.get_secret_value() != NO_TOKEN
    return has_token and all(map(answers.is_set, ("VIDEO_API_KEY", "ACCESS", "DAILY_BUDGET")))


def _ask_for_token(terminal: Terminal, answers: Answers) -> str:
    """Return the bot's username, once Telegram knows its token."""
    terminal.say("\n1  The Telegram bot", style="bold")
    if answers.settings().telegram_bot_token.get_secret_value() == NO_TOKEN:
        _type_token(terminal, answers)
    while True:
        try:
            username = asyncio.run(find_username(answers.settings()))
        except TelegramTrouble as trouble:
            terminal.tell(wrong(str(trouble)))
            default = 0 if isinstance(trouble.__cause__, InvalidToken) else 1
            match terminal.choose("What now", _WAYS_TO_TELEGRAM, default=default):
                case 0:
                    _type_token(terminal, answers)
                case 1:
                    _ask_for_proxy(terminal, answers)
        else:
            terminal.tell(well(f"@{username}: https://t.me/{username}"))
            return username


def _type_token(terminal: Terminal, answers: Answers) -> None:
    terminal.say(
        "Write /newbot to https://t.me/BotFather, or /token for a bot that you have, and copy its token."
    )

    def read(said: str) -> str:
        answers.settings(telegram_bot_token=said)
        return said

    answers.set("TELEGRAM_BOT_TOKEN", _asked(terminal, "Its token (it is not shown)", read, is_hidden=True))


def _ask_for_proxy(terminal: Terminal, answers: Answers) -> None:
    def read(said: str) -> str:
        try:
            if said:
                read_proxy(said)
        except ValueError as error:
            raise ValueError(f"that {error}") from None
        return said

    question = "The proxy to Telegram, such as socks5://user:password@127.0.0.1:1080 (empty: none)"
    answers.set("TELEGRAM_PROXY", terminal.ask(question, read) or None)


def _ask_for_admin(terminal: Terminal, answers: Answers, username: str) -> None:
    terminal.say("\n2  You", style="bold")
    if answers.is_set("ADMIN_IDS"):
        ids = sorted(answers.settings().admin_ids)
        terminal.tell(well(f"admins: {', '.join(map(str, ids))}"))
        return
    link = AdminLink()
    terminal.say("Open this link and press Start there, and you are the bot's admin:")
    terminal.say(f"  {link.address(username)}")
    terminal.say("Waiting for you (Ctrl-C: go on without) …", style="dim")
    try:
        person = asyncio.run(wait_for_owner(answers.settings(), link))
    except KeyboardInterrupt:
        terminal.say()
        terminal.tell(doubtful("the bot has no admin yet; its first start shows a link like this one"))
    except TelegramTrouble as trouble:
        terminal.tell(
            doubtful(f"{trouble}. The bot has no admin yet; its first start shows a link like this one")
        )
    else:
        answers.set("ADMIN_IDS", str(person.id))
        terminal.tell(well(f"{_called(person)} is the admin"))


def _called(person: User) -> str:
    name = f"{person.full_name} (@{person.username})" if person.username else person.full_name
    return name if name.isprintable() else ascii(name)


def _ask_who_may(terminal: Terminal, answers: Answers) -> None:
    settings = answers.settings()
    if answers.is_set("ACCESS") and settings.access is not None:
        terminal.tell(well(f"who may use the bot: {_WHO_MAY[settings.access]}"))
    elif not settings.admin_ids:
        terminal.tell(doubtful("while there is no admin, everybody who finds the bot may use it"))
    else:
        _choose_who_may(terminal, answers)


def _choose_who_may(terminal: Terminal, answers: Answers) -> None:
    terminal.say("Who may use the bot? You can change that in the chat.")
    chosen = terminal.choose("Number", [f"{mode}: {words}" for mode, words in _WHO_MAY.items()])
    answers.set("ACCESS", [*_WHO_MAY][chosen])


def _ask_for_budget(terminal: Terminal, answers: Answers) -> None:
    if not answers.is_set("DAILY_BUDGET"):
        _type_budget(terminal, answers)
        return
    budget = answers.settings().daily_budget
    terminal.tell(well(f"budget: {f'{budget} credits in 24 hours' if budget else 'no limit'}"))


def _type_budget(terminal: Terminal, answers: Answers) -> None:
    def read(said: str) -> str:
        answers.settings(daily_budget=said)
        return said

    terminal.say("How many credits may all videos of 24 hours cost together? 0 is no limit.")
    default = str(answers.settings().daily_budget)
    answers.set("DAILY_BUDGET", _asked(terminal, "Credits", read, default=default))


def _asked(
    terminal: Terminal,
    question: str,
    read: Callable[[str], str],
    *,
    default: str = "",
    is_hidden: bool = False,
) -> str:
    """Ask for what the settings take; their complaint is told without the setting's name."""

    def checked(said: str) -> str:
        if not said:
            raise ValueError("nothing was typed")
        try:
            return read(said)
        except SettingsError as error:
            raise ValueError(f"that {str(error).removeprefix(error.setting).strip()}") from None

    return terminal.ask(question, checked, default=default, is_hidden=is_hidden)


def _change(terminal: Terminal, answers: Answers) -> None:
    """Nothing was missing: ask what is to be changed all the same."""
    while chosen := terminal.choose("What do you want to change", _SECTIONS):
        match chosen:
            case 1:
                _type_token(terminal, answers)
                _ask_for_token(terminal, answers)
            case 2:
                choose_video_api(terminal, answers)
                ask_for_video_api(terminal, answers)
            case 3:
                _choose_who_may(terminal, answers)
            case _:
                _type_budget(terminal, answers)


def _write(terminal: Terminal, answers: Answers) -> None:
    if not answers.is_changed and not answers.path.exists():
        terminal.tell(well("everything is in the environment, so there is nothing to write"))
        return
    try:
        answers.write()  # also what has not changed: only its owner may read it
    except (OSError, ValueError) as error:
        raise SettingsError(f"{answers.path} cannot be written: {error}") from error
    terminal.tell(well(f"{answers.path} is written; only you can read it"))
