"""The one-time link by which the bot's owner becomes its admin: whoever opens it first knows a code that nobody guesses."""

from __future__ import annotations

import hmac
import secrets

from telegram.helpers import create_deep_linked_url

#: What stands behind `/start` in such a link begins so.
PREFIX = "admin_"
#: 128 bits, in 22 characters (Bot API: Deep linking allows 64, of A-Z, a-z, 0-9, _ and -).
_CODE_BYTES = 16


class AdminLink:
    """A link that works once, and no longer than the process lives that made it."""

    def __init__(self) -> None:
        self._payload: str | None = f"{PREFIX}{secrets.token_urlsafe(_CODE_BYTES)}"

    def address(self, username: str) -> str | None:
        """Return the address that opens the bot and says the code there; None once it was used."""
        return None if self._payload is None else create_deep_linked_url(username, self._payload)

    def fits(self, payload: str) -> bool:
        """Tell whether these are the words behind `/start` of this link, and it was not used yet.

        It takes the same time for every wrong code.
        """
        return self._payload is not None and hmac.compare_digest(
            self._payload.encode(), payload.encode(errors="replace")
        )

    def use_up(self) -> None:
        """Let it fit nothing from now on."""
        self._payload = None
