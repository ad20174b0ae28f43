"""Which orders the local OpenRouter takes: JSON of the documented types, and of a model only what its entry lists.

Fields that nobody knows, such as `image`, are passed over without a word, as the real one does.
"""

import binascii
import io
import json
import re
from base64 import b64decode
from collections.abc import Collection, Iterator, Mapping
from http import HTTPStatus
from typing import Any

from PIL import Image
from starlette.requests import Request

from sandbox.video_api.errors import Refusal
from sandbox.video_api.openrouter_models import OPENROUTER_MODELS, OpenRouterModel
from sandbox.video_api.order_rules import Terms
from sandbox.video_api.orders import Draft

Json = dict[str, Any]
Issue = dict[str, object]

ZOD_ERROR = "ZodError"
#: What the documents say of each field, as zod says it: a Python type and its name in JavaScript.
TYPES: Mapping[str, tuple[type, str]] = {
    "model": (str, "string"),
    "prompt": (str, "string"),
    "duration": (int, "number"),
    "resolution": (str, "string"),
    "aspect_ratio": (str, "string"),
    "size": (str, "string"),
    "seed": (int, "number"),
    "generate_audio": (bool, "boolean"),
    "frame_images": (list, "array"),
    "input_references": (list, "array"),
    "provider": (dict, "object"),
}
FRAME_TYPES = ("first_frame", "last_frame")
#: The shorter side of a tier that is not called by it.
TIERS = {"2K": 1440, "4K": 2160}
DATA_URL = re.compile(r"data:image/(?:jpeg|png|webp);base64,([A-Za-z0-9+/=]+)")


async def read_order(request: Request) -> tuple[Draft, Json]:
    """Read the body as JSON: as texts for the ledger, and as it came.

    Raises:
        Refusal: It is no JSON object.
    """
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        body = json.loads(await request.body()) if content_type == "application/json" else None
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise _bad("Invalid JSON body")
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
    return Draft(fields=texts, files=[], is_form=False), body


def openrouter_terms(body: Json) -> Terms:
    """The terms of an order that is taken.

    Raises:
        Refusal: It is not taken.
    """
    if issues := [*_issues(body)]:
        raise Refusal(HTTPStatus.BAD_REQUEST, ZOD_ERROR, json.dumps(issues, indent=2))
    model = OPENROUTER_MODELS.get(body["model"])
    if model is None:
        raise _bad(f"{body['model']} is not a valid model ID")
    if not body.get("prompt", "").strip() and not body.get("frame_images"):
        raise _bad("prompt is required")
    seconds = body.get("duration", model.durations[0])
    _check(model, "duration", seconds, model.durations)
    resolution, width, height = _size(model, body)
    cost = model.cost(resolution, seconds, sound=body.get("generate_audio", True))
    return Terms(
        model=model.name,
        prompt=body.get("prompt", ""),
        seconds=str(seconds),
        size=f"{width}x{height}",
        width=width,
        height=height,
        private=False,
        photos=_pictures(model, body),
        cost=cost,
    )


def _issues(body: Json) -> Iterator[Issue]:
    for name, (kind, called) in TYPES.items():
        value = body.get(name)
        is_missing = value is None and name == "model"
        is_other = value is not None and (
            not isinstance(value, kind) or (kind is int and isinstance(value, bool))
        )
        if is_missing or is_other:
            yield _issue([name], f"Invalid input: expected {called}", code="invalid_type", expected=called)
    for field in ("frame_images", "input_references"):
        images = body.get(field)
        for position, image in enumerate(images if isinstance(images, list) else ()):
            yield from _image_issues([field, position], image, is_frame=field == "frame_images")


def _image_issues(path: list[object], image: object, *, is_frame: bool) -> Iterator[Issue]:
    match image:
        case {"type": "image_url", "image_url": {"url": str()}}:
            pass
        case {"type": "image_url"}:
            yield _issue([*path, "image_url", "url"], "Invalid input: expected string", code="invalid_type")
        case _:
            yield _issue(
                [*path, "type"], "Invalid input", code="invalid_union", note="No matching discriminator"
            )
            return
    if is_frame and isinstance(image, dict) and image.get("frame_type") not in FRAME_TYPES:
        wanted = "|".join(f'"{kind}"' for kind in FRAME_TYPES)
        yield _issue([*path, "frame_type"], f"Invalid option: expected one of {wanted}", code="invalid_value")


def _issue(path: list[object], message: str, **more: str) -> Issue:
    return {**more, "path": path, "message": message}


def _check(model: OpenRouterModel, name: str, value: object, possible: Collection[object]) -> None:
    if value not in possible:
        supported = ", ".join(str(one) for one in possible)
        raise _bad(f"{name} {value} is not supported by {model.name}. Supported values: {supported}")


def _size(model: OpenRouterModel, body: Json) -> tuple[str, int, int]:
    """Return the tier, and what is drawn."""
    if "size" in body:
        _check(model, "size", body["size"], model.sizes or ())
        width, height = (int(side) for side in body["size"].split("x"))
        return f"{min(width, height)}p", width, height
    resolution = body.get("resolution", model.resolutions[0])
    ratio = body.get("aspect_ratio", model.ratios[0])
    _check(model, "resolution", resolution, model.resolutions)
    _check(model, "aspect_ratio", ratio, model.ratios)
    across, down = (int(part) for part in ratio.split(":"))
    shorter = TIERS.get(resolution) or int(resolution.removesuffix("p"))
    longer = 2 * round(shorter * max(across, down) / min(across, down) / 2)
    return (resolution, longer, shorter) if across >= down else (resolution, shorter, longer)


def _pictures(model: OpenRouterModel, body: Json) -> tuple[bytes, ...]:
    frames, references = body.get("frame_images", ()), body.get("input_references", ())
    kinds = [frame["frame_type"] for frame in frames]
    for kind in kinds:
        _check(model, "frame_type", kind, model.frames)
    if len(set(kinds)) < len(kinds):
        raise _bad("frame_images has the same frame_type twice")
    return tuple(_picture(image["image_url"]["url"]) for image in (*frames, *references))


def _picture(url: str) -> bytes:
    written = DATA_URL.fullmatch(url)
    try:
        content = b64decode(written[1], validate=True) if written else b""
        with Image.open(io.BytesIO(content)) as picture:
            picture.verify()
    except (OSError, SyntaxError, binascii.Error) as exc:
        raise _bad("Failed to load the image: it is no image, or at no address that can be reached") from exc
    return content


def _bad(message: str) -> Refusal:
    return Refusal(HTTPStatus.BAD_REQUEST, "invalid_request", message)
