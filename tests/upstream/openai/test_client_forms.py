"""The client: orders for models that want to be asked in ways of their own, by what the API makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from domain.failures import FailureReason
from domain.money import Money
from domain.order_form import BodyKind, OrderForm, PhotoEncoding, PhotoRole, SizeSpelling
from domain.size import Size
from sandbox.video_api.account import CostsTold
from sandbox.video_api.dialects import OPENAI_DIALECTS, Dialect
from sandbox.video_api.faults import FaultKind, Route, VideoFault
from sandbox.video_api.model_ends import ModelEnd
from tests.upstream.conftest import Reach
from upstream.api import Failure, Order, OrderPhoto, VideoStatus
from upstream.errors import ModelGone, NotSent, Refused, VideoApiError

JSON, FORM = BodyKind.JSON, BodyKind.MULTIPART
FIRST, LAST, REFERENCE = PhotoRole
WIDE = Size(1280, 720)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A model, how it is asked, and the video's size as the API tells it."""

    model: str
    form: OrderForm
    seconds: int
    size: Size = WIDE
    roles: tuple[PhotoRole, ...] = ()
    made: str = "1280x720"


CASES: dict[str, Case] = {
    "Omni, a form": Case(model="gemini-omni-1.2-flash", form=OrderForm(), seconds=5, roles=(FIRST,)),
    "Omni, files as references": Case(
        model="gemini-omni-1.2-flash",
        form=OrderForm(photo_fields={REFERENCE: "reference_images[]"}),
        seconds=3,
        roles=(REFERENCE, REFERENCE),
    ),
    "Omni, JSON": Case(
        model="gemini-omni-1.2-flash",
        form=OrderForm(
            body=JSON, photo_fields={REFERENCE: "reference_images[]"}, size_as=SizeSpelling.RESOLUTION
        ),
        seconds=10,
        size=Size(1080, 1920),
        roles=(REFERENCE,) * 3,
        made="1080x1920",
    ),
    "Muse": Case(
        model="muse-video",
        form=OrderForm(body=JSON, photo_fields={FIRST: "first_frame", LAST: "last_frame"}),
        seconds=5,
        roles=(FIRST, LAST),
    ),
    "Grok": Case(
        model="grok-imagine-video-1.5",
        form=OrderForm(body=JSON, size_as=SizeSpelling.RESOLUTION),
        seconds=1,
        size=Size(854, 480),
        roles=(FIRST,),
        made="854x480",
    ),
    "H3": Case(model="minimax/h3", form=OrderForm(), seconds=4, size=Size(768, 768), made="768x768"),
    "Veo": Case(model="veo-3.1-fast-generate-001", form=OrderForm(), seconds=4, roles=(FIRST,)),
    "Kling": Case(
        model="kling-v2-6",
        form=OrderForm(
            body=JSON,
            photos_as=PhotoEncoding.BASE64,
            photo_fields={FIRST: "image"},
            length_field="duration",
            extra={"metadata": {"mode": "pro"}},
        ),
        seconds=5,
        roles=(FIRST,),
    ),
    "Kling, a form": Case(
        model="kling-v2-6", form=OrderForm(photos_as=PhotoEncoding.DATA_URL), seconds=5, roles=(FIRST,)
    ),
    "Hailuo": Case(
        model="MiniMax-Hailuo-2.3",
        form=OrderForm(
            body=JSON,
            photo_fields={FIRST: "metadata.first_frame_image", LAST: "metadata.last_frame_image"},
            length_as_number=True,
        ),
        seconds=6,
        roles=(FIRST, LAST),
    ),
    "Vidu": Case(
        model="viduq3-pro",
        form=OrderForm(
            body=JSON, photo_fields={REFERENCE: "images[]"}, size_as=SizeSpelling.LINES, extra={"audio": True}
        ),
        seconds=5,
        roles=(REFERENCE, REFERENCE),
    ),
    "Wan": Case(model="wan2.6-t2v", form=OrderForm(body=JSON, size_as=SizeSpelling.STARRED), seconds=5),
    "Seedance": Case(
        model="doubao-seedance-2-0-260128",
        form=OrderForm(
            body=JSON,
            size_as=SizeSpelling.RESOLUTION,
            resolution_field="metadata.resolution",
            ratio_field="metadata.ratio",
        ),
        seconds=5,
        size=Size(1080, 1920),
        made="1080x1920",
    ),
}


def order_of(case: Case, folder: Path) -> Order:
    photos = []
    for number, role in enumerate(case.roles):
        path = folder / f"{number}.png"
        Image.new("RGB", (case.size.width, case.size.height), "navy").save(path)
        photos.append(OrderPhoto(path=path, role=role))
    return Order(
        model=case.model,
        prompt="a cat",
        seconds=case.seconds,
        size=case.size,
        form=case.form,
        photos=tuple(photos),
    )


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_model_that_is_asked_in_its_own_way_makes_the_video(
    reach: Reach, tmp_path: Path, case: Case
) -> None:
    far = await reach(Dialect.NEWAPI)
    video = await far.client.create(order_of(case, tmp_path))
    made = far.api.videos[video.id]
    [sent] = far.api.orders
    assert (made.model, made.seconds, made.size, sent.headers["content-type"].partition(";")[0]) == (
        case.model,
        str(case.seconds),
        case.made,
        "application/json" if case.form.body is JSON else "multipart/form-data",
    )


