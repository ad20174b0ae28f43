"""Characters: saved from a clip or from one's own video, named in a prompt, listed and removed."""

from __future__ import annotations

from sandbox.telegram.chats import Chat, Message
from tests.journeys.buttons import labels, press
from tests.journeys.rows import query
from tests.journeys.sandbox import Sandbox
from tests.journeys.talk import next_answer, serving

CLIP = "https://cdn.example.org/clip.mp4"
#: What the practice video API gives out is on this machine, and nobody else can fetch it.
PUBLIC = "https://cdn.example.org/finished?id=7"


async def save(sandbox: Sandbox, words: str = f"mina {CLIP} 1,3", chat: Chat | None = None) -> Message:
    chat = chat or sandbox.chat
    return await next_answer(sandbox, sandbox.ask(chat, f"/character add {words}"))


async def ordered(sandbox: Sandbox, words: str) -> dict[str, str]:
    """Ask for a video, and return the fields of its order."""
    number = len(sandbox.video_api.orders)
    sandbox.ask(sandbox.chat, f"/video {words}")
    await sandbox.video_api.until(lambda: len(sandbox.video_api.orders) > number)
    return sandbox.video_api.orders[-1].fields


def cast_of(fields: dict[str, str]) -> tuple[str, str | None, str | None]:
    return fields["prompt"], fields.get("character_url"), fields.get("character_timestamps")


async def test_a_saved_character_appears_where_a_prompt_names_it(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox, max_rendering_per_user=9, daily_allowance=9):
        saved = await save(sandbox, f"Mina {CLIP} 0.5, 3")
        orders = [
            await ordered(sandbox, words)
            for words in ("@mina surfs", "让@MINA跳舞", "she surfs --character mina", "a cat @ home")
        ]
    assert saved.words == "🎭 Saved: @mina. Use it in a prompt, for example:\n/video @mina surfs at sunset"
    assert [cast_of(fields) for fields in orders] == [
        ("mina surfs", CLIP, "0.5,3"),
        ("让MINA跳舞", CLIP, "0.5,3"),
        ("she surfs", CLIP, "0.5,3"),
        ("a cat @ home", None, None),
    ]


