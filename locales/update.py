"""`python -m locales.update`: brings the template and every catalogue up to what the code says."""

from __future__ import annotations

import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

_ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("bot", "chat", "handlers")
_KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "mark": None}
_COMMENT_TAGS = ("Translators:",)
# Names and dates: no program needs them, and they would change with every update.
_HEADER_OF_PEOPLE = re.compile(
    rb'^"(Project-Id|Report-Msgid|POT-|PO-|Last-|Language-Team|Generated).*\n', re.MULTILINE
)

TEMPLATE = _ROOT / "locales" / "reelbot.pot"


def extract() -> Catalog:
    """Return all texts that the code passes to gettext, with what it tells translators."""
    template = Catalog()
    for package in _PACKAGES:
        found = extract_from_dir(_ROOT / package, keywords=_KEYWORDS, comment_tags=_COMMENT_TAGS)
        for _file, _line, text, comments, context in found:
            template.add(text, auto_comments=comments, context=context)
    return template


def written(catalog: Catalog, *, is_template: bool = False) -> bytes:
    """Return the catalogue's file: by message and without locations, so that a text that moves changes nothing."""
    file = BytesIO()
    write_po(file, catalog, no_location=True, omit_header=is_template, sort_output=True, ignore_obsolete=True)
    return _HEADER_OF_PEOPLE.sub(b"", file.getvalue())


def untranslated(catalog: Catalog) -> int:
    """Return how many texts have no translation, or one that was guessed from a similar text."""
    return sum(1 for text in catalog if text.id and (text.fuzzy or not all(forms(text))))


def forms(text: Message) -> tuple[str, ...]:
    """Return a text's translations, one for each plural form, or the only one."""
    return tuple(text.string) if isinstance(text.string, (list, tuple)) else (text.string or "",)


def main() -> None:
    """Write the template and all catalogues anew, and say what is left to translate."""
    template = extract()
    TEMPLATE.write_bytes(written(template, is_template=True))
    for path in sorted(TEMPLATE.parent.glob("*/LC_MESSAGES/reelbot.po")):
        language = path.parent.parent.name
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        catalog.update(template)
        path.write_bytes(written(catalog))
        sys.stdout.write(f"{language}: {untranslated(catalog) or 'nothing'} to translate\n")


if __name__ == "__main__":
    main()
