"""Drafts: kept once, found by their question, forgotten after a week."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.alternatives import Alternative
from domain.change import Way
from domain.job import Place
from domain.options import PORTRAIT, PromptOptions
from domain.request import Photo
from domain.size import Size
from storage.drafts import KEPT, MOST, OPEN, Draft, DraftKind, Drafts

Keep = Callable[..., Awaitable[Draft]]
PHOTO = Photo(file_id="photo", size=Size(3000, 4000))
A_CAT = PromptOptions(prompt="a cat")
PORTRAIT_CAT = PromptOptions(prompt="a cat", shape=PORTRAIT)


@pytest.fixture
def keep(drafts: Drafts, place: Callable[..., Place], now: datetime) -> Keep:
    """Return a way to keep a draft: a photo that waits for its words unless told otherwise."""

    async def make(origin: str = "message:1:1", **changes: Any) -> Draft:  # noqa: ANN401 - any of a draft's facts
        facts: dict[str, Any] = {
            "kind": DraftKind.WORDS,
            "place": place(),
            "photos": (PHOTO,),
            "now": now,
        } | changes
        return await drafts.add(idempotency_key=origin, **facts)

    return make


async def test_a_draft_is_kept_as_it_was_begun(
    drafts: Drafts, keep: Keep, place: Callable[..., Place]
) -> None:
    where = place(5, chat_id=-77, account_id=-77, thread_id=3, request_message_id=9)
    draft = await keep(kind=DraftKind.CARD, place=where, options=PORTRAIT_CAT, photos=())
    assert draft == Draft(
        id=1,
        kind=DraftKind.CARD,
        place=where,
        options=PORTRAIT_CAT,
        photos=(),
        job_id=None,
        message_id=None,
    )
    assert await drafts.find(1) == draft


async def test_the_same_origin_makes_one_draft_as_it_was_first(keep: Keep) -> None:
    first = await keep("message:1:1", options=A_CAT)
    assert await keep("message:1:1", options=PromptOptions(prompt="a dog")) == first


async def test_a_draft_that_was_never_begun_is_not_found(drafts: Drafts, now: datetime) -> None:
    assert await drafts.find(1) is None
    assert await drafts.find_asked(1, 42, now=now) is None


async def test_a_shown_draft_knows_its_message(drafts: Drafts, keep: Keep) -> None:
    draft = await keep()
    await drafts.show(draft.id, message_id=42)
    assert await drafts.find(draft.id) == replace(draft, message_id=42)


async def test_a_question_leads_back_to_its_draft(drafts: Drafts, keep: Keep, now: datetime) -> None:
    draft, other = await keep("message:1:1"), await keep("message:1:2")
    await drafts.show(draft.id, message_id=42)
    await drafts.show(other.id, message_id=43)
    assert await drafts.find_asked(1, 42, now=now) == replace(draft, message_id=42)


async def test_the_same_message_number_in_another_chat_is_another_question(
    drafts: Drafts, keep: Keep, now: datetime
) -> None:
    draft = await keep()
    await drafts.show(draft.id, message_id=42)
    assert await drafts.find_asked(2, 42, now=now) is None


async def test_a_card_is_no_question(drafts: Drafts, keep: Keep, now: datetime) -> None:
    draft = await keep(kind=DraftKind.CARD, options=A_CAT, photos=())
    await drafts.show(draft.id, message_id=42)
    assert await drafts.find_asked(1, 42, now=now) is None


async def test_a_question_keeps_the_options_that_came_with_the_photo(
    drafts: Drafts, keep: Keep, now: datetime
) -> None:
    draft = await keep(options=PromptOptions(prompt="", seconds=15))
    await drafts.show(draft.id, message_id=42)
    assert await drafts.find_asked(1, 42, now=now) == replace(draft, message_id=42)


async def test_a_draft_is_forgotten_after_a_week_when_another_is_begun(
    drafts: Drafts, keep: Keep, now: datetime
) -> None:
    old = await keep("message:1:1", now=now - KEPT - timedelta(microseconds=1))
    young = await keep("message:1:2", now=now - KEPT)
    await keep("message:1:3")
    assert [await drafts.find(draft.id) for draft in (old, young)] == [None, young]


async def test_a_question_is_open_for_a_day(drafts: Drafts, keep: Keep, now: datetime) -> None:
    draft = await keep()
    await drafts.show(draft.id, message_id=42)
    assert await drafts.find_asked(1, 42, now=now + OPEN - timedelta(seconds=1)) is not None
    assert await drafts.find_asked(1, 42, now=now + OPEN) is None


async def test_an_expired_question_is_still_known_as_one(drafts: Drafts, keep: Keep, now: datetime) -> None:
    draft = await keep()
    await drafts.show(draft.id, message_id=42)
    asked = await drafts.find_asked(1, 42, now=now + OPEN, within=KEPT)
    assert asked == replace(draft, message_id=42)


async def test_an_option_can_be_chosen_and_the_draft_knows_that_it_was(drafts: Drafts, keep: Keep) -> None:
    draft, longer = await keep(kind=DraftKind.CARD, options=A_CAT), replace(A_CAT, seconds=15)
    await drafts.choose(draft.id, longer, chosen={"seconds", "model"})
    assert await drafts.find(draft.id) == replace(
        draft, options=longer, chosen=frozenset({"model", "seconds"})
    )


SAID = {
    "nothing": PromptOptions(prompt=""),
    "words that look like options": PromptOptions(prompt="--private eyes —seconds 15 --size=1x1"),
    "everything": PromptOptions(
        prompt="a cat",
        model="sora-2",
        seconds=15,
        shape=Size(16, 9),
        private=False,
        watermark=True,
        character="rex",
        character_url="https://example.org/clip.mp4",
        character_timestamps="1,3",
    ),
}


@pytest.mark.parametrize("options", SAID.values(), ids=SAID)
async def test_words_and_options_are_found_as_they_were_said(
    drafts: Drafts, keep: Keep, query: Callable[[str], list[Any]], options: PromptOptions
) -> None:
    draft = await keep(options=options)
    found = await drafts.find(draft.id)
    assert (draft.options, found) == (options, draft)
    # The version before would make something else of words without their options: it shall find none.
    assert query("SELECT text FROM drafts") == [None]


BEFORE = {
    "'a cat --model=sora-2 --seconds=15 --size=16x9 --private=False'": PromptOptions(
        prompt="a cat", model="sora-2", seconds=15, shape=Size(16, 9), private=False
    ),
    "'a —private eye'": PromptOptions(prompt="a —private eye"),
    "''": PromptOptions(prompt=""),
    "NULL": PromptOptions(prompt=""),
}


@pytest.mark.parametrize(("text", "options"), BEFORE.items())
async def test_what_a_version_before_has_written_is_read_and_a_choice_makes_data_of_it(
    drafts: Drafts, keep: Keep, query: Callable[[str], list[Any]], text: str, options: PromptOptions
) -> None:
    draft = await keep(kind=DraftKind.CARD)
    query(f"UPDATE drafts SET text = {text}, prompt = NULL, options = NULL")  # noqa: S608 - the table above
    found = await drafts.find(draft.id)
    await drafts.choose(draft.id, replace(options, watermark=True), chosen={"watermark"})
    chosen = await drafts.find(draft.id)
    assert (found, chosen) == (
        replace(draft, options=options),
        replace(draft, options=replace(options, watermark=True), chosen=frozenset({"watermark"})),
    )
    assert query("SELECT text FROM drafts") == [None]


async def test_what_is_offered_instead_is_kept_until_something_is_chosen(drafts: Drafts, keep: Keep) -> None:
    longer = Alternative(way=Way.LENGTH, options=replace(PORTRAIT_CAT, seconds=15), price=2, photos=1)
    named = Alternative(way=Way.CHARACTER, options=A_CAT, price=1, name="मीना")
    draft = await keep(options=A_CAT, alternatives=[longer, named])
    assert (draft.options, draft.alternatives) == (A_CAT, (longer, named))
    assert await drafts.find(draft.id) == draft
    await drafts.offer(draft.id, PORTRAIT_CAT, [named], photos=[])
    assert await drafts.find(draft.id) == replace(
        draft, options=PORTRAIT_CAT, alternatives=(named,), photos=()
    )
    await drafts.choose(draft.id, A_CAT, chosen=())
    assert await drafts.find(draft.id) == replace(draft, alternatives=(), photos=())


OF_ANOTHER_VERSION = {
    "an option that is new": """options = '{"seconds": 10, "frames": 24}'""",
    "a value that is new": """options = '{"shape": "square"}'""",
    "a shape that is none": """options = '{"shape": {"width": 0, "height": 9}}'""",
    "options in a list": "options = '[1]'",
    "an alternative of another kind": """options = '{"alternatives": [{"options": {"prompt": "a"}, "price": 1}]}'""",
    "an alternative in a new way": """options = '{"alternatives": [{"way": "louder", "options": {"prompt": "a"}, "price": 1}]}'""",
    "a text that has options no more": "options = NULL, text = 'a cat --frames=24'",
}


@pytest.mark.parametrize("written", OF_ANOTHER_VERSION.values(), ids=OF_ANOTHER_VERSION)
async def test_a_draft_that_another_version_has_written_is_passed_over(
    drafts: Drafts, keep: Keep, query: Callable[[str], list[Any]], now: datetime, written: str
) -> None:
    draft = await keep()
    await drafts.show(draft.id, message_id=42)
    query(f"UPDATE drafts SET {written}")  # noqa: S608 - the table above
    assert await drafts.find(draft.id) is None
    assert await drafts.find_asked(1, 42, now=now) is None


async def test_the_last_question_is_found_until_anything_is_begun(
    drafts: Drafts, keep: Keep, now: datetime
) -> None:
    older, newer = await keep("message:1:1"), await keep("message:1:2")
    for number, draft in enumerate((older, newer), start=42):
        await drafts.show(draft.id, message_id=number)
    found = await drafts.find_last_asked(1, 1, since=now)
    await keep("message:1:3", kind=DraftKind.CARD, options=A_CAT, photos=())
    assert (found, await drafts.find_last_asked(1, 1, since=now)) == (replace(newer, message_id=43), None)


async def test_a_question_that_made_a_video_is_not_the_last_one_any_more(
    drafts: Drafts, keep: Keep, ask: Callable[..., Awaitable[Any]], now: datetime
) -> None:
    draft = await keep()
    await drafts.show(draft.id, message_id=42)
    await ask("message:1:2", now=now + timedelta(seconds=1))
    assert await drafts.find_last_asked(1, 1, since=now) is None


async def test_no_question_is_the_last_one_in_another_chat_to_another_person_later_or_unseen(
    drafts: Drafts, keep: Keep, now: datetime
) -> None:
    draft = await keep()
    assert await drafts.find_last_asked(1, 1, since=now) is None
    await drafts.show(draft.id, message_id=42)
    looked_for = [(2, 1, now), (1, 2, now), (1, 1, now + timedelta(microseconds=1))]
    assert [
        await drafts.find_last_asked(chat, person, since=since) for chat, person, since in looked_for
    ] == [
        None,
        None,
        None,
    ]


async def test_of_a_persons_drafts_only_the_newest_are_kept(
    drafts: Drafts, keep: Keep, place: Callable[..., Place]
) -> None:
    others = await keep("message:2:1", place=place(2))
    first, second = [await keep(f"message:1:{number}") for number in range(2)]
    for number in range(2, MOST + 1):
        await keep(f"message:1:{number}")
    assert await drafts.find(first.id) is None
    assert [await drafts.find(one.id) for one in (others, second)] == [others, second]


async def test_a_question_knows_the_message_that_answered_it(drafts: Drafts, keep: Keep) -> None:
    draft = await keep()
    await drafts.answer(draft.id, 43)
    assert await drafts.find(draft.id) == replace(draft, answered_by=43)
