"""What the bot says to messages that are neither words nor photos."""

from __future__ import annotations

from chat.language import gettext as _
from chat.language import lazy_gettext, mark
from handlers.texts import not_understood

use_picture = lazy_gettext("🖼 Use its picture")

#: Of kinds that show a picture what is said first, by the field of a message (Bot API: Message).
WITH_PICTURE = {
    "sticker": mark("🖼 A sticker can become a video."),
    "animation": mark("🎞 I cannot change GIFs, but the picture you see can become a new video."),
    "video": mark("🎬 I cannot change your own clips, but the picture you see can become a new video."),
    "video_note": mark("🎬 I cannot change video messages, but the picture you see can become a new video."),
}
_PICTURE_HIDDEN = {
    "sticker": mark("🖼 I cannot see this sticker well enough to use it."),
    "animation": mark("🎞 I cannot change GIFs."),
    "video": mark("🎬 I cannot change your own clips."),
    "video_note": mark("🎬 I cannot change video messages."),
}
#: Of all others what is said, by the same.
WITHOUT_PICTURE = {
    "voice": mark("🎤 I cannot listen to voice messages. Please write what the video should show."),
    "audio": mark("🎵 I cannot use music or recordings. Please write what the video should show."),
    "venue": mark("📍 I cannot look up places. Describe the place, or send a photo of it."),
    "location": mark("📍 I cannot look up places. Describe the place, or send a photo of it."),
    "contact": mark("👤 I cannot use contacts. Please write what the video should show."),
    "poll": mark("📊 I cannot use polls. Please write what the video should show."),
    "dice": mark("🎲 Good luck! For a video, write what it should show, or send a photo."),
}


def with_picture(kind: str, *, is_still: bool) -> str:
    """Say what can be done with something of which there is a picture, of WITH_PICTURE."""
    lines = [_(WITH_PICTURE[kind])]
    if is_still:
        lines.append(_("A screenshot sent as a photo is usually sharper."))
    if kind == "video":
        lines.append(_("To let somebody from a clip appear in your videos, see /character."))
    return "\n".join(lines)


def without_picture(kind: str) -> str:
    """Say what can be done with something that shows no picture, or none that can be used."""
    if kind in _PICTURE_HIDDEN:
        screenshot = _("Take a screenshot of the moment you want and send it as a photo.")
        return f"{_(_PICTURE_HIDDEN[kind])}\n{screenshot}"
    return _(WITHOUT_PICTURE[kind]) if kind in WITHOUT_PICTURE else not_understood()
