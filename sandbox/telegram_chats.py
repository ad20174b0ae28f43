"""The Bot API's methods about chats and who is in them."""

from sandbox.chats import Standing
from sandbox.telegram_errors import BadRequest, Forbidden
from sandbox.telegram_json import Json, chat_full_json, member_json
from sandbox.telegram_parameters import Method, Parameters
from sandbox.telegram_sending import NO_CHAT, find_chat
from sandbox.telegram_state import TelegramState

GONE = {Standing.LEFT, Standing.KICKED}


async def get_chat(state: TelegramState, asked: Parameters) -> Json:
    chat = find_chat(state, asked)
    if chat.standing in GONE:
        raise Forbidden(f"bot is not a member of the {chat.kind} chat")
    return chat_full_json(chat)


async def get_chat_member(state: TelegramState, asked: Parameters) -> Json:
    chat, user = find_chat(state, asked), state.chats.users.get(asked.number("user_id"))
    if user == state.bot:
        return member_json(state.bot, chat.standing)
    if user is None:
        raise BadRequest("member not found")
    if user in chat.administrators:
        return member_json(user, Standing.ADMINISTRATOR)
    return member_json(user, Standing.MEMBER if user in chat.members else Standing.LEFT)


async def get_chat_administrators(state: TelegramState, asked: Parameters) -> list[Json]:
    chat = find_chat(state, asked)
    if chat.is_private:
        raise BadRequest("there are no administrators in the private chat")
    administrators = [member_json(user, Standing.ADMINISTRATOR) for user in chat.administrators]
    if chat.standing is Standing.ADMINISTRATOR and asked.flag("return_bots"):
        administrators.append(member_json(state.bot, chat.standing))
    return administrators


CHATS: dict[str, Method] = {
    "getChat": Method(run=get_chat, requires=NO_CHAT),
    "getChatMember": Method(run=get_chat_member, requires=NO_CHAT | {"user_id": "invalid user_id specified"}),
    "getChatAdministrators": Method(
        run=get_chat_administrators, takes=frozenset({"return_bots"}), requires=NO_CHAT
    ),
}
