"""What it takes to send a clip, decided from its facts alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.media.clip import Clip, Treatment

LIMIT = 50_000_000
GOOD = Clip(
    path=Path("clip.mp4"),
    width=1280,
    height=720,
    duration=10.0,
    audio_codec="aac",
    index_first=True,
    video_codec="h264",
    pixel_format="yuv420p",
    size_bytes=8_000_000,
    padding_bytes=8,
    trailing_bytes=0,
    rotation=0,
)

CLIPS = [
    pytest.param(GOOD, Treatment.NONE, id="well made"),
    pytest.param(replace(GOOD, size_bytes=LIMIT), Treatment.NONE, id="just fits"),
    pytest.param(replace(GOOD, rotation=90), Treatment.NONE, id="turned"),
    pytest.param(replace(GOOD, audio_codec=None), Treatment.REMUX, id="silent"),
    pytest.param(replace(GOOD, audio_codec="pcm_s16le"), Treatment.REMUX, id="sound that few players know"),
    pytest.param(replace(GOOD, trailing_bytes=64), Treatment.REMUX, id="bytes behind its last box"),
    pytest.param(replace(GOOD, index_first=False), Treatment.REMUX, id="index at the end"),
    pytest.param(
        replace(GOOD, size_bytes=60_000_000, padding_bytes=20_000_000),
        Treatment.REMUX,
        id="fits without its padding",
    ),
    pytest.param(replace(GOOD, size_bytes=LIMIT + 9), Treatment.REENCODE, id="too large"),
    pytest.param(replace(GOOD, video_codec="hevc"), Treatment.REENCODE, id="HEVC"),
    pytest.param(replace(GOOD, pixel_format="yuv444p"), Treatment.REENCODE, id="colours phones cannot play"),
]


@pytest.mark.parametrize(("clip", "expected"), CLIPS)
def test_a_clip_is_treated_as_little_as_possible(clip: Clip, expected: Treatment) -> None:
    assert clip.treatment(LIMIT) is expected
