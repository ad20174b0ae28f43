"""What the Bot API answers instead of a result, in its own words.

```
TelegramApiError      any refusal: HTTP status, description, parameters
├── BadRequest        400
├── Unauthorized      401
├── Forbidden         403
├── NotFound          404
├── Conflict          409
├── TooLarge          413
└── TooManyRequests   429, with retry_after in seconds
```
"""

from typing import Any, ClassVar


class TelegramApiError(Exception):
    """A call that was refused; `description` is what the server's JSON says, prefix included."""

    status: ClassVar[int]
    prefix: ClassVar[str]

    def __init__(self, reason: str = "", *, parameters: dict[str, Any] | None = None) -> None:
        self.description = f"{self.prefix}: {reason}" if reason else self.prefix
        self.parameters = parameters
        super().__init__(self.description)

    def to_json(self) -> dict[str, Any]:
        """The answer's body (Bot API: Making requests)."""
        body = {"ok": False, "error_code": self.status, "description": self.description}
        return body if self.parameters is None else body | {"parameters": self.parameters}


class BadRequest(TelegramApiError):
    status = 400
    prefix = "Bad Request"


class Unauthorized(TelegramApiError):
    status = 401
    prefix = "Unauthorized"


class Forbidden(TelegramApiError):
    status = 403
    prefix = "Forbidden"


class NotFound(TelegramApiError):
    status = 404
    prefix = "Not Found"


class Conflict(TelegramApiError):
    status = 409
    prefix = "Conflict"


class TooLarge(TelegramApiError):
    status = 413
    prefix = "Request Entity Too Large"


class TooManyRequests(TelegramApiError):
    status = 429
    prefix = "Too Many Requests"

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after}", parameters={"retry_after": retry_after})
        self.retry_after = retry_after
