"""Makes our videos of what an API tells of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from upstream.answers import classify, costs, parse
from upstream.answers.codes import STATUSES
from upstream.answers.response import Answer
from upstream.api import Video, VideoStatus
from upstream.errors import VideoApiError
from upstream.http.origin import Origin

logger = logging.getLogger(__name__)

_WORDS_TO_REMEMBER: Final = 100


class VideoReader:
    """Reads the videos of the API at `origin`, and notes once each word for a status that nobody knows."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._strange_words: set[str] = set()

    def of_order(self, answer: Answer, verdict_on: Callable[[Answer], VideoApiError]) -> Video:
        """Return the video that an order came to; raises what `verdict_on` says if it was not taken."""
        found = parse.read_video(answer.json)
        is_taken = found.id is not None and (found.status is not None or found.complaint is None)
        if not answer.is_success or not is_taken or found.id is None:
            raise verdict_on(answer)
        logger.info("Ordered %s", found.id)
        return self.video(found.id, found, answer)

    def of_look(self, video_id: str, answer: Answer) -> Video:
        """Return the video that was looked at; raises the error that the answer is if it is none."""
        if not answer.is_success:
            raise classify.of_look(answer)
        found = parse.read_video(answer.json, prompt=answer.prompt)
        if found.status is None and (found.complaint is not None or found.id is None):
            raise classify.of_look(answer)
        return self.video(video_id, found, answer)

    def video(self, video_id: str, found: parse.WireVideo, answer: Answer) -> Video:
        """Return the video that an answer tells of, under the id by which it is asked for."""
        status = classify.status_of(found)
        if status is VideoStatus.RENDERING:
            self._note_strange_word(found.status_word)
        url = self._origin.resolve(found.url) if found.url and status is VideoStatus.COMPLETED else None
        is_failed = status is VideoStatus.FAILED
        logger.debug("Video %s is %s, progress %s", video_id, status, found.progress)
        return Video(
            id=video_id,
            status=status,
            progress=found.progress,
            url=str(url) if url else None,
            failure=classify.of_failed_job(found.status_word, found.complaint) if is_failed else None,
            poll_after=answer.poll_after or answer.retry_after,
            cost=costs.settled(found.cost, status),
        )

    def _note_strange_word(self, word: str) -> None:
        is_new = word and word not in STATUSES and word not in self._strange_words
        if is_new and len(self._strange_words) < _WORDS_TO_REMEMBER:
            self._strange_words.add(word)
            logger.info("The API says %r of a video, which we take for rendering", word[:40])
