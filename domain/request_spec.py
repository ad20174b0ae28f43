"""The spec of a request: all that was said and sent for one video, before it is known whether that can be made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from domain.catalogue import Catalogue
from domain.character import Character, spelled_alike
from domain.mentions import find_mentions, without_marks
from domain.options import OPTIONS, PromptOptions
from domain.preferences import NOTHING_CHOSEN, Preferences
from domain.refusals import SeveralCharacters, UnknownCharacter, ValueMissing
from domain.request import Photo, VideoRequest, make_request, options_of

NOBODY: Mapping[str, Character] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSpec:
    """What somebody asks for, and what it is understood by: their saved characters, by name, and their preferences."""

    options: PromptOptions
    photos: tuple[Photo, ...] = ()
    characters: Mapping[str, Character] = field(default_factory=dict)
    preferences: Preferences = NOTHING_CHOSEN

    @classmethod
    def of(cls, request: VideoRequest, characters: Mapping[str, Character] = NOBODY) -> Self:
        """Return what comes to this request again; its character by its name, if that is still saved."""
        options = options_of(request)
        if request.character is not None:
            options = _naming(request.character, characters, options)
        return cls(options=options, photos=request.photos, characters=characters)

    def saying(self, **said: Any) -> Self:  # noqa: ANN401 - any of the options' fields
        """Return it with other options, and all else as it is."""
        return replace(self, options=replace(self.options, **said))

    def request(self, catalogue: Catalogue) -> VideoRequest:
        """Make it whole; raises a CharacterRefusal, ValueMissing, and what `make_request` raises."""
        options, character = cast(self.options, self.characters)
        return make_request(
            options, catalogue, photos=self.photos, character=character, preferences=self.preferences
        )

    def settled(self, request: VideoRequest) -> PromptOptions:
        """Return the options with nothing left open; who is named in the words is found anew each time."""
        return replace(options_of(request), prompt=self.options.prompt).over(self.options)


def cast(options: PromptOptions, saved: Mapping[str, Character]) -> tuple[PromptOptions, Character | None]:
    """Return the options with plain names in their prompt, and the one character that they name, of these or by its clip.

    Raises a CharacterRefusal, and ValueMissing where one of a clip's address and its timestamps is left out.
    """
    described = _described(options)
    mentions = find_mentions(options.prompt, saved)
    names = {mention.name for mention in mentions}
    if options.character is not None:
        names.add(_known(options.character, saved))
    named = {saved[name] for name in names} | ({described} if described else set())
    if len(named) > 1:
        raise SeveralCharacters(sorted(names))
    return replace(options, prompt=without_marks(options.prompt, mentions)), next(iter(named), None)


def _known(written: str, saved: Mapping[str, Character]) -> str:
    name = spelled_alike(written.removeprefix("@"))
    if name not in saved:
        raise UnknownCharacter(written, tuple(saved))
    return name


def _described(options: PromptOptions) -> Character | None:
    """Return the character whose clip is named without being saved."""
    match options.character_url, options.character_timestamps:
        case None, None:
            return None
        case str() as url, str() as timestamps:
            return Character.parse(url, timestamps)
        case url, _:
            missing = "character-url" if url is None else "character-timestamps"
            raise ValueMissing(missing, OPTIONS[missing].example or "")


def _naming(character: Character, saved: Mapping[str, Character], options: PromptOptions) -> PromptOptions:
    name = next((name for name, one in saved.items() if one == character), None)
    if name is not None:
        return replace(options, character=name)
    return replace(options, character_url=character.url, character_timestamps=character.timestamps)
