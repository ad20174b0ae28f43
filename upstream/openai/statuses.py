"""What APIs say of where a video is, in our words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from upstream.api import VideoStatus

STATUSES: Final[Mapping[str, VideoStatus]] = {
    word: status
    for status, words in {
        VideoStatus.QUEUED: "queued pending submitted not_start notstart notstarted not_started preparing unknown"
        " created starting queueing in_queue waiting",
        VideoStatus.RENDERING: "in_progress processing running generating rendering",
        VideoStatus.COMPLETED: "completed complete success succeeded succeed finished done 成功 已完成 生成成功",
        VideoStatus.FAILED: "failed failure fail error errored exception cancelled canceled expired rejected timeout"
        " timed_out timedout interrupted aborted killed terminated deleted revoked blocked moderated"
        " moderation_blocked nsfw 失败 已失败 生成失败 任务失败 已取消 已过期 超时",
    }.items()
    for word in words.split()
}
"""What the APIs say (lower case, words joined by `_`) in our words; anything else that is said means rendering."""
