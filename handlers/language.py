"""The language that is spoken now: each reader's own, from the catalogues in `locales/`."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the source speaks, and what everybody hears whose language we do not know.
SOURCE = "en"
#: Our languages, and each one's own name for itself.
LANGUAGES = {
    SOURCE: "English",
    "zh_Hans": "简体中文",
    "ru": "Русский",
    "es": "Español",
    "pt_BR": "Português (Brasil)",
    "hi": "हिन्दी",
    "ar": "العربية",
    "id": "Bahasa Indonesia",
    "fr": "Français",
    "de": "Deutsch",
    "ja": "日本語",
    "tr": "Türkçe",
}

_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def spoken() -> str:
    """Return the language that is spoken now, one of LANGUAGES."""
    return _spoken.get()


def speak(language: str) -> None:
    """Speak `language`, one of LANGUAGES, from here on to the end of the update or the task."""
    _spoken.set(language if language in LANGUAGES else SOURCE)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak `language`, one of LANGUAGES, within the block."""
    before = _spoken.set(language if language in LANGUAGES else SOURCE)
    try:
        yield
    finally:
        _spoken.reset(before)


def nearest(telegram_code: str | None) -> str:
    """Return the language of ours that a person understands best, by Telegram's code for theirs, such as `pt-br`."""
    wanted = (telegram_code or "").replace("_", "-").casefold().split("-")[0]
    return next((code for code in LANGUAGES if code.casefold().split("_")[0] == wanted), SOURCE)


def gettext(words: str) -> str:
    """Return the words in the language that is spoken now."""
    return _catalogue(spoken()).ugettext(words)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the words for so many of them in the language that is spoken now."""
    return _catalogue(spoken()).ungettext(one, many, number)


def mark(words: str) -> str:
    """Mark words of a table for translation; who reads them there passes them through `gettext`."""
    return words


def locale() -> Locale:
    """Return how numbers and spans of time are written in the language that is spoken now."""
    return Locale.parse(spoken())


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    source = resources.files("locales").joinpath(language, "LC_MESSAGES", "reelbot.po")
    if not source.is_file():
        return NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)
