"""What a bot says about itself: commands, descriptions and menu buttons, by scope and language."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.errors import BadRequest

COMMANDS_IN_A_SCOPE = 100
COMMAND_NAME = re.compile(r"[a-z0-9_]+")
COMMAND_NAME_CHARACTERS = 32
COMMAND_DESCRIPTION_CHARACTERS = 256
NAME_CHARACTERS = 64
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
    #: By what they are, name, description or short_description, and language.
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    #: By chat id; None for every chat without one of its own.
    menu_buttons: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def set_commands(self, key: Audience, commands: list[dict[str, str]]) -> None:
        """Keeps the commands of an audience; none means that it has no list of its own."""
        if commands:
            self.commands[key] = commands
        else:
            self.commands.pop(key, None)

    def commands_for(self, user: User, chat: Chat) -> list[dict[str, str]]:
        """The commands that a person is shown in a chat: the first list from narrow to wide, language first."""
        language = (user.language_code or "")[:2]
        for scope in _scopes(user, chat):
            for key in ((scope, language), (scope, "")):
                if key in self.commands:
                    return self.commands[key]
        return []


def _scopes(user: User, chat: Chat) -> list[str]:
    """The scopes that hold for a person in a chat, narrowest first (Bot API: Determining list of commands)."""
    if chat.is_private:
        return [f"chat:{chat.id}", "all_private_chats", "default"]
    steps = [
        (f"chat_member:{chat.id}:{user.id}", True),
        (f"chat_administrators:{chat.id}", user in chat.administrators),
        (f"chat:{chat.id}", True),
        ("all_chat_administrators", user in chat.administrators),
        ("all_group_chats", True),
        ("default", True),
    ]
    return [scope for scope, holds in steps if holds]


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
    name, description = name.strip().removeprefix("/"), description.strip()
    _check_length("command", name, COMMAND_NAME_CHARACTERS)
    _check_length("command description", description, COMMAND_DESCRIPTION_CHARACTERS)
    if not COMMAND_NAME.fullmatch(name):
        raise BadRequest("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


def _check_length(what: str, text: str, limit: int) -> None:
    if not text:
        raise BadRequest(f"{what} must be non-empty")
    length = "description length" if what.endswith("description") else "length"
    if len(text) > limit:
        raise BadRequest(f"command {length} must not exceed {limit}")


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
