"""The link that makes the bot's owner its admin: it fits its own code alone, and once."""

from __future__ import annotations

import pytest

from chat.admin_link import PREFIX, AdminLink


def payload_of(link: AdminLink) -> str:
    address = link.address("reelbot_bot")
    assert address is not None
    return address.rpartition("=")[2]


@pytest.mark.parametrize("payload", ["", PREFIX, f"{PREFIX}x", "video_1", "é", f"{PREFIX}\ud800", "x" * 4096])
def test_nothing_but_its_own_code_fits(payload: str) -> None:
    assert not AdminLink().fits(payload)


def test_it_works_once() -> None:
    link = AdminLink()
    payload = payload_of(link)
    before = link.fits(payload)
    link.use_up()
    assert (before, link.fits(payload), link.address("reelbot_bot")) == (True, False, None)
