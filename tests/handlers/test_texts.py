"""What the bot says: within Telegram's limits, well-formed whatever people write, and with words for every case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chat import job_texts
from chat.formatting import utf16_length
from domain.account import Account
from domain.catalogue import Catalogue, Model
from domain.job import Job, State
from domain.quota import Funds
from domain.request import VideoRequest
from domain.size import Size
from handlers import texts
from handlers.request import quota_texts

TEXT_LIMIT, CAPTION_LIMIT, NOTE_LIMIT = (
    4096,
    1024,
    200,
)  # Bot API: sendMessage, sendVideo, answerCallbackQuery
#: Prompts as long as they may be, of characters that are hard to count or to quote.
PROMPTS = {
    "plain": "x" * 4000,
    "outside the basic plane": "🐈" * 4000,
    "marks of HTML": "<b>&\"'" * 800,
    "lines": "a cat\n" * 600,
    "families of joined characters": "👨‍👩‍👧‍👦" * 500,
}
LONGEST_TITLE = "A" * 39 + "&"


@pytest.fixture
def long_titled(catalogue: Catalogue) -> Model:
    return catalogue.default_model.model_copy(update={"title": LONGEST_TITLE})


@pytest.fixture(params=PROMPTS.values(), ids=list(PROMPTS))
def request_at_its_longest(request: pytest.FixtureRequest) -> VideoRequest:
    return VideoRequest(
        prompt=request.param,
        model="sora-2",
        seconds=600,
        size=Size(10240, 10240),
        price=999,
        private=True,
        watermark=True,
    )


def test_a_caption_fits_and_keeps_what_made_it(
    request_at_its_longest: VideoRequest, long_titled: Model, read: Callable[[str], str]
) -> None:
    caption = read(job_texts.caption(request_at_its_longest, long_titled))
    assert utf16_length(caption) <= CAPTION_LIMIT
    assert caption.endswith(f"…\n\n{LONGEST_TITLE} · 600 s · Square · private · with watermark")


def test_a_caption_of_a_model_that_is_gone_names_it(read: Callable[[str], str]) -> None:
    asked = VideoRequest(
        prompt="a <b>cat</b> & co", model="sora-1", seconds=10, size=Size(720, 1280), price=1
    )
    assert read(job_texts.caption(asked, None)) == "a <b>cat</b> & co\n\nsora-1 · 10 s · Portrait"


ASKERS = {
    "a person": (Account(id=7, name="Mina <3"), "\nfor Mina <3", '<a href="tg://user?id=7">Mina &lt;3</a>'),
    "a group": (Account(id=-1001, name="Friends & co"), "\nfor Friends & co", "for Friends &amp; co"),
    "somebody never heard of": (Account(id=7), "", "10 s"),
    "nobody": (None, "", "10 s"),
}


@pytest.mark.parametrize(("asker", "end", "markup"), ASKERS.values(), ids=list(ASKERS))
def test_a_caption_in_a_group_names_who_asked(
    asker: Account | None, end: str, markup: str, read: Callable[[str], str]
) -> None:
    asked = VideoRequest(prompt="a cat", model="sora-1", seconds=10, size=Size(720, 1280), price=1)
    caption = job_texts.caption(asked, None, asker=asker)
    assert (read(caption), markup in caption) == (f"a cat\n\nsora-1 · 10 s · Portrait{end}", True)


@pytest.mark.parametrize("prompt", PROMPTS.values(), ids=PROMPTS)
def test_a_cancelled_job_is_named_in_short(
    prompt: str, job_in: Callable[..., Job], read: Callable[[str], str]
) -> None:
    said = read(job_texts.cancelled(job_in(State.CANCELLED, prompt=prompt)))
    assert said.startswith(f"✋ Cancelled: {prompt[:10]}")
    assert utf16_length(said) < 200
    assert utf16_length(job_texts.in_short(job_in(State.QUEUED, prompt=prompt))) <= 24


QUOTAS = {
    "untouched": (3, (), 0, "Left today: 3 of 3 credits. A video that fails costs nothing."),
    "in part": (
        3,
        (1.0, 5.5),
        1,
        (
            "Left today: 1 of 3 credits. A video that fails costs nothing.\n"
            "1 video in progress: /jobs\nMore frees up in 18 hr 30 min."
        ),
    ),
    "spent": (
        1,
        (23.99,),
        2,
        (
            "Left today: 0 of 1 credit. A video that fails costs nothing.\n"
            "2 videos in progress: /jobs\nMore frees up in 36 sec."
        ),
    ),
    "without end": (
        None,
        (1.0,),
        0,
        "You may make as many videos as you like. A video that fails costs nothing.",
    ),
}


@pytest.mark.parametrize(("allowance", "hours_ago", "under_way", "said"), QUOTAS.values(), ids=QUOTAS)
def test_a_quota_says_what_is_left_what_is_under_way_and_when_more_frees_up(
    *,
    allowance: int | None,
    hours_ago: tuple[float, ...],
    under_way: int,
    said: str,
    funds: Callable[..., Funds],
    job_in: Callable[..., Job],
    read: Callable[[str], str],
) -> None:
    jobs = [job_in(State.QUEUED)] * under_way
    assert read(quota_texts.report(funds(allowance, hours_ago), jobs)) == said


def test_notes_over_a_button_are_plain_and_short(job_in: Callable[..., Job]) -> None:
    notes = [
        texts.not_yours(),
        texts.too_old(),
        texts.nothing_left_to_cancel(job_in(State.RENDERING, video_id="v")),
        texts.nothing_left_to_cancel(job_in(State.DONE)),
    ]
    assert [note for note in notes if "<" in note or utf16_length(note) > NOTE_LIMIT] == []


def test_what_an_input_field_shows_fits() -> None:
    assert len(texts.words_wanted()) <= 64  # Bot API: ForceReply


@pytest.mark.parametrize(
    "said",
    [
        texts.no_jobs(),
        texts.ask_for_words(),
        texts.no_picture(),
        texts.not_understood(),
        texts.unknown_command(),
        texts.broken(),
        texts.photo_too_heavy(23_000_000, 20 * 1024 * 1024),
        texts.nothing_to_cancel([]),
        texts.older_jobs(1),
    ],
)
def test_every_other_answer_can_be_sent(said: str, read: Callable[[str], str]) -> None:
    assert 0 < utf16_length(read(said)) <= TEXT_LIMIT
