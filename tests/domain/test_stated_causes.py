"""What a service says it made no video for: told by its words, whatever it quotes of the prompt."""

from random import Random
from time import process_time

import pytest

from domain.failures import FailureReason
from domain.stated_causes import StatedCause, stated_cause

MODERATED, RENDER_FAILED, REFUSED = (
    FailureReason.MODERATED,
    FailureReason.RENDER_FAILED,
    FailureReason.REFUSED,
)
#: Sentences of the kinds that makers and relays send, and what each means.
SAID = {
    "内容审核未通过：检测到真人形象": StatedCause.REAL_PERSON,
    "图片中含有人脸，无法生成": StatedCause.REAL_PERSON,
    "We do not support uploads of images containing photorealistic people": StatedCause.REAL_PERSON,
    "The input image may contain real person.": StatedCause.REAL_PERSON,
    "InputImageSensitiveContentDetected.PrivacyInformation": StatedCause.REAL_PERSON,
    "A human face was detected in the reference": StatedCause.REAL_PERSON,
    "PUBLIC_ERROR_PROMINENT_PEOPLE_FILTER_FAILED": StatedCause.PUBLIC_FIGURE,
    "Videos of public figures are not allowed": StatedCause.PUBLIC_FIGURE,
    "may violate our guardrails concerning third-party likeness": StatedCause.PUBLIC_FIGURE,
    "may violate our guardrails concerning bullying": StatedCause.HATE,
    "提示词涉及公众人物": StatedCause.PUBLIC_FIGURE,
    "PUBLIC_ERROR_MINOR_UPLOAD": StatedCause.MINORS,
    "The photo seems to show a child": StatedCause.MINORS,
    "This may depict minors": StatedCause.MINORS,
    "内容包含未成年人，已被拦截": StatedCause.MINORS,
    "flagged for sexual content": StatedCause.SEXUAL,
    "PUBLIC_ERROR_SEXUAL": StatedCause.SEXUAL,
    "生成失败：内容涉及色情低俗": StatedCause.SEXUAL,
    "Your request was flagged: graphic violence": StatedCause.VIOLENCE,
    "输入内容含暴力血腥信息": StatedCause.VIOLENCE,
    "blocked because of hate speech": StatedCause.HATE,
    "包含辱骂或歧视内容": StatedCause.HATE,
    "It was stopped for self-harm": StatedCause.SELF_HARM,
    "内容涉及自残": StatedCause.SELF_HARM,
    "PUBLIC_ERROR_DANGER_FILTER_FAILED": StatedCause.DANGEROUS,
    "输入内容违法": StatedCause.DANGEROUS,
    "内容涉及政治敏感": StatedCause.POLITICS,
    "may violate our guardrails concerning similarity to third-party content": StatedCause.COPYRIGHT,
    "It may infringe somebody's copyright": StatedCause.COPYRIGHT,
    "疑似侵权：知识产权保护的形象": StatedCause.COPYRIGHT,
    "We ran into an issue with the audio for your prompt": StatedCause.AUDIO,
    "The generated audio was blocked by a filter": StatedCause.AUDIO,
    "音频审核未通过": StatedCause.AUDIO,
    "input image is flagged": StatedCause.PHOTO,
    "参考图审核不通过": StatedCause.PHOTO,
    "OutputVideoSensitiveContentDetected": StatedCause.RESULT,
    "生成的视频未通过审核": StatedCause.RESULT,
    "sensitive_words_detected": StatedCause.PROMPT,
    "Your prompt was flagged": StatedCause.PROMPT,
    "文本内容违规": StatedCause.PROMPT,
    "Failure to pass the risk control system": None,
    "Your request was blocked by our moderation system.": None,
    "内容审核未通过": None,
    "": None,
}
OTHERWISE = {
    "a server that is busy": (RENDER_FAILED, "The server is busy, try again later", StatedCause.OVERLOAD),
    "a load in Chinese": (RENDER_FAILED, "当前分组负载已饱和", StatedCause.OVERLOAD),
    "a time that is over": (RENDER_FAILED, "任务超时", StatedCause.OVERLOAD),
    "content that was refused only in the end": (RENDER_FAILED, "检测到真人", StatedCause.REAL_PERSON),
    "content that was refused at once": (REFUSED, "no copyrighted characters", StatedCause.COPYRIGHT),
    "a fault of the audio": (RENDER_FAILED, "audio encoder crashed", None),
    "a fault of the photo": (REFUSED, "input image must be 1280x720", None),
    "moderation that asks for patience": (MODERATED, "Blocked. Try again later", None),
    "a minor fault": (RENDER_FAILED, "a minor error, minor version 3", None),
    "a photo that shows no child process": (RENDER_FAILED, "child process died", None),
    "a violation, which is no violence": (MODERATED, "This violates the rules", None),
    "another reason": (FailureReason.NO_CREDIT, "检测到真人形象", None),
}


@pytest.mark.parametrize(("said", "cause"), SAID.items(), ids=SAID)
def test_what_services_say_of_content_is_known(said: str, cause: StatedCause | None) -> None:
    assert stated_cause(MODERATED, said, "a paper boat in the rain") == cause


@pytest.mark.parametrize(("reason", "said", "cause"), OTHERWISE.values(), ids=OTHERWISE)
def test_what_they_say_counts_only_for_what_it_can_mean(
    reason: FailureReason, said: str, cause: StatedCause | None
) -> None:
    assert stated_cause(reason, said, "a paper boat in the rain") == cause


@pytest.mark.parametrize(
    "said",
    [
        "Refused: a violent storm with suicide clowns",
        'The prompt "a violent storm with suicide clowns" was not accepted',
        "提示词：a violent storm with suicide clowns",
    ],
)
def test_a_prompt_that_is_quoted_does_not_decide(said: str) -> None:
    assert stated_cause(REFUSED, said, "A  violent storm\nwith suicide clowns") is None


def test_no_text_takes_long_or_breaks_the_reading() -> None:
    """Whoever writes it may be anybody: random pieces of what is looked for, as long as a detail may be and longer."""
    random = Random(20261128)  # noqa: S311 - the same texts each time
    pieces = [
        *SAID,
        "server is busy",
        "audio ",
        "flag",
        "child",
        " of a ",
        "图片",
        "<b>",
        "🐈",
        '"',
        "\n",
        "contains ",
    ]
    began = process_time()
    found = {
        stated_cause(
            random.choice((MODERATED, RENDER_FAILED, REFUSED)),
            "".join(random.choices(pieces, k=random.choice((1, 3, 12, 60)))),
            random.choice(pieces) * random.choice((1, 20)),
        )
        for _ in range(600)
    }
    # Quadratic patterns would take minutes.
    assert process_time() - began < 20
    assert found >= {*StatedCause, None} - {StatedCause.PROMPT, StatedCause.RESULT}
