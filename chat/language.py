"""The language that is spoken now: each reader's own, from the catalogues in `locales/`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache, partial
from importlib import resources
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from chat.direction import kept_apart

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

#: Characters; what is longer is no code of a language.
_LONGEST_CODE = 20

_spoken: ContextVar[str] = ContextVar("spoken", default=SOURCE)


def load() -> None:
    """Read every catalogue, and Babel's data about each language, so that nobody waits for that later."""
    for code in LANGUAGES:
        _catalogue(code)
        is_right_to_left(code)


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


@lru_cache(maxsize=1000)
def nearest(their_code: str | None) -> str:
    """Return the language of ours that a person understands best, by Telegram's code for theirs, such as `pt-br`."""
    return nearest_of(LANGUAGES, their_code) or SOURCE


def nearest_of(languages: Collection[str], their_code: str | None) -> str | None:
    """Return which of these is the one of the code; None if none is.

    Of several that are one language it is the one in their script, then the one of their country, then the first.
    """
    theirs = _parsed((their_code or "")[:_LONGEST_CODE])
    known = {code: Locale.parse(code) for code in languages}
    alike = {
        code: (one.script == theirs.script, one.territory == theirs.territory)
        for code, one in known.items()
        if theirs is not None and one.language == theirs.language
    }
    return max(alike, key=alike.__getitem__, default=None)


def _parsed(code: str) -> Locale | None:
    """Read a code as Telegram's apps write it; Babel adds the script that is usual in a country."""
    try:
        return Locale.parse(code.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        language = code.replace("_", "-").partition("-")[0]
        return _parsed(language) if language != code else None


def telegram_code(language: str) -> str:
    """Return the two letters of a language of ours: Telegram keeps no menus by more (Bot API: setMyCommands)."""
    return language.partition("_")[0]


def languages_of_menus(languages: Collection[str] = tuple(LANGUAGES)) -> list[str]:
    """Return those of which Telegram keeps menus: of several that have the same two letters the first."""
    first: dict[str, str] = {}
    for language in languages:
        first.setdefault(telegram_code(language), language)
    return list(first.values())


def gettext(words: str) -> str:
    """Return the words in the language that is spoken now."""
    return _catalogue(spoken()).ugettext(words)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the words for so many of them in the language that is spoken now."""
    return _catalogue(spoken()).ungettext(one, many, number)


def lazy_gettext(words: str) -> Callable[[], str]:
    """Return a function that returns the words in the language that is spoken when it is called."""
    return partial(gettext, words)


def mark(words: str) -> str:
    """Mark words of a table for translation; who reads them there passes them through `gettext`."""
    return words


def locale() -> Locale:
    """Return how numbers and spans of time are written in the language that is spoken now."""
    return Locale.parse(spoken())


def is_right_to_left(language: str) -> bool:
    return Locale.parse(language).text_direction == "rtl"


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == SOURCE:
        return NullTranslations()
    source = resources.files("locales").joinpath(language, "LC_MESSAGES", "reelbot.po")
    if not source.is_file():
        return NullTranslations()
    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    if is_right_to_left(language):
        _keep_apart(catalog)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)


def _keep_apart(catalog: Catalog) -> None:
    for message in catalog:
        match message.string:
            case str(words) if message.id:
                message.string = kept_apart(words)
            case tuple(forms) | list(forms):
                message.string = tuple(map(kept_apart, forms))
