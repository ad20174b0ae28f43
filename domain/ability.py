"""What can be asked of a model, and what comes of it: a request needs some of these, and a model has some."""

from __future__ import annotations

from enum import StrEnum


class Ability(StrEnum):
    """One thing that a request may ask for."""

    #: A video of words.
    WORDS = "words"
    #: A video that begins with a photo.
    FIRST_FRAME = "first_frame"
    #: One that ends with a photo, too.
    LAST_FRAME = "last_frame"
    #: One in which what photos show is to be seen.
    REFERENCES = "references"
    #: A finished video, changed by words.
    EDIT = "edit"
    #: A finished video, made longer.
    EXTENSION = "extension"
    #: A photo, put into a scene that the maker has prepared.
    EFFECT = "effect"
    #: Somebody from another clip.
    CHARACTER = "character"
    #: A video that is not published.
    PRIVACY = "privacy"
    #: The maker's mark.
    WATERMARK = "watermark"


class Output(StrEnum):
    """What a model makes."""

    #: An MP4.
    VIDEO = "video"
    #: A still picture, such as a video's first frame.
    PICTURE = "picture"
