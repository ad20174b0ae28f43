"""The catalogue that most tests talk about, in the notation of the first versions: the sandbox's Sora and Veo models."""

from pathlib import Path

from bot.offers import Offers
from domain.catalogue import Catalogue
from domain.catalogue_file import parse_catalogue
from domain.provider import MAIN, ApiProtocol

SORA_MODELS = Path(__file__).with_name("sora_models.toml")


def sora_offers() -> Offers:
    """Return an offer of all of them, by a provider that lists nothing."""
    return Offers(sora_catalogue(), {MAIN: ApiProtocol.OPENAI}, find_gone=frozenset)


def sora_catalogue() -> Catalogue:
    return parse_catalogue(SORA_MODELS.read_text(encoding="utf-8"))
