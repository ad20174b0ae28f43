"""The Bot API's methods about chats and who is in them."""

from sandbox.telegram.access import check_present
from sandbox.telegram.chats import ChatKind, Standing
from sandbox.telegram.errors import BadRequest
from sandbox.telegram.json import Json, chat_full_json, member_json, user_json
from sandbox.telegram.methods.sending import NO_CHAT, find_chat
from sandbox.telegram.parameters import Method, Parameters
from sandbox.telegram.state import TelegramState

#: What nobody outside may look into, for there are no public ones.
SUPERGROUPS = {ChatKind.SUPERGROUP, ChatKind.CHANNEL}


async def get_chat(state: TelegramState, asked: Parameters) -> Json:
    chat = find_chat(state, asked)
    if chat.kind in SUPERGROUPS:  # others can be looked up from outside
        check_present(chat)
    return chat_full_json(chat)


async def get_chat_member(state: TelegramState, asked: Parameters) -> Json:
    chat, user = find_chat(state, asked), state.chats.users.get(asked.number("user_id"))
    if chat.kind in SUPERGROUPS or user != state.bot:
        check_present(chat)
    if user == state.bot:
        return member_json(state.bot, chat.standing)
    if user is None:
        raise BadRequest("member not found")
    return member_json(user, chat.standing_of(user), is_anonymous=user in chat.anonymous)


async def get_chat_administrators(state: TelegramState, asked: Parameters) -> list[Json]:
    chat = find_chat(state, asked)
    if chat.is_private:
        raise BadRequest("there are no administrators in the private chat")
    check_present(chat)
    administrators = [
        member_json(user, chat.standing_of(user), is_anonymous=user in chat.anonymous)
        for user in chat.administrators
    ]
    if chat.standing is Standing.ADMINISTRATOR:  # other bots only with return_bots, itself always
        administrators.append(member_json(state.bot, chat.standing))
    return administrators


async def leave_chat(state: TelegramState, asked: Parameters) -> bool:
    chat = find_chat(state, asked)
    check_present(chat)
    if chat.is_private:
        raise BadRequest("can't leave private chats")
    state.change_standing(chat, Standing.LEFT, by=state.bot)
    farewell = state.new_message(chat, state.bot)
    farewell.service = {"left_chat_member": user_json(state.bot)}
    state.post(farewell)
    return True


CHATS: dict[str, Method] = {
    "getChat": Method(run=get_chat, requires=NO_CHAT),
    "leaveChat": Method(run=leave_chat, requires=NO_CHAT),
    "getChatMember": Method(run=get_chat_member, requires=NO_CHAT | {"user_id": "invalid user_id specified"}),
    "getChatAdministrators": Method(
        run=get_chat_administrators, takes=frozenset({"return_bots"}), requires=NO_CHAT
    ),
}
