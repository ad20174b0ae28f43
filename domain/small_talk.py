"""Tells greetings and short questions from descriptions of videos, in the languages that the bot speaks."""

from __future__ import annotations

import unicodedata
from itertools import chain

#: Columns; a Chinese character takes two. A longer question may well describe a video.
_LONGEST_QUESTION = 40
_QUESTION_MARKS = ("?", "？", "؟")
#: Says whether what stands before it is a sign or a picture (Unicode Technical Standard 51, section 2.5).
_STYLING = dict.fromkeys((0xFE0E, 0xFE0F))
_WIDE = frozenset({"W", "F"})

#: What people say to a bot before they know what it is for, as `_plain` writes it.
_PHRASES = {
    "en": (
        "hi", "hi there", "hi bot", "hey", "hey there", "hello", "hello there", "hello bot", "hey bot", "yo", "good morning",
        "good afternoon", "good evening", "how are you", "help", "help me", "start", "menu", "test", "thanks", "thank you",
        "thank you very much", "thx", "ok", "okay", "cool", "nice", "wow", "great", "bye", "who are you", "what is this",
        "what can you do", "what do you do", "how does it work", "how does this work", "how much", "how much does it cost",
        "how much is it", "price", "prices", "is it free",
    ),
    "ru": (
        "привет", "здравствуй", "здравствуйте", "добрый день", "доброе утро", "добрый вечер", "хай", "как дела", "помощь",
        "помоги", "спасибо", "спс", "ок", "круто", "старт", "меню", "тест", "кто ты", "что ты умеешь", "что ты можешь",
        "как это работает", "сколько стоит", "сколько это стоит", "цена", "это бесплатно", "пока",
    ),
    "es": (
        "hola", "hola bot", "buenas", "buenos días", "buenos dias", "buenas tardes", "buenas noches", "qué tal", "que tal",
        "ayuda", "gracias", "muchas gracias", "vale", "genial", "quién eres", "quien eres", "qué puedes hacer",
        "que puedes hacer", "qué haces", "cómo funciona", "como funciona", "cuánto cuesta", "cuanto cuesta", "precio",
        "precios", "es gratis", "adiós",
    ),
    "pt": (
        "olá", "ola", "oi", "oie", "bom dia", "boa tarde", "boa noite", "tudo bem", "ajuda", "obrigado", "obrigada", "valeu",
        "legal", "quem é você", "o que você faz", "o que você pode fazer", "como funciona", "quanto custa", "preço", "preços",
        "é grátis", "tchau",
    ),
    "de": (
        "hallo", "hallo bot", "hi du", "moin", "servus", "guten tag", "guten morgen", "guten abend", "grüß gott", "hilfe",
        "danke", "danke schön", "dankeschön", "vielen dank", "super", "toll", "wer bist du", "was kannst du",
        "was machst du", "wie geht das", "wie geht es dir", "wie funktioniert das", "was kostet das", "wie viel kostet das",
        "preis", "preise", "ist das kostenlos", "tschüss",
    ),
    "fr": (
        "bonjour", "bonsoir", "salut", "coucou", "ça va", "ca va", "aide", "au secours", "merci", "merci beaucoup", "super",
        "qui es tu", "qui êtes vous", "que peux tu faire", "que sais tu faire", "comment ça marche", "ça coûte combien",
        "combien ça coûte", "c est combien", "prix", "c est gratuit", "au revoir",
    ),
    "tr": (
        "merhaba", "selam", "selamlar", "günaydın", "iyi günler", "iyi akşamlar", "nasılsın", "yardım", "teşekkürler",
        "teşekkür ederim", "sağ ol", "tamam", "harika", "kimsin", "sen kimsin", "ne yapabilirsin", "nasıl çalışıyor",
        "ne kadar", "fiyat", "fiyatlar", "kaç para", "ücretsiz mi",
    ),
    "id": (
        "halo", "hai", "hei", "selamat pagi", "selamat siang", "selamat sore", "selamat malam", "apa kabar", "bantuan",
        "tolong", "terima kasih", "makasih", "oke", "keren", "kamu siapa", "kamu bisa apa", "apa yang bisa kamu lakukan",
        "bagaimana cara kerjanya", "berapa harganya", "harga", "gratis",
    ),
    "hi": (
        "नमस्ते", "नमस्कार", "हाय", "हैलो", "हेलो", "मदद", "धन्यवाद", "शुक्रिया", "ठीक है", "तुम कौन हो", "आप कौन हैं",
        "तुम क्या कर सकते हो", "आप क्या कर सकते हैं", "यह कैसे काम करता है", "कितने का है", "कीमत", "namaste",
    ),
    "ar": (
        "مرحبا", "مرحباً", "أهلا", "أهلاً", "اهلا", "السلام عليكم", "سلام", "صباح الخير", "مساء الخير", "كيف حالك", "مساعدة",
        "ساعدني", "شكرا", "شكراً", "من أنت", "ماذا تفعل", "ماذا يمكنك أن تفعل", "كيف يعمل", "كم السعر", "كم يكلف", "السعر",
    ),
    "zh": (
        "你好", "您好", "嗨", "哈喽", "在吗", "在嗎", "早上好", "晚上好", "帮助", "幫助", "帮忙", "谢谢", "謝謝", "好的", "你是谁", "你是誰",
        "你能做什么", "你能做什麼", "你会什么", "怎么用", "怎麼用", "多少钱", "多少錢", "价格", "價格", "免费吗",
    ),
    "ja": (
        "こんにちは", "こんばんは", "おはよう", "おはようございます", "はじめまして", "やあ", "ヘルプ", "助けて", "ありがとう",
        "ありがとうございます", "すごい", "あなたは誰", "何ができますか", "何ができるの", "使い方", "いくら", "いくらですか", "料金", "無料ですか",
    ),
}  # fmt: skip


def _plain(words: str) -> str:
    """Return words without marks, pictures and capitals: only letters, digits, and single blanks between them."""
    bare = words.casefold().translate(_STYLING)
    kept = (one if unicodedata.category(one)[0] in "LMN" else " " for one in bare)
    return " ".join("".join(kept).split())


_KNOWN = frozenset(map(_plain, chain.from_iterable(_PHRASES.values())))


def is_small_talk(words: str) -> bool:
    """Tell whether words are nothing but a greeting, thanks, or a question about the bot itself."""
    return _plain(words) in _KNOWN


def is_short_question(words: str) -> bool:
    """Tell whether words are one short sentence that asks something."""
    asked = words.strip()
    columns = sum(2 if unicodedata.east_asian_width(one) in _WIDE else 1 for one in asked)
    return columns <= _LONGEST_QUESTION and asked.endswith(_QUESTION_MARKS)
