"""What the local video API does with a key that its customer gives an order, in `Idempotency-Key`."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

HEADER = "idempotency-key"
LARGEST_PAGE = 20


class OrderKeys(StrEnum):
    """Whether keys are taken, and what `GET /v1/videos?idempotency_key=…` answers."""

    #: Nobody looks at the header, and there is no such page.
    UNKNOWN = "unknown"
    #: The same key again answers the same video, which is found by it.
    TAKEN = "taken"
    #: The relay drops the header: the page is there, and its list is always empty.
    DROPPED = "dropped"
    #: Nobody looks at the header, and the page lists every video whatever is asked, as OpenAI's own.
    LISTS_EVERYTHING = "lists_everything"


class KeyBook:
    """Which video each key has become."""

    def __init__(self) -> None:
        self.mode = OrderKeys.UNKNOWN
        self._videos: dict[str, str] = {}

    def note(self, headers: Mapping[str, str], video_id: str) -> None:
        """Remember which video the order became, if keys are taken and it has one."""
        key = headers.get(HEADER)
        if key is not None and self.mode is OrderKeys.TAKEN:
            self._videos[key] = video_id

    def known(self, headers: Mapping[str, str]) -> str | None:
        """The video that an order with this key has become before."""
        return self._videos.get(headers.get(HEADER, "")) if self.mode is OrderKeys.TAKEN else None

    def found(self, key: str, everything: Sequence[str]) -> list[str]:
        """The videos, by their ids, that a look for the key lists; `everything` is all there are, oldest first."""
        match self.mode:
            case OrderKeys.TAKEN:
                return [self._videos[key]] if key in self._videos else []
            case OrderKeys.LISTS_EVERYTHING:
                return list(reversed(everything))[:LARGEST_PAGE]
            case _:
                return []

    def key_of(self, video_id: str) -> str | None:
        return next((key for key, one in self._videos.items() if one == video_id), None)
