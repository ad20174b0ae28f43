"""What the bot says of itself: commands by audience, name, descriptions, menu buttons."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
    BotCommandScopeDefault,
    MenuButtonCommands,
)
from telegram.error import BadRequest

from sandbox.telegram.chats import Chat, User
from sandbox.telegram.server import TelegramSandbox


async def test_commands_are_kept_for_each_audience(bot: Bot, chat: Chat) -> None:
    everyone, germans, groups, anna = (
        [BotCommand("video", text)] for text in ("Make a video", "Ein Video", "Together", "Admin")
    )
    await bot.set_my_commands(everyone)
    await bot.set_my_commands(germans, language_code="de")
    await bot.set_my_commands(groups, scope=BotCommandScopeAllGroupChats())
    await bot.set_my_commands(anna, scope=BotCommandScopeChat(chat.id))
    assert await bot.get_my_commands() == tuple(everyone)
    assert await bot.get_my_commands(language_code="de") == tuple(germans)
    assert await bot.get_my_commands(scope=BotCommandScopeAllGroupChats()) == tuple(groups)
    assert await bot.get_my_commands(scope=BotCommandScopeChat(chat.id)) == tuple(anna)
    await bot.delete_my_commands(language_code="de")
    assert await bot.get_my_commands(language_code="de") == ()


async def test_each_person_is_shown_the_narrowest_list(
    bot: Bot, telegram: TelegramSandbox, chat: Chat, group: Chat, anna: User
) -> None:
    boris, zoe = group.members[1], telegram.add_user("Zoe", language_code="pt-br")
    group.members.append(zoe)
    scopes = [
        BotCommandScopeDefault(),
        BotCommandScopeAllPrivateChats(),
        BotCommandScopeAllGroupChats(),
        BotCommandScopeAllChatAdministrators(),
        BotCommandScopeChat(group.id),
        BotCommandScopeChatAdministrators(group.id),
        BotCommandScopeChatMember(group.id, boris.id),
        BotCommandScopeChat(chat.id),
    ]
    seen = [shown(telegram, anna, chat, group, boris, zoe)]
    for scope in scopes:
        await bot.set_my_commands([("video", scope.type)], scope=scope)
        seen.append(shown(telegram, anna, chat, group, boris, zoe))
    assert seen == [
        # Anna with the bot, Anna who owns the group, Boris, Zoe
        ["", "", "", ""],
        ["default", "default", "default", "default"],
        ["all_private_chats", "default", "default", "default"],
        ["all_private_chats", "all_group_chats", "all_group_chats", "all_group_chats"],
        ["all_private_chats", "all_chat_administrators", "all_group_chats", "all_group_chats"],
        ["all_private_chats", "chat", "chat", "chat"],
        ["all_private_chats", "chat_administrators", "chat", "chat"],
        ["all_private_chats", "chat_administrators", "chat_member", "chat"],
        ["chat", "chat_administrators", "chat_member", "chat"],
    ]


def shown(telegram: TelegramSandbox, anna: User, chat: Chat, group: Chat, *members: User) -> list[str]:
    """The descriptions that Anna sees in both chats, and the members in the group."""
    places = [(anna, chat), *((person, group) for person in (anna, *members))]
    lists = [telegram.commands_for(person, place) for person, place in places]
    return [commands[0]["description"] if commands else "" for commands in lists]


async def test_a_scope_speaks_the_persons_language_before_a_wider_one_does(
    bot: Bot, telegram: TelegramSandbox, group: Chat
) -> None:
    zoe = telegram.add_user("Zoe", language_code="pt-br")
    await bot.set_my_commands([("video", "tudo")], language_code="pt")
    await bot.set_my_commands([("video", "groups")], scope=BotCommandScopeAllGroupChats())
    everyones = telegram.commands_for(zoe, group)
    await bot.set_my_commands([("video", "grupos")], scope=BotCommandScopeAllGroupChats(), language_code="pt")
    own = telegram.commands_for(zoe, group)
    await bot.set_my_commands([], scope=BotCommandScopeAllGroupChats(), language_code="pt")
    await bot.delete_my_commands(scope=BotCommandScopeAllGroupChats())
    widest = telegram.commands_for(zoe, group)
    assert [commands[0]["description"] for commands in (everyones, own, widest)] == [
        "groups",
        "grupos",
        "tudo",
    ]


async def test_a_name_is_told_in_the_language_asked_for(bot: Bot) -> None:
    first = (await bot.get_my_name()).name
    await bot.set_my_name("Kino", "de")
    names = [(await bot.get_my_name(language)).name for language in ("de", "fr")]
    assert (first, names) == ("Reelbot", ["Kino", "Reelbot"])
    with pytest.raises(BadRequest, match="Bot_name_too_long"):
        await bot.set_my_name("x" * 65)


@pytest.mark.parametrize(
    ("commands", "complaint"),
    [
        pytest.param([("Video", "x")], "Bot_command_invalid", id="capital letter"),
        pytest.param([("/", "x")], "Command must be non-empty", id="no name"),
        pytest.param([("v" * 33, "x")], "Command length must not exceed 32", id="long name"),
        pytest.param([("video", " ")], "Command description must be non-empty", id="no description"),
        pytest.param(
            [("video", "x" * 257)], "Command description length must not exceed 256", id="long description"
        ),
        pytest.param([("video", "x")] * 101, "Bot_commands_too_much", id="101"),
    ],
)
async def test_commands_are_checked(bot: Bot, commands: list[tuple[str, str]], complaint: str) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.set_my_commands(commands)


async def test_audiences_are_checked(bot: Bot, chat: Chat) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("video", "x")], scope=BotCommandScopeChat(404))
    with pytest.raises(BadRequest, match="Invalid language code specified"):
        await bot.get_my_commands(language_code="german")
    with pytest.raises(BadRequest, match="Can't use specified scope in private chats"):
        await bot.set_my_commands([("video", "x")], scope=BotCommandScopeChatAdministrators(chat.id))
    with pytest.raises(BadRequest, match="Can't parse botcommandscope"):
        await bot.get_my_commands(api_kwargs={"scope": {"type": "everybody"}})


async def test_descriptions_fall_back_to_everyones(bot: Bot) -> None:
    await bot.set_my_description("Makes videos")
    await bot.set_my_short_description("Videos")
    await bot.set_my_short_description("Filme", "de")
    assert (await bot.get_my_description("de")).description == "Makes videos"
    assert (await bot.get_my_short_description("de")).short_description == "Filme"
    assert (await bot.get_my_short_description("fr")).short_description == "Videos"
    with pytest.raises(BadRequest, match="Bot_description_too_long"):
        await bot.set_my_description("x" * 513)
    with pytest.raises(BadRequest, match="Bot_short_description_too_long"):
        await bot.set_my_short_description("x" * 121)


async def test_menu_buttons_are_kept_for_a_chat_or_all(bot: Bot, chat: Chat) -> None:
    assert (await bot.get_chat_menu_button(chat.id)).type == "default"
    await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(chat.id)).type == "commands"
    with pytest.raises(BadRequest, match="menubutton has unsupported type"):
        await bot.set_chat_menu_button(api_kwargs={"menu_button": {"type": "round"}})
