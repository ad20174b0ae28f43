"""Links to shared videos: nobody finds a video by guessing its number, for the link carries a signature of it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass

from telegram.ext import ExtBot
from telegram.helpers import create_deep_linked_url

#: What stands behind `/start`: A-Z, a-z, 0-9, _ and -, at most 64 of them (Bot API: Deep linking).
_PAYLOAD = re.compile(r"video_([0-9]{1,15})(?:_([A-Za-z0-9_-]{1,40}))?")
_WORDS = re.compile(r"#([0-9]{1,15})(?:\s+([A-Za-z0-9_-]{1,40}))?")
_PURPOSE = b"reelbot: link to a shared video"
#: 48 bits, in 8 characters: they can be guessed only by asking us, once for each guess.
_SIGNATURE_BYTES = 6
#: What earlier versions wrote, in 22 characters; it is out in people's chats.
_EARLIER_BYTES = 16


@dataclass(frozen=True, slots=True)
class SharedLink:
    """The video of a link. An unsigned link may have been written by anybody, so it works only for the video's maker."""

    job_id: int
    is_signed: bool


def link_to(job_id: int, bot: ExtBot[int]) -> str:
    """Return the address that opens the bot at this video; it holds as long as the bot keeps its token."""
    return create_deep_linked_url(bot.username, f"video_{job_id}_{sign(job_id, bot.token)}")


def read_payload(payload: str, token: str) -> SharedLink | None:
    """Read what stands behind `/start`; None if it is no link to a video."""
    read = _PAYLOAD.fullmatch(payload)
    if read is None:
        return None
    return read_link(int(read[1]), read[2] or "", token)


def words_of(job_id: int, token: str) -> str:
    """Return what [Share] looks up in any chat, by whoever presses it."""
    return f"#{job_id} {sign(job_id, token)}"


def read_words(words: str, token: str) -> SharedLink | None:
    """Read what was looked up, `#12` or what [Share] writes; None if it names no video."""
    read = _WORDS.fullmatch(words.strip())
    return None if read is None else read_link(int(read[1]), read[2] or "", token)


def read_link(job_id: int, signature: str, token: str) -> SharedLink:
    known = (_signature(job_id, token, length) for length in (_SIGNATURE_BYTES, _EARLIER_BYTES))
    return SharedLink(job_id, any(hmac.compare_digest(signature.encode(), one.encode()) for one in known))


def sign(job_id: int, token: str) -> str:
    """Return the signature of a link, 8 characters; only who has the bot's token can make it."""
    return _signature(job_id, token, _SIGNATURE_BYTES)


def _signature(job_id: int, token: str, length_bytes: int) -> str:
    key = hmac.digest(token.encode(), _PURPOSE, hashlib.sha256)
    signature = hmac.digest(key, str(job_id).encode(), hashlib.sha256)[:length_bytes]
    return base64.urlsafe_b64encode(signature).decode().rstrip("=")
