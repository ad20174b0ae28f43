"""What a bot says about itself: commands, descriptions and menu buttons, by scope and language."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram_errors import BadRequest

COMMANDS_IN_A_SCOPE = 100
COMMAND_NAME = re.compile(r"[a-z0-9_]{1,32}")
COMMAND_DESCRIPTION_CHARACTERS = 256
DESCRIPTION_CHARACTERS = 512
SHORT_DESCRIPTION_CHARACTERS = 120
LANGUAGE = re.compile(r"([a-z]{2})?")
SCOPES: dict[str, tuple[str, ...]] = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
MENU_BUTTONS = {"commands", "default", "web_app"}

#: A scope and a language, empty for all.
Audience = tuple[str, str]


@dataclass(slots=True)
class BotProfile:
    """The bot's public face; languages are two letters, or empty for everyone else."""

    commands: dict[Audience, list[dict[str, str]]] = field(default_factory=dict)
    #: By what they are, description or short_description, and language.
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    #: By chat id; None for every chat without one of its own.
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)


def audience(scope: object, language: str) -> Audience:
    """Names a scope as a key, such as `chat:42`.

    Raises:
        BadRequest: An unknown scope, one without its ids, or no language.
    """
    match scope:
        case None:
            name = "default"
        case {"type": str(kind), **rest} if kind in SCOPES and rest.keys() == set(SCOPES[kind]):
            name = ":".join([kind, *(str(rest[key]) for key in SCOPES[kind])])
        case _:
            raise BadRequest("can't parse BotCommandScope")
    return name, checked_language(language)


def checked_language(language: str) -> str:
    if not LANGUAGE.fullmatch(language):
        raise BadRequest("invalid language code specified")
    return language


def read_commands(raw: object) -> list[dict[str, str]]:
    """Checks a list of BotCommand (Bot API: setMyCommands).

    Raises:
        BadRequest: Too many, a name that is none, or a description that is empty or too long.
    """
    if not isinstance(raw, list):
        raise BadRequest("expected an Array of BotCommand")
    if len(raw) > COMMANDS_IN_A_SCOPE:
        raise BadRequest("BOT_COMMANDS_TOO_MUCH")
    return [_read_command(command) for command in raw]


def _read_command(raw: object) -> dict[str, str]:
    match raw:
        case {"command": str(name), "description": str(description), **rest} if not rest:
            pass
        case _:
            raise BadRequest("can't parse BotCommand")
    if not COMMAND_NAME.fullmatch(name.removeprefix("/")):
        raise BadRequest("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= COMMAND_DESCRIPTION_CHARACTERS:
        raise BadRequest("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name.removeprefix("/"), "description": description}


def read_menu_button(raw: object) -> dict[str, Any]:
    """Checks a MenuButton (Bot API: MenuButton); None is the default one.

    Raises:
        BadRequest: No kind of button.
    """
    match raw:
        case None:
            return {"type": "default"}
        case {"type": str(kind), **rest} if kind in MENU_BUTTONS:
            return {"type": kind} | {str(name): value for name, value in rest.items()}
        case _:
            raise BadRequest("can't parse menu button: MenuButton has unsupported type")
