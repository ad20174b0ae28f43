"""The models that the local OpenRouter lists: real names, with lengths, shapes and prices as the real list had them."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

Skus = Mapping[str, str]

ALL_RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3")
BOTH_FRAMES = ("first_frame", "last_frame")
CENTS = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRouterModel:
    """An entry of `GET /api/v1/videos/models`; the first length, resolution and ratio are the default ones."""

    name: str
    durations: tuple[int, ...]
    resolutions: tuple[str, ...]
    ratios: tuple[str, ...] = ALL_RATIOS
    sizes: tuple[str, ...] | None = None
    frames: tuple[str, ...] = ("first_frame",)
    sound: bool | None = None
    seed: bool | None = None
    skus: Skus

    def cost(self, resolution: str, seconds: int, *, sound: bool) -> Decimal:
        """Return what a video comes to in dollars, by the name that says most of it; of the last resort by the second."""
        quality = f"with{'' if sound else 'out'}_audio"
        for name in (
            f"duration_seconds_{quality}_{resolution.lower()}",
            f"duration_seconds_{resolution.lower()}",
            f"duration_seconds_{quality}",
            "duration_seconds",
        ):
            if name in self.skus:
                return Decimal(self.skus[name]) * seconds
        cents = self.skus.get(f"cents_per_video_output_second_{resolution.lower()}", "50")
        return Decimal(cents) * seconds / CENTS


_ALL = (
    OpenRouterModel(
        name="google/gemini-omni-1.2-flash",
        durations=(5, 3, 4, 6, 7, 8, 9, 10),
        resolutions=("720p", "360p", "1080p"),
        ratios=("16:9", "9:16"),
        sizes=("1280x720", "720x1280", "1920x1080", "1080x1920"),
        sound=True,
        skus={"duration_seconds_360p": "0.0232", "duration_seconds_720p": "0.0695", "duration_seconds_1080p": "0.1043"},
    ),
    OpenRouterModel(
        name="google/veo-3.1",
        durations=(8, 4, 6),
        resolutions=("720p", "1080p", "4K"),
        ratios=("16:9", "9:16"),
        sizes=("1280x720", "720x1280", "1920x1080", "1080x1920"),
        frames=BOTH_FRAMES,
        sound=True,
        seed=True,
        skus={
            "duration_seconds_with_audio": "0.40",
            "duration_seconds_with_audio_4k": "0.60",
            "duration_seconds_without_audio": "0.20",
            "duration_seconds_without_audio_4k": "0.40",
        },
    ),
    OpenRouterModel(
        name="x-ai/grok-imagine-video-1.5",
        durations=tuple(range(1, 16)),
        resolutions=("480p", "720p", "1080p"),
        skus={
            "cents_per_image_input": "1",
            "cents_per_video_output_second_480p": "8",
            "cents_per_video_output_second_720p": "14",
            "cents_per_video_output_second_1080p": "25",
        },
    ),
    OpenRouterModel(
        name="bytedance/seedance-2.5",
        durations=tuple(range(4, 31)),
        resolutions=("480p", "720p", "1080p"),
        frames=BOTH_FRAMES,
        sound=True,
        seed=True,
        skus={"video_tokens": "0.0000070", "video_tokens_without_audio": "0.0000070"},
    ),
    OpenRouterModel(
        name="alibaba/wan-3.0",
        durations=tuple(range(2, 31)),
        resolutions=("480p", "720p", "1080p"),
        sound=True,
        seed=True,
        skus={"duration_seconds_480p": "0.05", "duration_seconds_720p": "0.1", "duration_seconds_1080p": "0.2"},
    ),
    OpenRouterModel(
        name="kwaivgi/kling-v3.0-std",
        durations=tuple(range(3, 16)),
        resolutions=("720p",),
        ratios=("16:9", "9:16", "1:1"),
        frames=BOTH_FRAMES,
        sound=True,
        skus={"duration_seconds": "0.084", "duration_seconds_with_audio": "0.126"},
    ),
    OpenRouterModel(
        name="minimax/hailuo-3",
        durations=tuple(range(4, 16)),
        resolutions=("2K",),
        frames=BOTH_FRAMES,
        sound=True,
        skus={"duration_seconds": "0.13", "reference_images": "0.04"},
    ),
)  # fmt: skip
OPENROUTER_MODELS: Mapping[str, OpenRouterModel] = {model.name: model for model in _ALL}


def entry(model: OpenRouterModel) -> dict[str, object]:
    """Return the model as the list has it."""
    return {
        "id": model.name,
        "canonical_slug": f"{model.name}-20260901",
        "name": model.name.rpartition("/")[2],
        "description": "",
        "created": 1_788_220_800,
        "supported_durations": sorted(model.durations),
        "supported_resolutions": list(model.resolutions),
        "supported_aspect_ratios": list(model.ratios),
        "supported_sizes": model.sizes and list(model.sizes),
        "supported_frame_images": list(model.frames),
        "generate_audio": model.sound,
        "seed": model.seed,
        "pricing_skus": dict(model.skus),
        "allowed_passthrough_parameters": [],
    }
