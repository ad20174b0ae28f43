"""Privacy mode: which of a chat's messages a bot gets to see (Bot features: privacy mode)."""

from sandbox.telegram.chats import Chat, Message, Standing, User

SEEING = {Standing.MEMBER, Standing.ADMINISTRATOR, Standing.RESTRICTED}


def is_visible(message: Message, bot: User, *, is_private: bool = True) -> bool:
    """Whether the bot gets an update for a person's message; `is_private` is its privacy mode.

    In groups it sees with that, unless it is an administrator: commands meant for it or for anyone, replies to its own
    messages, messages that mention it or were posted through it, and service messages. Of captions, it sees
    only what names it.
    """
    chat: Chat = message.chat
    if message.sender == bot or chat.standing not in SEEING:
        return False
    sees_all = not is_private or chat.is_private or chat.standing is Standing.ADMINISTRATOR
    if sees_all or message.service:
        return True
    if message.via_bot == bot:
        return True
    if message.reply_to is not None and message.reply_to.sender == bot:
        return True
    return any(_is_for(word, bot, in_caption=message.text is None) for word in _marked_words(message))


def _marked_words(message: Message) -> list[str]:
    units = message.words.encode("utf-16-le")
    return [
        units[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")
        for entity in message.entities
        if entity.type in {"bot_command", "mention"}
    ]


def _is_for(word: str, bot: User, *, in_caption: bool) -> bool:
    command, at, name = word.partition("@")
    if at:
        return name.lower() == (bot.username or "").lower()
    return command.startswith("/") and not in_caption
