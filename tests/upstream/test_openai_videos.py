"""The client: orders and looks in every dialect, through every fault."""

from __future__ import annotations

import asyncio
import logging
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route as HttpRoute

from domain.character import Character
from domain.failures import FailureReason
from domain.size import Size
from sandbox.dialects import Dialect
from sandbox.serving import serving
from sandbox.video_faults import FaultKind, Route, VideoFault
from upstream.errors import (
    Busy,
    Garbled,
    Gone,
    KeyRefused,
    ModelGone,
    Moderated,
    NoCredit,
    NotReady,
    NotSent,
    Refused,
    TryLater,
    UnknownOutcome,
    Unreachable,
    VideoApiError,
)
from upstream.openai_videos import OpenAIVideos, Timeouts
from upstream.provider import Order, VideoStatus

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from tests.upstream.conftest import FarSide, Reach
    from upstream.provider import Video, VideoApi

every_dialect = pytest.mark.parametrize("dialect", Dialect)
HURRIED = Timeouts(order=1, look=1)
PATIENT = Timeouts(connect=5, order=20, look=20, stall=20, clip=20)


def photo(path: Path, size: tuple[int, int] = (1280, 720)) -> Path:
    Image.new("RGB", size, "navy").save(path, "PNG" if path.suffix == ".png" else "JPEG")
    return path


def closed_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


# Orders


@every_dialect
async def test_an_order_comes_back_as_a_queued_video(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    video = await far.client.create(far.order())
    assert (video.id, video.status) == (far.api.orders[0].video_id, VideoStatus.QUEUED)


async def test_the_client_is_a_video_api(reach: Reach) -> None:
    api: VideoApi = (await reach()).client
    assert repr(api).startswith("OpenAIVideos('http://127.0.0.1:")


async def test_an_order_of_words_is_sent_as_a_form_of_text_parts(reach: Reach) -> None:
    far = await reach()
    await far.client.create(Order(model="veo_3_1", prompt="画面动起来 🐈", seconds=8, size=Size(720, 1280)))
    [sent] = far.api.orders
    assert sent.headers["content-type"].startswith("multipart/form-data; boundary=")
    assert (sent.fields, sent.files) == (
        {"model": "veo_3_1", "prompt": "画面动起来 🐈", "seconds": "8", "size": "720x1280"},
        [],
    )


async def test_an_order_with_everything_has_every_field_of_the_format(reach: Reach, tmp_path: Path) -> None:
    far = await reach()
    picture = photo(tmp_path / "场景1.png")
    await far.client.create(
        Order(
            model="sora-2",
            prompt="it moves",
            seconds=10,
            size=Size(1280, 720),
            photos=(picture,),
            private=False,
            watermark=True,
            character=Character(url="https://cdn.example/me.mp4", start=1, end=3),
        )
    )
    [sent] = far.api.orders
    assert sent.fields == {
        "model": "sora-2",
        "prompt": "it moves",
        "seconds": "10",
        "size": "1280x720",
        "watermark": "true",
        "private": "false",
        "character_url": "https://cdn.example/me.mp4",
        "character_timestamps": "1,3",
    }
    [file] = sent.files
    assert (file.field, file.filename, file.content_type, file.content) == (
        "input_reference",
        "photo-1.png",
        "image/png",
        picture.read_bytes(),
    )


async def test_several_photos_are_repeated_parts_each_of_its_own_type(reach: Reach, tmp_path: Path) -> None:
    far = await reach()
    pictures = (photo(tmp_path / "a.png"), photo(tmp_path / "b.jpg"), photo(tmp_path / "c"))
    order = Order(model="veo_3_1-components", prompt="all", seconds=8, size=Size(1280, 720), photos=pictures)
    await far.client.create(order)
    sent = [(file.field, file.filename, file.content_type) for file in far.api.orders[0].files]
    assert sent == [
        ("input_reference", "photo-1.png", "image/png"),
        ("input_reference", "photo-2.jpg", "image/jpeg"),
        ("input_reference", "photo-3.jpg", "image/jpeg"),
    ]


async def test_a_private_order_says_so_and_cannot_be_remixed(reach: Reach) -> None:
    far = await reach()
    order = Order(model="sora-2", prompt="secret", seconds=10, size=Size(1280, 720), private=True)
    video = await far.client.create(order)
    await far.api.until(lambda: far.api.is_ready(video.id))
    with pytest.raises(Refused, match="private video cannot be remixed"):
        await far.client.remix(video.id, "again", model="sora-2")
    assert far.api.orders[0].fields["private"] == "true"


@pytest.mark.parametrize("content", [None, b"", b"GIF89a"], ids=["missing", "empty", "of another kind"])
async def test_an_order_whose_photo_cannot_be_sent_is_not_sent(
    reach: Reach, tmp_path: Path, content: bytes | None
) -> None:
    far = await reach()
    path = tmp_path / "photo.jpg"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(NotSent, match="photo"):
        await far.client.create(
            Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720), photos=(path,))
        )
    assert far.api.requests[Route.CREATE] == 0


