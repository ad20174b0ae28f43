"""Pictures: what a message was sent with, and what people see in the message that it replies to."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Message

from domain.request import Photo
from domain.size import Size
from handlers.create.picture_formats import PDF, VIDEO, may_be_opened, name_of_unopened
from handlers.create.pictures import (
    HEAVIEST_PHOTO,
    FormatNotOpened,
    NoPicture,
    PhotoTooHeavy,
    Picture,
    PictureHidden,
    PictureRefusal,
    photo_of,
    picture_replied_to,
    replies_to_link,
)

GROUP = {"id": -1001, "type": "supergroup", "title": "Friends"}
MINA = {"id": 5, "is_bot": False, "first_name": "Mina"}


def message(**fields: Any) -> Message:  # noqa: ANN401 - any of a message's fields
    """Read a message as it comes over the wire (Bot API: Message)."""
    given: dict[str, Any] = {"message_id": 9, "date": 1_800_000_000, "chat": GROUP, "from": MINA}
    return Message.de_json(given | fields, None)


def size(width: int, height: int, file_size: int | None = 1000) -> dict[str, Any]:
    facts = {"file_id": f"{width}", "file_unique_id": f"u{width}", "width": width, "height": height}
    return facts if file_size is None else facts | {"file_size": file_size}


def document(mime_type: str | None, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - any of a document's fields
    facts = {"file_id": "file", "file_unique_id": "ufile", "mime_type": mime_type} | fields
    return {name: value for name, value in facts.items() if value is not None}


PHOTOS = {
    "photo in its largest size": (
        message(photo=[size(90, 120), size(960, 1280)]),
        Photo(file_id="960", size=Size(960, 1280)),
    ),
    "photo of unknown weight": (
        message(photo=[size(960, 1280, None)]),
        Photo(file_id="960", size=Size(960, 1280)),
    ),
    "picture file": (message(document=document("image/png")), Photo(file_id="file")),
    "picture file with a thumbnail": (
        message(document=document("image/jpeg", thumbnail=size(320, 180), file_size=HEAVIEST_PHOTO)),
        Photo(file_id="file", size=Size(320, 180)),
    ),
    "words": (message(text="a cat"), None),
}


@pytest.mark.parametrize(("said", "photo"), PHOTOS.values(), ids=list(PHOTOS))
def test_a_photo_is_found_with_its_shape(said: Message, photo: Photo | None) -> None:
    assert photo_of(said) == photo


#: Type, name, and what becomes of it: True if its bytes may be looked at, else what it is called.
FILES: dict[str, tuple[str | None, str | None, bool | str | None]] = {
    "jpeg": ("image/jpeg", "a.jpg", True),
    "avif": ("image/avif", "a.avif", True),
    "gif": ("image/gif", None, True),
    "bmp": ("image/x-ms-bmp", None, True),
    "a type with a parameter": ("image/PNG; charset=binary", None, True),
    "no type, no name": (None, None, True),
    "no type, no ending": (None, "photo", True),
    "bytes without a type": ("application/octet-stream", "plain.jpg", True),
    "bytes without type and ending": ("application/octet-stream", "IMG_0001", True),
    "bytes of an ending that says nothing": ("binary/octet-stream", "photo.bin", True),
    "a wrong type, a picture's name": ("application/pdf", "holiday.JPEG", True),
    "a picture's type, another's name": ("image/jpeg", "IMG_0001.HEIC", True),
    "a picture of a kind nobody knows": ("image/vnd.example", "a.example", True),
    "heic": ("image/heic", "IMG_0001.HEIC", "HEIC"),
    "heic without a type": (None, "IMG_0001.heic", "HEIC"),
    "heif": ("image/heif", None, "HEIC"),
    "tiff": ("image/tiff", "scan.tif", "TIFF"),
    "photoshop": ("image/vnd.adobe.photoshop", None, "Photoshop"),
    "photoshop by its name": ("application/octet-stream", "art.psd", "Photoshop"),
    "svg": ("image/svg+xml", "logo.svg", "SVG"),
    "raw": ("image/x-adobe-dng", "IMG.DNG", "RAW"),
    "raw by its maker": ("image/x-canon-cr2", None, "RAW"),
    "raw by its name": ("application/octet-stream", "DSC_1.NEF", "RAW"),
    "jpeg xl": ("image/jxl", "a.jxl", "JPEG XL"),
    "pdf": ("application/pdf", "a.pdf", PDF),
    "video": ("video/mp4", None, VIDEO),
    "video by its name": ("application/octet-stream", "clip.mov", VIDEO),
    "anything else": ("application/zip", "a.zip", None),
    "words": ("text/plain", "a.txt", None),
}


@pytest.mark.parametrize(("mime_type", "name", "outcome"), FILES.values(), ids=list(FILES))
def test_a_file_is_looked_at_or_named(mime_type: str | None, name: str | None, outcome: object) -> None:
    is_opened = may_be_opened(mime_type, name)
    assert (is_opened or name_of_unopened(mime_type, name)) == outcome


REFUSED: dict[str, tuple[dict[str, Any], type[PictureRefusal], dict[str, Any]]] = {
    "an archive": (document("application/zip"), NoPicture, {"name": None}),
    "a video": (document("video/mp4"), NoPicture, {"name": VIDEO}),
    "heic": (document("image/heic"), FormatNotOpened, {"name": "HEIC"}),
    "too heavy": (
        document("image/png", file_size=HEAVIEST_PHOTO + 1),
        PhotoTooHeavy,
        {"size_bytes": HEAVIEST_PHOTO + 1},
    ),
}


@pytest.mark.parametrize(("file", "kind", "facts"), REFUSED.values(), ids=list(REFUSED))
def test_a_file_that_cannot_be_used_is_refused_with_its_facts(
    file: dict[str, Any], kind: type[PictureRefusal], facts: dict[str, Any]
) -> None:
    with pytest.raises(PictureRefusal) as refused:
        photo_of(message(document=file))
    assert (type(refused.value), vars(refused.value)) == (kind, facts)


FILE = {"file_id": "f", "file_unique_id": "u"}
STICKER = FILE | {"type": "regular", "width": 512, "height": 400, "is_animated": False, "is_video": False}
VIDEO_JSON = FILE | {"width": 1280, "height": 720, "duration": 3}
NOTE = FILE | {"length": 384, "duration": 3}
SONG = FILE | {"duration": 3}
STILL, SMALL = size(320, 180), size(128, 128)
STORY = {"story": {"id": 1, "chat": GROUP}}
ORIGIN = {"type": "hidden_user", "date": 1, "sender_user_name": "Bo"}


def paid(*media: dict[str, Any]) -> dict[str, Any]:
    return {"paid_media": {"star_count": 5, "paid_media": list(media)}}


def poll(media: dict[str, Any] | None) -> dict[str, Any]:
    facts = dict.fromkeys(
        ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only"), False
    )
    asked = {"id": "1", "question": "Which?", "options": [], "total_voter_count": 0, "type": "regular"}
    return {"poll": facts | asked | ({"media": media} if media else {})}


def of(width: int, height: int, *, is_still: bool = False) -> Picture:
    return Picture(Photo(file_id=f"{width}", size=Size(width, height)), is_still)


SHOWN: dict[str, tuple[dict[str, Any], Picture | None]] = {
    "photo": ({"photo": [size(90, 120), size(960, 1280)]}, of(960, 1280)),
    "picture file": ({"document": document("image/png")}, Picture(Photo(file_id="file"))),
    "sticker": ({"sticker": STICKER}, Picture(Photo(file_id="f", size=Size(512, 400)))),
    "animated sticker": (
        {"sticker": STICKER | {"is_animated": True, "thumbnail": STILL}},
        of(320, 180, is_still=True),
    ),
    "gif": (
        {
            "animation": VIDEO_JSON | {"thumbnail": STILL},
            "document": document("video/mp4", thumbnail=STILL),
        },
        of(320, 180, is_still=True),
    ),
    "video": ({"video": VIDEO_JSON | {"thumbnail": STILL}}, of(320, 180, is_still=True)),
    "video with a cover": (
        {"video": VIDEO_JSON | {"thumbnail": STILL, "cover": [size(640, 360), size(1280, 720)]}},
        of(1280, 720, is_still=True),
    ),
    "video note": ({"video_note": NOTE | {"thumbnail": size(240, 240)}}, of(240, 240, is_still=True)),
    "song with a cover": ({"audio": SONG | {"thumbnail": STILL}}, of(320, 180, is_still=True)),
    "song without": ({"audio": SONG}, None),
    "game": (
        {"game": {"title": "G", "description": "g", "photo": [size(640, 360)]}},
        of(640, 360, is_still=True),
    ),
    "paid photo that is given": (
        paid({"type": "preview"}, {"type": "photo", "photo": [size(800, 600)]}),
        of(800, 600),
    ),
    "paid video that is given": (
        paid({"type": "video", "video": VIDEO_JSON | {"thumbnail": STILL}}),
        of(320, 180, is_still=True),
    ),
    "a group's new photo": ({"new_chat_photo": [size(160, 160), size(640, 640)]}, of(640, 640)),
    "poll with a photo": (poll({"photo": [size(90, 120), size(960, 1280)]}), of(960, 1280)),
    "poll with a sticker": (poll({"sticker": STICKER}), Picture(Photo(file_id="f", size=Size(512, 400)))),
    "poll with a video": (
        poll({"video": VIDEO_JSON | {"thumbnail": STILL}}),
        of(320, 180, is_still=True),
    ),
    "poll": (poll(None), None),
    "voice": ({"voice": SONG}, None),
    "place": ({"location": {"latitude": 1.0, "longitude": 2.0}}, None),
    "words": ({"text": "look"}, None),
}


@pytest.mark.parametrize(("fields", "picture"), SHOWN.values(), ids=list(SHOWN))
def test_what_people_see_in_the_message_replied_to_is_taken(
    fields: dict[str, Any], picture: Picture | None
) -> None:
    replied = {"message_id": 8, "date": 1_800_000_000, "chat": GROUP, "from": MINA} | fields
    assert picture_replied_to(message(text="dance", reply_to_message=replied)) == picture


@pytest.mark.parametrize("kind", ["photo", "sticker", "video", "gif", "paid photo that is given", "voice"])
def test_the_same_is_taken_of_a_message_in_another_chat(kind: str) -> None:
    fields, picture = SHOWN[kind]
    assert picture_replied_to(message(text="dance", external_reply={"origin": ORIGIN} | fields)) == picture


HIDDEN: dict[str, dict[str, Any]] = {
    "a story": {"reply_to_message": STORY},
    "a story elsewhere": {"external_reply": {"origin": ORIGIN} | STORY},
    "a story itself": {"reply_to_story": {"id": 1, "chat": GROUP}},
    "an invoice": {
        "reply_to_message": {
            "invoice": {
                "title": "T",
                "description": "d",
                "start_parameter": "s",
                "currency": "XTR",
                "total_amount": 5,
            }
        }
    },
    "a paid photo": {"reply_to_message": paid({"type": "preview", "width": 800, "height": 600})},
    "a video without a still": {"reply_to_message": {"video": VIDEO_JSON}},
    "a video note without a still": {"reply_to_message": {"video_note": NOTE}},
    "an animated sticker with next to none": {
        "reply_to_message": {"sticker": STICKER | {"is_video": True, "thumbnail": SMALL}}
    },
}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=list(HIDDEN))
def test_what_people_see_and_bots_do_not_is_said_to_be_hidden(fields: dict[str, Any]) -> None:
    if "reply_to_message" in fields:
        given = {"message_id": 8, "date": 1_800_000_000, "chat": GROUP, "from": MINA}
        fields = {"reply_to_message": given | fields["reply_to_message"]}
    with pytest.raises(PictureHidden):
        picture_replied_to(message(text="dance", **fields))


LINK = [{"type": "url", "offset": 0, "length": 19}]
LINKS: dict[str, tuple[dict[str, Any], bool]] = {
    "a link": ({"text": "https://example.org", "entities": LINK}, True),
    "a link without a picture": (
        {
            "text": "https://example.org",
            "entities": LINK,
            "link_preview_options": {"is_disabled": True},
        },
        False,
    ),
    "words": ({"text": "look"}, False),
    "a photo with a link": (
        {"photo": [size(90, 120)], "caption": "https://example.org", "caption_entities": LINK},
        False,
    ),
}


@pytest.mark.parametrize(("fields", "is_so"), LINKS.values(), ids=list(LINKS))
def test_words_with_a_link_may_be_seen_with_a_picture(fields: dict[str, Any], is_so: bool) -> None:  # noqa: FBT001 - a case's
    replied = {"message_id": 8, "date": 1_800_000_000, "chat": GROUP, "from": MINA} | fields
    assert replies_to_link(message(text="dance", reply_to_message=replied)) is is_so
