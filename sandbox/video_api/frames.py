"""Draws a clip's pictures: a landscape of the prompt's words, a photo that comes alive, or noise."""

import os
from collections.abc import Iterator

from PIL import Image

from sandbox.video_api.clip_spec import ClipSpec
from sandbox.video_api.scenery.brush import Size
from sandbox.video_api.scenery.caption import caption_of
from sandbox.video_api.scenery.photos import animated
from sandbox.video_api.scenery.plan import mood_of, plan_of
from sandbox.video_api.scenery.scene import landscape

#: Nothing is drawn smaller, in pixels.
LEAST_SIDE = 24


def pictures(spec: ClipSpec) -> Iterator[Image.Image]:
    """Every frame in order, RGB, of the clip's size, `frames_per_second` for each second.

    Raises:
        PIL.UnidentifiedImageError: A photo is no picture.
    """
    if spec.variant.noisy:
        return _noise(spec)
    return _captioned(spec)


def _frame_count(spec: ClipSpec) -> int:
    return spec.seconds * spec.frames_per_second


def _noise(spec: ClipSpec) -> Iterator[Image.Image]:
    size = (spec.width, spec.height)
    for _ in range(_frame_count(spec)):
        yield Image.frombytes("L", size, os.urandom(spec.width * spec.height)).convert("RGB")


def _captioned(spec: ClipSpec) -> Iterator[Image.Image]:
    """What moves, as large as it is to be, with the prompt at its foot."""
    size = (spec.width, spec.height)
    caption = caption_of(spec.prompt, size)
    drawn_size = max(LEAST_SIDE, size[0] // spec.enlarged), max(LEAST_SIDE, size[1] // spec.enlarged)
    for drawn in _moving(spec, drawn_size):
        picture = drawn if drawn_size == size else drawn.resize(size, Image.Resampling.NEAREST)
        if caption is not None:
            picture.paste(*caption, caption[0])
        yield picture


def _moving(spec: ClipSpec, size: Size) -> Iterator[Image.Image]:
    prompts = (*spec.edited, spec.prompt)
    count = _frame_count(spec)
    if spec.photos:
        return animated(spec.photos, mood_of("\n".join(prompts)), size, seconds=spec.seconds, count=count)
    return landscape(plan_of(prompts), size, seconds=spec.seconds, count=count)