async def test_a_plain_order_of_a_model_that_wants_json_is_refused_in_the_apis_words(reach: Reach) -> None:
    far = await reach(Dialect.NEWAPI)
    with pytest.raises(Refused) as caught:
        await far.client.create(Order(model="viduq3-pro", prompt="a cat", seconds=5, size=WIDE))
    assert (caught.value.detail, far.api.orders) == ("JSON object required", [])


async def test_a_remix_goes_in_the_models_own_way(reach: Reach) -> None:
    far = await reach()
    source = await far.completed()
    form = OrderForm(body=JSON, size_as=SizeSpelling.RESOLUTION, extra={"metadata": {"mode": "pro"}})
    await far.client.remix(source.id, "at night", model="sora-2", size=WIDE, form=form)
    assert far.api.orders[-1].values == {
        "model": "sora-2",
        "prompt": "at night",
        "resolution": "720p",
        "aspect_ratio": "16:9",
        "metadata": {"mode": "pro"},
    }


async def test_a_photo_that_is_not_there_is_not_sent_in_json_either(reach: Reach, tmp_path: Path) -> None:
    far = await reach()
    missing = OrderPhoto(path=tmp_path / "missing.png")
    order = Order(
        model="sora-2", prompt="a cat", seconds=10, size=WIDE, form=OrderForm(body=JSON), photos=(missing,)
    )
    with pytest.raises(NotSent, match="photo"):
        await far.client.create(order)
    assert far.api.requests[Route.CREATE] == 0


# A model's end

ENDS: dict[ModelEnd, type[VideoApiError] | None] = {
    ModelEnd.NOT_FOUND: ModelGone,
    ModelEnd.RETIRED: ModelGone,
    ModelEnd.NO_CHANNEL: ModelGone,
    ModelEnd.GONE: ModelGone,
    ModelEnd.FAILED_TASK: None,
    ModelEnd.UNLISTED: ModelGone,
    ModelEnd.ONLY_UNLISTED: None,
}


@pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
@pytest.mark.parametrize(("how", "expected"), ENDS.items(), ids=[how.value for how in ENDS])
async def test_a_models_end_is_known_however_it_is_told(
    reach: Reach, dialect: Dialect, how: ModelEnd, expected: type[VideoApiError] | None
) -> None:
    far = await reach(dialect)
    far.api.retire("sora-2", how)
    listed = await far.client.list_models()
    assert listed is not None
    assert ("sora-2" in listed) is (how not in {ModelEnd.UNLISTED, ModelEnd.ONLY_UNLISTED})
    if expected is None:
        assert (await far.client.create(far.order())).status is VideoStatus.QUEUED
        return
    with pytest.raises(expected):
        await far.client.create(far.order())
    far.api.revive("sora-2")
    assert (await far.client.create(far.order())).status is VideoStatus.QUEUED


@pytest.mark.parametrize("dialect", OPENAI_DIALECTS)
async def test_a_task_that_fails_of_its_models_end_tells_it_to_operators_alone(
    reach: Reach, dialect: Dialect
) -> None:
    far = await reach(dialect)
    far.api.retire("sora-2", ModelEnd.FAILED_TASK)
    ordered = await far.client.create(far.order())
    failure = (await far.client.retrieve(ordered.id)).failure
    assert failure is not None
    assert (failure.reason, failure.detail, failure.for_operators) == (
        FailureReason.MODEL_GONE,
        "",
        "models/sora-2 is no longer available.",
    )


async def test_a_task_that_fails_and_quotes_its_prompt_does_not_end_its_model(reach: Reach) -> None:
    far = await reach()
    prompt = "models/sora-2 is no longer available."
    ordered = await far.client.create(far.order(prompt))
    far.api.fail(ordered.id, f"Could not draw this: {prompt}")
    video = await far.client.retrieve(ordered.id, prompt=prompt)
    assert video.failure == Failure(
        reason=FailureReason.RENDER_FAILED, detail=f"Could not draw this: {prompt}"
    )


async def test_what_grok_calls_completed_and_moderation_stopped_is_failed(
    reach: Reach, tmp_path: Path
) -> None:
    far = await reach(Dialect.NEWAPI)
    far.api.faults.add(VideoFault(kind=FaultKind.MODERATED_LATER, on=Route.CREATE))
    ordered = await far.client.create(order_of(CASES["Grok"], tmp_path))
    video = await far.client.retrieve(ordered.id)
    assert video.failure is not None
    assert (video.status, video.failure.reason) == (VideoStatus.FAILED, FailureReason.MODERATED)


# What a video costs

TOLD: dict[CostsTold, Money | None] = {
    CostsTold.NOT: None,
    CostsTold.USAGE: Money(Decimal("0.5"), "USD"),
    CostsTold.BILLING: Money(Decimal("0.5"), None),
    CostsTold.PLAIN: Money(Decimal("0.5"), None),
}


@pytest.mark.parametrize("dialect", [Dialect.NEWAPI, Dialect.OPENAI])
@pytest.mark.parametrize(("told", "expected"), TOLD.items(), ids=[told.value for told in TOLD])
async def test_a_finished_video_tells_its_cost(
    reach: Reach, dialect: Dialect, told: CostsTold, expected: Money | None
) -> None:
    far = await reach(dialect)
    far.api.account.costs_told = told
    assert (await far.completed()).cost == expected
