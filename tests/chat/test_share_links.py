"""Links to shared videos: read back as they were written, and nobody else can write one."""

from __future__ import annotations

import re

import pytest
from telegram import User
from telegram.ext import ExtBot

from chat.share_links import SharedLink, link_to, read_payload, read_words, sign, words_of

TOKEN = "12345678:practice-token-of-this-test"


@pytest.fixture
def bot() -> ExtBot[None]:
    bot = ExtBot(TOKEN)
    bot._bot_user = User(id=1, is_bot=True, first_name="Reelbot", username="reelbot_bot")
    return bot


@pytest.mark.parametrize("job_id", [1, 12, 10**15 - 1])
def test_a_link_that_was_written_is_read_as_signed(bot: ExtBot[int], job_id: int) -> None:
    address, _, payload = link_to(job_id, bot).partition("?start=")
    assert address == "https://t.me/reelbot_bot"
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
    assert read_payload(payload, TOKEN) == SharedLink(job_id, is_signed=True)


@pytest.mark.parametrize(
    ("payload", "link"),
    [
        ("video_12", SharedLink(12, is_signed=False)),
        (f"video_13_{sign(12, TOKEN)}", SharedLink(13, is_signed=False)),
        (f"video_12_{sign(12, TOKEN + 'x')}", SharedLink(12, is_signed=False)),
        (f"video_12_{sign(12, TOKEN)[:-1]}", SharedLink(12, is_signed=False)),
        (f"video_12_{sign(12, TOKEN).swapcase()}", SharedLink(12, is_signed=False)),
        ("video_", None),
        ("video_1_", None),
        ("video_-1", None),
        (f"video_{'1' * 16}", None),
        ("video_1\n", None),
        ("inline", None),
        ("", None),
    ],
    ids=[
        "no signature",
        "another's signature",
        "another bot's",
        "cut short",
        "other letters",
        "no number",
        "an empty signature",
        "a negative number",
        "a number too long",
        "a line's end",
        "something else",
        "nothing",
    ],
)
def test_nothing_else_is_taken_for_signed(payload: str, link: SharedLink | None) -> None:
    assert read_payload(payload, TOKEN) == link


def test_a_link_of_an_earlier_version_is_read_as_signed_for_its_video_alone() -> None:
    earlier = "ALL3d41nAJHeBgNUXEemDA"
    assert earlier.startswith(sign(12, TOKEN))
    read = [read_payload(f"video_{number}_{earlier}", TOKEN) for number in (12, 13)]
    assert read == [SharedLink(12, is_signed=True), SharedLink(13, is_signed=False)]
    assert read_words(f"#12 {earlier}", TOKEN) == SharedLink(12, is_signed=True)
    assert read_payload(f"video_12_{earlier[:-1]}", TOKEN) == SharedLink(12, is_signed=False)


def test_what_share_looks_up_is_short_and_read_as_signed() -> None:
    words = words_of(12, TOKEN)
    assert (len(words), read_words(words, TOKEN)) == (len("#12 ") + 8, SharedLink(12, is_signed=True))


def test_a_signature_does_not_show_the_token() -> None:
    assert len(sign(12, TOKEN)) == 8
    assert sign(12, TOKEN) not in TOKEN
    assert TOKEN.split(":")[1][:8] not in sign(12, TOKEN)