@every_dialect
async def test_a_remix_is_an_order_of_a_finished_video(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    source = await far.completed()
    remixed = await far.client.remix(source.id, "now at night", model="sora-2", size=Size(1280, 720))
    sent = far.api.orders[-1]
    assert (remixed.id, remixed.status) == (sent.video_id, VideoStatus.QUEUED)
    assert (sent.path, sent.fields, sent.headers["content-type"]) == (
        f"/v1/videos/{source.id}/remix",
        {"prompt": "now at night", "model": "sora-2", "size": "1280x720"},
        "application/json",
    )


@every_dialect
async def test_a_remix_of_an_unknown_video_is_gone(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    with pytest.raises(Gone):
        await far.client.remix("video_nobody_knows", "again", model="sora-2")


@every_dialect
async def test_an_order_of_a_length_that_is_not_offered_is_refused_in_the_words_of_the_api(
    reach: Reach, dialect: Dialect
) -> None:
    far = await reach(dialect)
    with pytest.raises(Refused) as caught:
        await far.client.create(Order(model="sora-2", prompt="long", seconds=99, size=Size(1280, 720)))
    assert caught.value.detail.startswith("Invalid value: '99'. Supported values are: '")
    assert "request id" not in caught.value.detail


@every_dialect
async def test_an_order_of_a_model_that_is_not_offered_says_that_it_is_gone(
    reach: Reach, dialect: Dialect
) -> None:
    far = await reach(dialect)
    with pytest.raises(ModelGone):
        await far.client.create(Order(model="sora-9", prompt="new", seconds=10, size=Size(1280, 720)))


NOT_TAKEN: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.RATE_LIMITED: Busy,
    FaultKind.GATEWAY_PAGE: UnknownOutcome,
    FaultKind.SERVER_ERROR: UnknownOutcome,
    FaultKind.OVERLOADED: Busy,
    FaultKind.ERROR_IN_OK: Busy,
    FaultKind.EMPTY_BODY: UnknownOutcome,
    FaultKind.HTML_IN_OK: UnknownOutcome,
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.PAYMENT_REQUIRED: NoCredit,
    FaultKind.QUOTA_SPENT: NoCredit,
    FaultKind.MODEL_GONE: ModelGone,
    FaultKind.MODERATED: Moderated,
    FaultKind.NOT_FOUND: Refused,
    FaultKind.NOT_READY: Refused,
    FaultKind.RESET_BEFORE: UnknownOutcome,
}
ANSWER_LOST = (
    FaultKind.RESET_AFTER,
    FaultKind.GATEWAY_PAGE_AFTER,
    FaultKind.EMPTY_BODY_AFTER,
    FaultKind.TRUNCATED,
    FaultKind.TRUNCATED_SILENTLY,
)


@every_dialect
@pytest.mark.parametrize(("kind", "expected"), NOT_TAKEN.items(), ids=NOT_TAKEN)
async def test_an_order_that_is_not_taken_is_told_by_what_to_do_and_sent_once(
    reach: Reach, dialect: Dialect, kind: FaultKind, expected: type[VideoApiError]
) -> None:
    far = await reach(dialect)
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(VideoApiError) as caught:
        await far.client.create(far.order())
    assert (type(caught.value), far.api.requests[Route.CREATE], far.api.orders) == (expected, 1, [])


@every_dialect
@pytest.mark.parametrize("kind", ANSWER_LOST)
async def test_an_order_whose_answer_is_lost_is_of_unknown_outcome_and_sent_once(
    reach: Reach, dialect: Dialect, kind: FaultKind
) -> None:
    far = await reach(dialect)
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(UnknownOutcome):
        await far.client.create(far.order())
    assert (far.api.requests[Route.CREATE], len(far.api.orders)) == (1, 1)


@pytest.mark.parametrize("kind", [*NOT_TAKEN, *ANSWER_LOST])
async def test_a_remix_is_sent_once_whatever_happens(reach: Reach, kind: FaultKind) -> None:
    far = await reach()
    source = await far.completed()
    far.api.faults.add(VideoFault(kind=kind, on=Route.REMIX))
    with pytest.raises(VideoApiError):
        await far.client.remix(source.id, "again", model="sora-2")
    assert far.api.requests[Route.REMIX] == 1


@pytest.mark.parametrize(("kind", "orders"), [(FaultKind.HELD_BEFORE, 0), (FaultKind.HELD_AFTER, 1)])
async def test_an_order_without_an_answer_in_time_is_of_unknown_outcome(
    reach: Reach, kind: FaultKind, orders: int
) -> None:
    far = await reach(timeouts=HURRIED)
    far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE))
    with pytest.raises(UnknownOutcome):
        await far.client.create(far.order())
    assert (far.api.requests[Route.CREATE], len(far.api.orders)) == (1, orders)


