"""The video API misbehaves in every way we know: the video comes, once, or the right reason and no charge."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.media.processes import MediaProcesses
from domain.catalogue_file import parse_catalogue
from domain.failures import FailureReason
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import ACCOUNT_PAGES, ORDERS, POSSIBLE_ON, FaultKind, Route, VideoFault
from tests.journeys.sandbox import ALLOWANCE, PHOTO, UNHURRIED, Ending, Sandbox, sandbox


def failure(reason: FailureReason, *, orders: int) -> Ending:
    return Ending(videos=0, failure=reason, reasons=1, orders=orders, left=ALLOWANCE)


#: Held requests have journeys of their own, in which the process is killed or stopped.
HELD = {FaultKind.HELD_BEFORE, FaultKind.HELD_AFTER}
#: What holds everybody's orders has a journey of its own, too.
HOLDING = {
    FaultKind.BAD_KEY,
    FaultKind.KEY_SPENT,
    FaultKind.PAYMENT_REQUIRED,
    FaultKind.QUOTA_SPENT,
    FaultKind.MODEL_GONE,
}
#: Of a fault that is not named here the person notices nothing: the video comes.
ENDINGS: dict[Route, dict[FaultKind, Ending]] = {
    Route.CREATE: {
        FaultKind.MODERATED: failure(FailureReason.MODERATED, orders=0),
        FaultKind.MODERATED_LATER: failure(FailureReason.MODERATED, orders=1),
        FaultKind.NOT_FOUND: failure(FailureReason.REFUSED, orders=0),
        FaultKind.NOT_READY: failure(FailureReason.REFUSED, orders=0),
    }
    | dict.fromkeys(
        (
            FaultKind.GATEWAY_PAGE,
            FaultKind.SERVER_ERROR,
            FaultKind.EMPTY_BODY,
            FaultKind.HTML_IN_OK,
            FaultKind.RESET_BEFORE,
        ),
        failure(FailureReason.UNKNOWN_OUTCOME, orders=0),
    )
    | dict.fromkeys(
        (
            FaultKind.GATEWAY_PAGE_AFTER,
            FaultKind.EMPTY_BODY_AFTER,
            FaultKind.RESET_AFTER,
            FaultKind.TRUNCATED,
            FaultKind.TRUNCATED_SILENTLY,
            FaultKind.COMPRESSED_TWICE,
        ),
        failure(FailureReason.UNKNOWN_OUTCOME, orders=1),
    ),
    Route.RETRIEVE: {
        FaultKind.ERROR_AS_TEXT: failure(FailureReason.MODERATED, orders=1),
        FaultKind.FAILED: failure(FailureReason.MODERATED, orders=1),
        FaultKind.EXPIRED: failure(FailureReason.EXPIRED, orders=1),
        FaultKind.COMPLETED_BUT_MODERATED: failure(FailureReason.MODERATED, orders=1),
        FaultKind.FAILED_IN_OTHER_WORDS: failure(FailureReason.RENDER_FAILED, orders=1),
    },
    Route.CONTENT: {},
    Route.CDN: {},
}
#: Nothing can happen on /content while the looks tell where else the clip lies.
SENDS_TO = {Route.CONTENT: (FaultKind.NULL_VIDEO_URL, Route.RETRIEVE)}


def faults_on(route: Route) -> list[FaultKind]:
    every = frozenset(Route)
    apart = HELD | HOLDING if route in ORDERS else HELD
    return [kind for kind in FaultKind if kind not in apart and route in POSSIBLE_ON.get(kind, every)]


@pytest.mark.parametrize("route", sorted(set(Route) - ORDERS - ACCOUNT_PAGES - {Route.FIND} | {Route.CREATE}))
async def test_every_fault_ends_in_the_video_once_or_in_its_reason_for_free(
    sandbox: Sandbox, route: Route
) -> None:
    kinds = {f"{kind} on {route}": kind for kind in faults_on(route)}
    chats = {prompt: sandbox.newcomer(prompt) for prompt in kinds}
    for prompt, kind in kinds.items():
        sandbox.video_api.faults.add(VideoFault(kind=kind, on=route, prompt=prompt.__eq__, seconds=0.3))
        if route in SENDS_TO:
            leading, on = SENDS_TO[route]
            sandbox.video_api.faults.add(VideoFault(kind=leading, on=on, prompt=prompt.__eq__, times=None))

    async with sandbox.bot(limits=UNHURRIED, max_rendering=len(kinds)):
        for prompt, chat in chats.items():
            sandbox.ask(chat, f"/video {prompt}")
        await sandbox.until_over(len(kinds))

    assert {prompt: await sandbox.ending(chat, prompt) for prompt, chat in chats.items()} == {
        prompt: ENDINGS[route].get(kind, Ending()) for prompt, kind in kinds.items()
    }
    assert [prompt for prompt, chat in chats.items() if len(sandbox.bot_messages(chat)) != 1] == []


async def test_an_api_with_a_shape_of_its_own_and_no_content_route_delivers(sandbox: Sandbox) -> None:
    sandbox.video_api.faults.add(
        VideoFault(kind=FaultKind.ID_AS_REQUEST_ID, on=Route.CREATE),
        VideoFault(kind=FaultKind.ADDRESS_IN_VIDEO, on=Route.RETRIEVE, times=None),
        VideoFault(kind=FaultKind.NOT_FOUND, on=Route.CONTENT, times=None),
    )
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video a kite")
        await sandbox.until_over(1)
    assert await sandbox.ending(sandbox.chat, "a kite") == Ending()


@pytest.mark.parametrize("path", ["/v1", "/v1/"])
async def test_an_address_as_the_makers_page_has_it_delivers(sandbox: Sandbox, path: str) -> None:
    sandbox.settings["VIDEO_API_URL"] += path
    async with sandbox.bot(limits=UNHURRIED):
        sandbox.ask(sandbox.chat, "/video a kite")
        await sandbox.until_over(1)
    assert await sandbox.ending(sandbox.chat, "a kite") == Ending()


async def test_a_clip_in_our_own_network_is_fetched_from_the_api_instead(sandbox: Sandbox) -> None:
    async with sandbox.bot(limits=UNHURRIED, allow_private_clip_addresses=False):
        sandbox.ask(sandbox.chat, "/video a kite")
        await sandbox.until_over(1)
    assert await sandbox.ending(sandbox.chat, "a kite") == Ending()
    assert [asked.origin for asked in sandbox.video_api.downloads] == ["api"]


#: The format's inventor has other lengths than those who carried it on, and knows none of their extras.
OPENAI_CATALOGUE = """
default = "sora-2"

[models.sora-2]
title = "Sora 2"
price = { 4 = 1, 8 = 2, 12 = 3 }
sizes = ["720x1280", "1280x720"]
photos = 1
"""


@pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
async def test_every_dialect_delivers_words_and_photos(
    tmp_path: Path, clips: Path, fresh_database: Path, media: MediaProcesses, dialect: Dialect
) -> None:
    async with sandbox(
        tmp_path, dialect=dialect, clips=clips, database=fresh_database, media=media
    ) as opened:
        words, picture = opened.newcomer("words"), opened.newcomer("picture")
        catalogue = parse_catalogue(OPENAI_CATALOGUE) if dialect is Dialect.OPENAI else None
        async with opened.bot(limits=UNHURRIED, catalogue=catalogue):
            opened.ask(words, "/video a kite")
            opened.telegram.send_photo(picture, picture.members[0], PHOTO, caption="the kite rises")
            await opened.until_over(2)

        assert await opened.ending(words, "a kite") == Ending()
        assert await opened.ending(picture, "the kite rises") == Ending()