async def test_a_clip_can_be_named_without_being_saved(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        fields = await ordered(sandbox, f"she surfs --character-url {CLIP} --character-timestamps 1,3")
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/character"))
    assert cast_of(fields) == ("she surfs", CLIP, "1,3")
    assert "You have saved none yet." in listed.words


async def test_the_card_keeps_the_character_until_it_is_pressed(sandbox: Sandbox) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        await save(sandbox)
        card = await next_answer(sandbox, sandbox.ask(sandbox.chat, "@mina surfs"))
        assert "with a character" in card.words
        sandbox.telegram.press(sandbox.person, card, "Make it")
        await sandbox.video_api.until(lambda: bool(sandbox.video_api.orders))
    assert cast_of(sandbox.video_api.orders[0].fields) == ("mina surfs", CLIP, "1,3")


async def test_a_character_of_somebody_else_is_unknown_and_plain_text_if_that_is_meant(
    sandbox: Sandbox,
) -> None:
    sandbox.video_api.hold = True
    async with serving(sandbox):
        await save(sandbox, chat=sandbox.newcomer("Bo"))
        asked = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video @mina surfs"))
        reason = asked.words
        sandbox.telegram.press(sandbox.person, asked, "Characters")
        listed = await sandbox.until_said("You have saved none yet.")
        sandbox.telegram.press(sandbox.person, asked, "Make it anyway")
        await sandbox.video_api.until(lambda: bool(sandbox.video_api.orders))
        fields = sandbox.video_api.orders[-1].fields
        unknown = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/video she surfs --character mina"))
    assert cast_of(fields) == ("@mina surfs", None, None)
    assert (reason, listed.reply_to) == (
        "You have no character @mina, so the video would show none.",
        asked,
    )
    assert unknown.words == "You have no character named “mina”. /character shows how to save one."


async def test_ones_own_finished_video_lends_a_character(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat")
        video = await sandbox.until_video()
        local = await _save_from(sandbox, video)
        await _give_out(sandbox, PUBLIC)
        saved = await _save_from(sandbox, video)
        sandbox.video_api.hold = True
        fields = await ordered(sandbox, "@cat surfs")
    assert local.words.startswith("The video service gave no public address for this video")
    assert saved.words.startswith("🎭 Saved: @cat.")
    assert cast_of(fields) == ("cat surfs", PUBLIC, "1,3")


async def lending(sandbox: Sandbox) -> Message:
    """Let the person have a video with a public address, and its buttons shown anew."""
    sandbox.ask(sandbox.chat, "/video a cat")
    video = await sandbox.until_video()
    await sandbox.until_over(1)
    await _give_out(sandbox, PUBLIC)
    for button in ("🗑", "Keep"):
        await press(sandbox, video, button)
    return video


async def saved_ones(sandbox: Sandbox) -> list[tuple[object, ...]]:
    return await query(sandbox, 'SELECT name, url, start, "end" FROM characters ORDER BY name')


async def test_a_character_is_saved_from_a_video_by_buttons_through_restarts(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        sandbox.telegram.press(sandbox.person, await lending(sandbox), "🎭")
        question = await sandbox.until_said("What is the character's name?")
    async with serving(sandbox):
        again = await replied(sandbox, question, "the cat")
        named = await replied(sandbox, again, "Kitty")
        asked, spans = named.words, labels(named)
    async with serving(sandbox):
        sandbox.telegram.press(sandbox.person, named, "3–6")
        await _until_shown(sandbox, named, "🎭 Saved: @kitty.")
    assert again.words.startswith("A character's name has letters, digits, - and _")
    assert asked == "🎭 When is @kitty seen best in this video?"
    assert spans == [["0–3 s", "3–6 s", "6–9 s"], ["7–10 s"]]
    assert await saved_ones(sandbox) == [("kitty", PUBLIC, 3.0, 6.0)]


async def test_a_name_without_a_reply_will_do_and_one_that_is_taken_can_be_changed(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await lending(sandbox)
        await save(sandbox, f"kitty {CLIP} 1,3")
        page = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/character"))
        sandbox.telegram.press(sandbox.person, page, "🎭 a cat")
        await sandbox.telegram.until(lambda: len(_questions(sandbox)) == 1)
        prompt = await next_answer(sandbox, sandbox.ask(sandbox.chat, "a dog by the sea"))
        sandbox.telegram.press(sandbox.person, page, "🎭 a cat")
        await sandbox.telegram.until(lambda: len(_questions(sandbox)) == 2)
        taken = await next_answer(sandbox, sandbox.ask(sandbox.chat, "kitty"))
        other = await replied(sandbox, taken, "tom")
        sandbox.telegram.press(sandbox.person, other, "7–10")
        await _until_shown(sandbox, other, "🎭 Saved: @tom.")
    assert labels(page) == [["🗑 @kitty"], ["🎭 a cat"]]
    assert labels(prompt)[0][0].startswith("🎬 Make")
    assert taken.words.splitlines()[1].startswith("You have a character of this name: it will be replaced.")
    assert await saved_ones(sandbox) == [("kitty", CLIP, 1.0, 3.0), ("tom", PUBLIC, 7.0, 10.0)]
    assert len(sandbox.video_api.orders) == 1


async def test_in_a_group_only_who_made_the_video_saves_a_character_from_it(sandbox: Sandbox) -> None:
    people, bo = sandbox.telegram, sandbox.telegram.add_user("Bo")
    group = people.add_group("Friends", [sandbox.person, bo])
    async with serving(sandbox):
        sandbox.ask(group, "/video@reelbot_bot a cat")
        video = await sandbox.until_video(group)
        await sandbox.until_over(1)
        hidden = await people.press_data(sandbox.person, video, "1:character:1").answered()
        await _give_out(sandbox, PUBLIC)
        page = await next_answer(sandbox, sandbox.ask(group, "/character@reelbot_bot"))
        others = await people.press_data(bo, video, "1:character:1").answered()
        people.press_data(sandbox.person, video, "1:character:1")
        question = await sandbox.until_said("Mina, what is the character's name?", group)
        people.say(group, bo, "rex", reply_to=question)
        named = await next_answer(
            sandbox, people.say(group, sandbox.person, "@reelbot_bot kitty", reply_to=question)
        )
        others_span = await people.press(bo, named, "0–3").answered()
        made_up = await people.press_data(sandbox.person, named, "1:span:1:0-9").answered()
        people.press(sandbox.person, named, "0–3")
        await _until_shown(sandbox, named, "🎭 Saved: @kitty.")
    assert hidden.text is not None
    assert hidden.text.startswith("The video service gave no public address for this video")
    assert labels(page) == []
    assert others.text == others_span.text == "Only the person who asked can press this."
    assert made_up.text == "This button is too old. Please send your request again."
    assert await query(sandbox, "SELECT owner_id, name FROM characters") == [(sandbox.person.id, "kitty")]
    assert len(sandbox.video_api.orders) == 1


async def test_a_video_that_is_private_or_expired_or_somebody_elses_lends_none(sandbox: Sandbox) -> None:
    bo = sandbox.newcomer("Bo")
    async with serving(sandbox):
        sandbox.ask(sandbox.chat, "/video a cat --private")
        private = await sandbox.until_video()
        sandbox.ask(sandbox.chat, "/video a cat")
        expired = await sandbox.until_video(number=2)
        await _give_out(sandbox, f"{PUBLIC}&Expires=1700000000")
        answers = [await _save_from(sandbox, video) for video in (private, expired)]
        foreign = sandbox.telegram.say(bo, bo.members[0], "/character add cat 1,3", reply_to=expired)
        answers.append(await next_answer(sandbox, foreign))
        words = sandbox.telegram.say(
            sandbox.chat, sandbox.person, "/character add cat 1,3", reply_to=answers[0]
        )
        answers.append(await next_answer(sandbox, words))
    assert [answer.words.split(":")[0].split(".")[0] for answer in answers] == [
        "This video is private",
        "The clip's address has expired",
        "A character can only be saved from a finished video of your own",
        "A character can only be saved from a finished video of your own",
    ]


async def test_characters_are_listed_and_removed_after_a_second_thought(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await save(sandbox)
        await save(sandbox, f"小猫 {CLIP} 0,2")
        listed = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/character"))
        assert listed.words.split("\n\n")[1] == (
            "@mina 1–3 s of cdn.example.org\n@小猫 0–2 s of cdn.example.org"
        )
        for button, words in (
            ("🗑 @mina", "Remove @mina? Videos with it stay."),
            ("Keep", "@mina 1–3"),
            ("🗑 @mina", "Remove @mina?"),
            ("Remove", "@小猫 0–2"),
        ):
            sandbox.telegram.press(sandbox.person, listed, button)
            await _until_shown(sandbox, listed, words)
        assert "@mina" not in listed.words
        again = await next_answer(sandbox, sandbox.ask(sandbox.chat, "/characters"))
    assert again.words == listed.words


async def test_only_the_owner_removes_a_character_and_an_old_button_does_nothing(sandbox: Sandbox) -> None:
    boris = sandbox.telegram.add_user("Boris")
    group = sandbox.telegram.add_group("Friends", [sandbox.person, boris])
    async with serving(sandbox):
        await save(sandbox, chat=group)
        listed = await next_answer(sandbox, sandbox.ask(group, "/character"))
        words = listed.words
        press = sandbox.telegram.press(boris, listed, "🗑 @mina")
        answer = await press.answered()
        assert listed.words == words
        old = sandbox.telegram.press_data(sandbox.person, listed, "1:remove_character:99:yes")
        stale = await old.answered()
    assert listed.words == words
    assert answer.text == "Only the person who asked can press this."
    assert stale.text == "This button is too old. Please send your request again."


REFUSED = {
    "nothing": ("/character add", "🎭 A character is somebody"),
    "something else": ("/character list", "🎭 A character is somebody"),
    "no clip": ("/character add mina 1,3", "🎭 A character is somebody"),
    "no span": (f"/character add mina {CLIP}", "🎭 A character is somebody"),
    "a name with a dot": (f"/character add mi.na {CLIP} 1,3", "A character's name has letters, digits"),
    "the bot's name": (f"/character add @{{bot}} {CLIP} 1,3", "A character's name has letters, digits"),
    "not secure": ("/character add mina http://example.org/a.mp4 1,3", "The clip's address has to begin"),
    "this machine": ("/character add mina https://127.1/a.mp4 1,3", "The clip's address leads to a place"),
    "too long a span": (f"/character add mina {CLIP} 1,9", "A character is taken from 1 to 3 seconds"),
    "half of a clip": (f"/video a cat --character-url {CLIP}", "--character-timestamps needs a value"),
    "the other half": ("/video a cat --character-timestamps 1,3", "--character-url needs a value, for"),
    "two characters": (
        f"/video a cat --character-url {CLIP} --character-timestamps 1,3 --character bo",
        "A video can have one character",
    ),
    "a model without": (
        f"/video a cat --model veo --character-url {CLIP} --character-timestamps 1,3",
        "Veo 3.1 cannot use characters.",
    ),
}


async def test_what_cannot_be_is_refused_with_the_way_out(sandbox: Sandbox) -> None:
    async with serving(sandbox):
        await save(sandbox, f"bo {CLIP} 0,2")
        answers = {}
        for name, (words, _) in REFUSED.items():
            written = words.replace("{bot}", sandbox.telegram.bot.username or "")
            answers[name] = (await next_answer(sandbox, sandbox.ask(sandbox.chat, written))).words
    assert {name: answers[name][: len(said)] for name, (_, said) in REFUSED.items()} == {
        name: said for name, (_, said) in REFUSED.items()
    }
    assert sandbox.video_api.orders == []


async def replied(sandbox: Sandbox, to: Message, words: str) -> Message:
    """Reply to a message, and return what the bot answers."""
    return await next_answer(sandbox, sandbox.telegram.say(to.chat, sandbox.person, words, reply_to=to))


def _questions(sandbox: Sandbox) -> list[Message]:
    return [message for message in sandbox.bot_messages() if "the character's name?" in message.words]


async def _until_shown(sandbox: Sandbox, message: Message, words: str) -> None:
    await sandbox.telegram.until(lambda: words in message.words)


async def _save_from(sandbox: Sandbox, video: Message) -> Message:
    said = sandbox.telegram.say(sandbox.chat, sandbox.person, "/character add cat 1,3", reply_to=video)
    return await next_answer(sandbox, said)


async def _give_out(sandbox: Sandbox, address: str) -> None:
    """Let the videos made so far have an address that the world could fetch."""
    # In a thread: what the bot writes at the moment goes on meanwhile.
    await query(sandbox, f"UPDATE jobs SET video_url = '{address}'")  # noqa: S608 - ours
