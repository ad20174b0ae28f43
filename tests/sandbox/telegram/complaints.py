"""What the local Telegram says of a call that it refuses."""

from telegram.error import BadRequest


async def refusal(call: object) -> str | None:
    """A call's complaint, or nothing."""
    try:
        await call  # type: ignore[misc]  # any coroutine of Bot's
    except BadRequest as error:
        return str(error)
    return None
