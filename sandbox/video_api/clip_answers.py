"""How clips leave a server: streamed from disk, in ranges, or refused in an object storage's XML."""

from pathlib import Path

from starlette.responses import FileResponse, Response

STORAGE_ERROR = """<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>{code}</Code><Message>{message}</Message></Error>"""


class Clip(FileResponse):
    """An MP4 streamed from disk, whole or a range of it."""

    chunk_size = 256 * 1024

    def __init__(self, path: Path) -> None:
        super().__init__(path, media_type="video/mp4")


def storage_error(status: int, code: str, message: str) -> Response:
    return Response(STORAGE_ERROR.format(code=code, message=message), status, media_type="application/xml")