async def test_an_answer_that_trickles_beyond_the_time_for_an_order_is_of_unknown_outcome(
    reach: Reach,
) -> None:
    far = await reach(timeouts=HURRIED)
    far.api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.CREATE, seconds=30))
    with pytest.raises(UnknownOutcome):
        await far.client.create(far.order())
    assert far.api.requests[Route.CREATE] == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 524])
async def test_a_gateways_page_tells_nothing_of_an_order(reach: Reach, status: int) -> None:
    far = await reach()
    far.api.faults.add(VideoFault(kind=FaultKind.GATEWAY_PAGE_AFTER, on=Route.CREATE, status=status))
    with pytest.raises(UnknownOutcome) as caught:
        await far.client.create(far.order())
    assert (str(caught.value), caught.value.detail) == (f"the API answered {status}", "")


async def test_an_order_to_nobody_is_not_sent() -> None:
    async with OpenAIVideos(f"http://127.0.0.1:{closed_port()}", "key", timeouts=PATIENT) as client:
        with pytest.raises(NotSent):
            await client.create(Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720)))


async def test_an_order_that_is_only_sent_elsewhere_is_not_sent() -> None:
    async def elsewhere(_request: Request) -> Response:
        return RedirectResponse("https://www.example/v1/videos", 308)

    app = Starlette(routes=[HttpRoute("/v1/videos", elsewhere, methods=["POST"])])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(NotSent, match="308"):
            await client.create(Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720)))


async def test_each_order_has_a_connection_of_its_own() -> None:
    ports = set[int]()

    async def create(request: Request) -> Response:
        assert request.client is not None
        ports.add(request.client.port)
        return JSONResponse({"id": f"video_{len(ports)}", "status": "queued"})

    app = Starlette(routes=[HttpRoute("/v1/videos", create, methods=["POST"])])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        for _ in range(3):
            await client.create(Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720)))
    assert len(ports) == 3


async def test_a_busy_api_says_when_to_come_back(reach: Reach) -> None:
    far = await reach()
    far.api.faults.add(VideoFault(kind=FaultKind.RATE_LIMITED, on=Route.CREATE, retry_after=7))
    with pytest.raises(Busy) as caught:
        await far.client.create(far.order())
    assert caught.value.retry_after is not None
    assert caught.value.retry_after.total_seconds() == 7


async def test_an_order_in_hand_can_be_cancelled(reach: Reach) -> None:
    far = await reach()
    far.api.faults.add(VideoFault(kind=FaultKind.HELD_BEFORE, on=Route.CREATE))
    async with asyncio.TaskGroup() as tasks:
        ordering = tasks.create_task(far.client.create(far.order()))
        await far.api.until(lambda: far.api.faults.held)
        ordering.cancel()
    assert (ordering.cancelled(), far.api.requests[Route.CREATE]) == (True, 1)


# Looks


@every_dialect
async def test_a_video_is_seen_from_the_queue_to_its_end(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    far.api.hold = True
    ordered = await far.client.create(far.order())
    before = await far.client.retrieve(ordered.id)
    far.api.finish(ordered.id)
    await far.api.until(lambda: far.api.is_ready(ordered.id))
    after = await far.client.retrieve(ordered.id)
    assert [before.id, after.id] == [ordered.id, ordered.id]
    assert before.status in {VideoStatus.QUEUED, VideoStatus.RENDERING}
    assert (after.status, after.progress, after.failure) == (VideoStatus.COMPLETED, 100, None)


@every_dialect
async def test_a_video_that_failed_says_why(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    far.api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE))
    ordered = await far.client.create(far.order())
    video = await far.client.retrieve(ordered.id)
    assert video.failure is not None
    assert (video.status, video.failure.reason) == (VideoStatus.FAILED, FailureReason.MODERATED)
    assert video.failure.detail


