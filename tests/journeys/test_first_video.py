"""The shortest journey: words become a video."""

from __future__ import annotations

from tests.journeys.sandbox import Sandbox


async def test_words_become_a_video_that_answers_them(sandbox: Sandbox) -> None:
    async with sandbox.bot():
        request = sandbox.telegram.say(
            sandbox.chat, sandbox.person, "/video a cat surfing at sunset --landscape"
        )
        video = await sandbox.until_video()
        await sandbox.telegram.until(lambda: len(sandbox.bot_messages()) == 1 or None)

    assert video.video is not None
    assert (video.video.width, video.video.height, video.video.duration) == (1280, 720, 10)
    assert video.reply_to_message_id == request.id
    assert video.caption == "a cat surfing at sunset\n\nSora 2 · 10 s · Landscape"
    assert [order.fields["prompt"] for order in sandbox.video_api.orders] == ["a cat surfing at sunset"]


async def test_the_bot_in_a_process_of_its_own_does_the_same(sandbox: Sandbox) -> None:
    async with sandbox.program():
        sandbox.telegram.say(sandbox.chat, sandbox.person, "/video a lighthouse")
        video = await sandbox.until_video()
        await sandbox.telegram.until(lambda: len(sandbox.bot_messages()) == 1 or None)

    assert video.video is not None
    assert len(sandbox.video_api.orders) == 1
