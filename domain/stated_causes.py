"""What a video service says it made no video for, as far as its words are known: Chinese and English ones are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from domain import own_words
from domain.failures import FailureReason


class StatedCause(StrEnum):
    """What stood in the way, by the service's own words; `chat.failure_texts` says it to a person."""

    #: It saw, or was asked for, somebody who looks real.
    REAL_PERSON = "real_person"
    #: Somebody whom everybody knows.
    PUBLIC_FIGURE = "public_figure"
    MINORS = "minors"
    SEXUAL = "sexual"
    VIOLENCE = "violence"
    HATE = "hate"
    SELF_HARM = "self_harm"
    #: Drugs, gambling and whatever else is forbidden.
    DANGEROUS = "dangerous"
    POLITICS = "politics"
    #: Somebody else's character, brand, film or music.
    COPYRIGHT = "copyright"
    #: What is heard in the video.
    AUDIO = "audio"
    #: The photo that was sent, and nothing is said of why.
    PHOTO = "photo"
    #: The finished video, and nothing is said of why.
    RESULT = "result"
    #: The prompt, and nothing is said of why.
    PROMPT = "prompt"
    #: The service had too much to do, or took too long.
    OVERLOAD = "overload"


def _compiled(table: Mapping[StatedCause, str]) -> tuple[tuple[re.Pattern[str], StatedCause], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), cause) for cause, pattern in table.items())


#: Told in order, the narrower before the wider; what a pattern skips or repeats is bounded.
_CONTENT: Final = _compiled(
    {
        StatedCause.AUDIO: r"issue with the (audio|sound)|audio.{0,40}(moderat|filter|block|safety|flag)"
        r"|(moderat|filter|block|flag)\w{0,6}.{0,40}\baudio|音频.{0,12}(违规|审核|敏感|未通过)",
        StatedCause.MINORS: r"\bminors\b|\bunder-?age|\bunder (the age of )?18\b|_minor"
        r"|\b(child|children|minor)\b.{0,30}\b(safety|abuse|sexual|exploit)"
        r"|\b(of|depict\w{0,4}|contain\w{0,4}|involv\w{0,4}|show\w{0,4}) (a |an )?(young )?(child|children|minor)\b"
        r"|未成年|儿童",
        StatedCause.PUBLIC_FIGURE: r"public[ _]figure|prominent[ _]pe|celebrit|\bfamous (people|person)"
        r"|well-known (people|person)|third[ -]party likeness|名人|公众人物|明星|知名人物",
        StatedCause.REAL_PERSON: r"\breal[ -](person|people|human|individual)|photo-?realistic (people|person|human|face)"
        r"|\b(human|realistic|real|recogni[sz]able|identifiable) faces?\b|\bfaces? (is |are |was |were )?(detected|found)"
        r"|\b(detected|contains?) (a |any )?(human |real )?faces?\b|\blikeness of (a |any )?(real )?(person|people|individual)"
        r"|privacyinformation|真人|人脸|真实人物",
        StatedCause.SEXUAL: r"\bsexual|_sexual|\bnud(e|ity)\b|\bporn|\berotic|\bnsfw\b|adult content|sexually"
        r"|色情|裸露|裸体|低俗|淫秽|性暗示|涉黄",
        StatedCause.SELF_HARM: r"self[ _-]?harm|\bsuicid|自残|自杀|自伤",
        StatedCause.VIOLENCE: r"\bviolen(ce|t)\b|\bgor(e|y)\b|\bblood(y|shed)\b|terroris|暴力|血腥|暴恐|恐怖主义",
        StatedCause.HATE: r"\bhate(ful)?\b|\bharass|\bbully|\bdiscriminat|\bracis[mt]|仇恨|歧视|辱骂|侮辱",
        StatedCause.COPYRIGHT: r"copyright|third[ -]party (content|right|ip|intellectual|material)|intellectual property"
        r"|trademark|infring|similarity to third|版权|侵权|知识产权|商标|第三方(内容|权利|权益)",
        StatedCause.POLITICS: r"\bpolitic|政治|涉政|时政",
        StatedCause.DANGEROUS: r"\bdangerous\b|_danger|\billegal\b|\bdrugs?\b|\bgambling\b|违禁|毒品|赌博|违法",
    }
)
_STAGE: Final = _compiled(
    {
        StatedCause.AUDIO: r"\baudio\b|\bsound ?track|音频|配音|背景音乐",
        StatedCause.PHOTO: r"input[ _]?(image|photo|picture)|(image|photo|picture)[ _](is |was )?(unsafe|sensitive|flag|reject|block)"
        r"|(uploaded|reference) (image|photo|picture)|(图片|图像|参考图|照片).{0,8}(违规|敏感|审核|未通过|不合规)",
        StatedCause.RESULT: r"output[ _]?(moderation|video|content)|outputvideo|generated (video|content)|video[ _]unsafe"
        r"|(生成|输出)的?(视频|内容|结果)",
        StatedCause.PROMPT: r"input[ _]?(text|moderation|prompt)|inputtext|sensitive[ _]words?|prompt[ _]unsafe|\bprompt (was |is |has been )?(flag|block|reject|refus|violat|contains)"
        r"|提示词|敏感词|文本.{0,8}(违规|敏感|审核|未通过)",
    }
)
_TROUBLE: Final = _compiled(
    {
        StatedCause.OVERLOAD: r"heavy load|overload|high demand|too many (requests|tasks)|at capacity|(server|system|service) (is )?busy"
        r"|\btimed? ?out\b|try again later|负载|饱和|繁忙|拥挤|超时|稍后(再试|重试)",
    }
)
_TABLES: Final = {
    FailureReason.MODERATED: (*_CONTENT, *_STAGE),
    FailureReason.REFUSED: (*_CONTENT, *_TROUBLE),
    FailureReason.RENDER_FAILED: (*_CONTENT, *_TROUBLE),
}


def stated_cause(reason: FailureReason, detail: str, prompt: str) -> StatedCause | None:
    """Return what the service's words `detail` name as the cause; None if they name nothing that is known.

    What they quote of the `prompt` does not count.
    """
    table = _TABLES.get(reason)
    if table is None or not detail:
        return None
    words = own_words.without(detail, (prompt,))
    return next((cause for pattern, cause in table if pattern.search(words)), None)