@every_dialect
async def test_a_video_nobody_knows_is_gone(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    with pytest.raises(Gone):
        await far.client.retrieve("video_nobody/knows?")


LOOKS: dict[FaultKind, type[VideoApiError]] = {
    FaultKind.RATE_LIMITED: Busy,
    FaultKind.GATEWAY_PAGE: Garbled,
    FaultKind.SERVER_ERROR: Garbled,
    FaultKind.OVERLOADED: Busy,
    FaultKind.ERROR_IN_OK: Busy,
    FaultKind.EMPTY_BODY: Garbled,
    FaultKind.HTML_IN_OK: Garbled,
    FaultKind.BAD_KEY: KeyRefused,
    FaultKind.PAYMENT_REQUIRED: Garbled,
    FaultKind.QUOTA_SPENT: Garbled,
    FaultKind.MODEL_GONE: Garbled,
    FaultKind.MODERATED: Moderated,
    FaultKind.NOT_FOUND: Gone,
    FaultKind.NOT_READY: NotReady,
    FaultKind.RESET_BEFORE: Unreachable,
    FaultKind.RESET_AFTER: Unreachable,
    FaultKind.GATEWAY_PAGE_AFTER: Garbled,
    FaultKind.EMPTY_BODY_AFTER: Garbled,
    FaultKind.TRUNCATED: Unreachable,
    FaultKind.TRUNCATED_SILENTLY: Garbled,
}


@every_dialect
@pytest.mark.parametrize(("kind", "expected"), LOOKS.items(), ids=LOOKS)
async def test_a_look_that_goes_wrong_is_told_by_what_to_do(
    reach: Reach, dialect: Dialect, kind: FaultKind, expected: type[VideoApiError]
) -> None:
    far = await reach(dialect)
    ordered = await far.client.create(far.order())
    far.api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    with pytest.raises(VideoApiError) as caught:
        await far.client.retrieve(ordered.id)
    assert type(caught.value) is expected


@pytest.mark.parametrize("kind", [FaultKind.HELD_BEFORE, FaultKind.HELD_AFTER])
async def test_a_look_without_an_answer_in_time_can_be_repeated(reach: Reach, kind: FaultKind) -> None:
    far = await reach(timeouts=HURRIED)
    ordered = await far.client.create(far.order())
    far.api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    with pytest.raises(Unreachable):
        await far.client.retrieve(ordered.id)
    assert (await far.client.retrieve(ordered.id)).id == ordered.id


async def seen_with(kind: FaultKind, far: FarSide) -> Video:
    video = await far.completed()
    far.api.faults.add(VideoFault(kind=kind, on=Route.RETRIEVE))
    return await far.client.retrieve(video.id)


@every_dialect
async def test_a_completed_video_without_an_address_is_completed(reach: Reach, dialect: Dialect) -> None:
    video = await seen_with(FaultKind.NULL_VIDEO_URL, await reach(dialect))
    assert (video.status, video.url) == (VideoStatus.COMPLETED, None)


@every_dialect
async def test_a_video_stuck_at_ninety_is_rendering(reach: Reach, dialect: Dialect) -> None:
    video = await seen_with(FaultKind.STUCK_AT_90, await reach(dialect))
    assert (video.status, video.progress) == (VideoStatus.RENDERING, 90)


@every_dialect
async def test_an_expired_video_failed_of_that(reach: Reach, dialect: Dialect) -> None:
    video = await seen_with(FaultKind.EXPIRED, await reach(dialect))
    assert video.failure is not None
    assert (video.status, video.failure.reason) == (VideoStatus.FAILED, FailureReason.EXPIRED)


@every_dialect
async def test_a_word_nobody_has_heard_of_means_rendering_and_is_noted_once(
    reach: Reach, dialect: Dialect, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="upstream")
    far = await reach(dialect)
    videos = [await seen_with(FaultKind.UNKNOWN_STATUS, far) for _ in range(2)]
    notes = [record.getMessage() for record in caplog.records if "reviewing" in record.getMessage()]
    assert [video.status for video in videos] == [VideoStatus.RENDERING, VideoStatus.RENDERING]
    assert notes == ["The API says 'reviewing' of a video, which we take for rendering"]


@every_dialect
@pytest.mark.parametrize("kind", [FaultKind.FAILED, FaultKind.ERROR_AS_TEXT])
async def test_a_failure_is_understood_as_object_and_as_text(
    reach: Reach, dialect: Dialect, kind: FaultKind
) -> None:
    video = await seen_with(kind, await reach(dialect))
    assert video.failure is not None
    assert (video.status, video.failure.reason) == (VideoStatus.FAILED, FailureReason.MODERATED)


@every_dialect
async def test_progress_with_a_sign_is_a_number(reach: Reach, dialect: Dialect) -> None:
    video = await seen_with(FaultKind.PERCENT_PROGRESS, await reach(dialect))
    assert video.progress == 67


async def test_an_expiry_in_milliseconds_is_the_same_moment(reach: Reach) -> None:
    far = await reach(Dialect.OPENAI)
    plain = await far.completed()
    far.api.faults.add(VideoFault(kind=FaultKind.MILLISECOND_TIMES, on=Route.RETRIEVE))
    assert (await far.client.retrieve(plain.id)).expires_at == plain.expires_at


async def test_a_body_that_trickles_in_is_read(reach: Reach) -> None:
    far = await reach()
    ordered = await far.client.create(far.order())
    far.api.faults.add(VideoFault(kind=FaultKind.SLOW_BODY, on=Route.RETRIEVE, seconds=0.1))
    assert (await far.client.retrieve(ordered.id)).id == ordered.id


# The check


@every_dialect
async def test_a_check_finds_the_models_and_orders_nothing(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect)
    models = await far.client.check()
    assert models is not None
    assert {"sora-2", "sora-2-pro"} <= set(models)
    assert far.api.orders == []


@every_dialect
async def test_a_check_with_a_wrong_key_says_so(reach: Reach, dialect: Dialect) -> None:
    far = await reach(dialect, key="sk-of-somebody-else")
    with pytest.raises(KeyRefused):
        await far.client.check()


async def test_a_check_of_nobody_says_that_nobody_is_there() -> None:
    async with OpenAIVideos(f"http://127.0.0.1:{closed_port()}", "key", timeouts=PATIENT) as client:
        with pytest.raises(Unreachable):
            await client.check()


async def test_a_check_of_another_kind_of_server_says_so() -> None:
    async def page(_request: Request) -> Response:
        return PlainTextResponse("<html>It works!</html>", 404)

    app = Starlette(routes=[HttpRoute("/{path:path}", page)])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        with pytest.raises(Garbled):
            await client.check()


async def test_a_check_of_an_api_that_lists_no_models_is_a_success() -> None:
    async def unknown(_request: Request) -> Response:
        return JSONResponse({"error": {"message": "Invalid URL", "type": "invalid_request_error"}}, 404)

    app = Starlette(routes=[HttpRoute("/{path:path}", unknown)])
    async with serving(app) as origin, OpenAIVideos(origin, "key") as client:
        assert await client.check() is None


# Secrets


def all_that_was_said(caplog: pytest.LogCaptureFixture, errors: list[BaseException]) -> str:
    chained = [part for error in errors for part in (error, error.__cause__, error.__context__) if part]
    return "\n".join(
        [*(record.getMessage() for record in caplog.records), *map(repr, chained), *map(str, chained)]
    )


async def test_the_key_is_in_no_log_error_or_repr(
    reach: Reach, key: str, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    far = await reach()
    video = await far.completed()
    await far.client.download(video, path)
    problems: list[BaseException] = []
    for kind in (*NOT_TAKEN, *ANSWER_LOST):
        far.api.faults.add(VideoFault(kind=kind, on=Route.CREATE), VideoFault(kind=kind, on=Route.CONTENT))
        for call in (far.client.create(far.order()), far.client.retrieve("video_nobody_knows")):
            with pytest.raises(VideoApiError) as caught:
                await call
            problems.append(caught.value)
    said = all_that_was_said(caplog, problems) + repr(far.client) + repr(vars(far.client)) + repr(video)
    assert len(problems) == 2 * len(NOT_TAKEN | dict.fromkeys(ANSWER_LOST))
    assert "HTTP Request: POST" in said
    assert key not in said


async def test_an_echo_of_the_key_does_not_reach_people(key: str) -> None:
    async def echo(request: Request) -> Response:
        return JSONResponse({"error": {"message": f"Wrong: {request.headers['authorization']}."}}, 400)

    app = Starlette(routes=[HttpRoute("/{path:path}", echo, methods=["POST"])])
    async with serving(app) as origin, OpenAIVideos(origin, key) as client:
        with pytest.raises(Refused) as caught:
            await client.create(Order(model="sora-2", prompt="hi", seconds=10, size=Size(1280, 720)))
    assert (caught.value.detail, key in str(caught.value)) == ("Wrong: …", False)


@pytest.mark.parametrize("error", [Busy, NotSent, Unreachable, Garbled, NotReady])
def test_what_can_be_repeated_is_one_branch(error: type[VideoApiError]) -> None:
    assert issubclass(error, TryLater)
