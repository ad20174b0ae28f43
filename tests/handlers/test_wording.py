"""Wording: what was said wrongly once, in any language, does not come back."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from locales.update import TEMPLATE, extract, forms

#: By language, pieces of sentences that were stilted, calques of odd English, or plainly wrong: `Unterschrift` is a
#: signature and no caption, `içeride` is in jail, `फ़ोटो लेता` takes photos with a camera.
WRONG = {
    "en": (
        "Whoever",
        "whoever",
        "your words",
        "did not count",
        "never counts",
        "Call off",
        "called off",
        "on offer",
        "to be had",
        "about to be ordered",
        "What holds",
        "shut out",
        "let in",
        "under way",
        "says that",
        "made new",
    ),
    "de": (
        "mit einer Unterschrift",
        "deinen Druck",
        "einzige Bitte",
        "diese Bitte",
        "Bitten",
        "lass es Nacht",
        "So eines",
        "sagt das",
        "Schick mir Worte",
        "deine Worte",
        "deinen Worten",
        "gleich bestellt",
        "Bestellung",
        "Wer diesen Bot betreibt",
        "wer den Bot betreibt",
        "Vorgabe",
        "misslungen",
        "gescheitert",
        "Video machen",
    ),
    "fr": (
        "Faire la vidéo",
        "La faire",
        "pareille",
        "Aucune image là",
        "Envoyez-moi des mots",
        "vos mots",
        "tous ensemble ne",
        "rappelé",
        "fabrication",
        "annir",
    ),
    "ru": (
        "держит",
        "Мне жаль",
        "велят",
        "в счёт",
        "В счёт",
        "делается",
        "беру {n}, что",
        "Красиво: ",
        "исправленными словами",
        "несколькими словами",
    ),
    "tr": (
        "içeride",
        "İçeridesiniz",
        "sözler",
        "birkaç sözle",
        "işleten",
        "karakter bilmez",
        "geri çağr",
        "Videoyu yap",
        "böyle demiyor",
        "hesabınızın numarası",
    ),
    "es": (
        "¿Cuánto dura?",
        "vetad",
        "vetó",
        "tus palabras",
        "no cuenta",
        "se está haciendo",
        "solo con palabras",
        "Nos cuesta",
        "falló en mí",
        "ya está pedido",
    ),
    "pt_BR": (
        "encomend",
        "suas palavras",
        "só com palavras",
        "Sinto muito",
        "nunca conta",
        "não contou",
        "chamado de volta",
        "quebrou em mim",
        "conhece personagens",
        "número da sua conta",
        "Volta a funcionar",
    ),
    "hi": ("फ़ोटो लेता", " ले रहा हूँ", "गिना गया", "नहीं गिना", "चलाने वाला", "आपके शब्द", "अपने शब्द", "केवल शब्दों से"),
    "ar": ("يأخذ", "اصنع", "يصنع", "قيد الصنع", "من يدير", "هو المفضل", "كلماتك", "لم يُحسب"),
    "id": ("kunci kita", "Biaya kita", "Kata API", "Berapa lama?", "boleh masuk", "menahan pesanan"),
    "ja": ("カウントされ", "取り消しました", "制作", "文か写真", "通るかも", "何も知りません"),
    "zh_Hans": ("计入额度", "提示词", "放下了", "我不认识", "读不懂", "无法撤回"),
}
#: Languages that write no blank between sentences.
UNSPACED = ("ja", "zh_Hans")


def texts_in(language: str) -> list[str]:
    """Return all that a person reads in this language."""
    if language == "en":
        return [text for message in extract() for text in sources(message)]
    with (TEMPLATE.parent / language / "LC_MESSAGES" / "reelbot.po").open("rb") as file:
        return [text for message in read_po(file, locale=language) if message.id for text in forms(message)]


def sources(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


@pytest.mark.parametrize("language", WRONG)
def test_nothing_is_said_again_that_was_wrong(language: str) -> None:
    texts = texts_in(language)
    assert len(texts) > 700
    assert [(wrong, text) for wrong in WRONG[language] for text in texts if wrong in text] == []


@pytest.mark.parametrize("language", UNSPACED)
def test_no_blank_stands_between_sentences_where_none_is_written(language: str) -> None:
    assert [text for text in texts_in(language) if re.search("[。！？] ", text)] == []
