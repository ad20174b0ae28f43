"""The local video API's routes: an order in, a look or a clip out, with whatever fault is switched on."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route as HttpRoute

from sandbox.notify import Changes
from sandbox.video_api import errors as refusals
from sandbox.video_api.account import Account
from sandbox.video_api.account_routes import AccountRoutes
from sandbox.video_api.dialects import OPENAI_RETENTION, WIRES, Body, ContentStyle, Dialect, Wire, long_id
from sandbox.video_api.errors import MODERATION, Refusal, RefusalKind
from sandbox.video_api.fault_responses import misjudged, reworded
from sandbox.video_api.faults import FaultKind, Route, VideoFault, VideoFaults
from sandbox.video_api.order_keys import KeyBook, OrderKeys
from sandbox.video_api.order_rules import Terms, checked_prompt, terms_of
from sandbox.video_api.orders import Download, Draft, Ledger, Order, read_draft
from sandbox.video_api.render_queue import Studio
from sandbox.video_api.respond import Answering, Translate
from sandbox.video_api.videos import Look, Stage, Video


class VideoRoutes:
    """Answers requests in one dialect out of one studio, and writes each into the ledger."""

    def __init__(
        self,
        *,
        dialect: Dialect,
        account: Account,
        studio: Studio,
        ledger: Ledger,
        faults: VideoFaults,
        changes: Changes,
        wire: Wire | None = None,
        translate: Translate | None = None,
    ) -> None:
        self.dialect = dialect
        self.api_origin = self.cdn_origin = ""
        self._wire = wire or WIRES[dialect]
        self._account = account
        self._studio = studio
        self._ledger = ledger
        self.keys = KeyBook()
        self._answering = Answering(
            wire=self._wire, ledger=ledger, faults=faults, changes=changes, translate=translate
        )

    def api(self) -> Starlette:
        return Starlette(
            routes=[
                *AccountRoutes(self._account, self._answering).routes(),
                HttpRoute("/v1/videos", self.on_create, methods=["POST"]),
                HttpRoute("/v1/videos", self.on_find, methods=["GET"]),
                HttpRoute("/v1/videos/{id}", self.on_retrieve),
                HttpRoute("/v1/videos/{id}/content", self.on_content),
                HttpRoute("/v1/videos/{id}/remix", self.on_remix, methods=["POST"]),
            ],
            exception_handlers={Refusal: self.on_refusal, HTTPException: self.on_http_error},
        )

    def cdn(self) -> Starlette:
        return Starlette(routes=[HttpRoute("/sora/{name}", self.on_cdn)])

    async def on_create(self, request: Request) -> Response:
        self._account.admit(request.headers)
        draft = await read_draft(request)

        def work(fault: VideoFault | None) -> Response:
            return self._order(request, draft, terms_of(draft, self.dialect), fault)

        return await self._answering.answer(Route.CREATE, draft.prompt, work)

    async def on_remix(self, request: Request) -> Response:
        self._account.admit(request.headers)
        draft = await read_draft(request)

        def work(fault: VideoFault | None) -> Response:
            source = self._remixable(request)
            terms = Terms(
                model=source.model,
                prompt=checked_prompt(draft),
                seconds=source.seconds,
                size=source.size,
                width=source.width,
                height=source.height,
                private=False,
                photos=source.photos,
            )
            return self._order(request, draft, terms, fault, remixed_from=source)

        return await self._answering.answer(Route.REMIX, draft.prompt, work)

    async def on_find(self, request: Request) -> Response:
        self._account.admit(request.headers)

        def work(_fault: VideoFault | None) -> Response:
            if self.keys.mode is OrderKeys.UNKNOWN:
                raise HTTPException(HTTPStatus.NOT_FOUND)
            found = self.keys.found(
                request.query_params.get("idempotency_key", ""), list(self._studio.videos)
            )
            return JSONResponse(
                {
                    "object": "list",
                    "data": [self._looked_at(self._video(one)) for one in found],
                    "has_more": False,
                }
            )

        return await self._answering.answer(Route.FIND, "", work)

    async def on_retrieve(self, request: Request) -> Response:
        self._account.admit(request.headers)
        video_id = request.path_params["id"]
        self._ledger.looks[video_id] += 1
        self._ledger.looked_at[video_id].append(self._studio.clock())

        def work(fault: VideoFault | None) -> Response:
            video = self._video(video_id)
            body = self._looked_at(video, fault)
            return JSONResponse(reworded(fault, body) if fault else body)

        return await self._answering.answer(Route.RETRIEVE, self._prompt_of(video_id), work)

    async def on_content(self, request: Request) -> Response:
        video_id = request.path_params["id"]
        self._note_download("api", video_id, request)
        self._account.admit(request.headers)

        def work(fault: VideoFault | None) -> Response:
            video = self._video(video_id)
            look = self._look(video)
            self._check_ready(look)
            match fault.kind if fault else None:
                case FaultKind.CONTENT_AS_REDIRECT:
                    return RedirectResponse(self._url(video), HTTPStatus.FOUND)
                case FaultKind.CONTENT_AS_JSON:
                    return JSONResponse(self._whereabouts(video))
            if self._wire.content is ContentStyle.JSON:
                return JSONResponse(self._whereabouts(video))
            return _clip(video)

        return await self._answering.answer(Route.CONTENT, self._prompt_of(video_id), work)

    async def on_cdn(self, request: Request) -> Response:
        video = self._studio.with_cdn_name(request.path_params["name"])
        self._note_download("cdn", video.id if video else "", request)
        if "authorization" in request.headers:
            return storage_error(HTTPStatus.BAD_REQUEST, "InvalidArgument", "Only one auth mechanism allowed")

        def work(_fault: VideoFault | None) -> Response:
            if video is None or self._look(video).stage is not Stage.COMPLETED:
                return storage_error(HTTPStatus.NOT_FOUND, "NoSuchKey", "The specified key does not exist.")
            return _clip(video)

        return await self._answering.answer(Route.CDN, video.prompt if video else "", work)

    async def on_refusal(self, request: Request, exc: Exception) -> Response:
        if not isinstance(exc, Refusal):
            raise exc
        of_content = request.url.path.endswith("/content")
        return JSONResponse(self._wire.refused(exc, of_content=of_content), exc.status)

    async def on_http_error(self, request: Request, exc: Exception) -> Response:
        if not isinstance(exc, HTTPException):
            raise exc
        if exc.status_code == HTTPStatus.BAD_REQUEST:
            return await self.on_refusal(request, refusals.invalid(exc.detail))
        message = f"Invalid URL ({request.method} {request.url.path})"
        error = {"message": message, "type": "invalid_request_error", "param": "", "code": ""}
        return JSONResponse({"error": error}, HTTPStatus.NOT_FOUND)

    def _order(
        self,
        request: Request,
        draft: Draft,
        terms: Terms,
        fault: VideoFault | None,
        *,
        remixed_from: Video | None = None,
    ) -> Response:
        before = self.keys.known(request.headers)
        if before is not None:
            return JSONResponse(self._wire.created(self._video(before)))
        doomed = fault is not None and fault.kind is FaultKind.MODERATED_LATER
        failure = MODERATION if doomed else self._account.problem_with(terms.model)
        self._account.charge(terms.model, terms.cost)
        is_long = fault is not None and fault.kind is FaultKind.LONG_ID
        video_id = long_id() if is_long else self._wire.new_id()
        video = self._studio.video_of(terms, video_id, remixed_from=remixed_from, failure=failure)
        order = Order(
            path=request.url.path,
            fields=draft.fields,
            files=draft.files,
            video_id=video.id,
            at=video.created_at,
            headers={name: value for name, value in request.headers.items() if name != "authorization"},
            values=draft.values,
        )
        self.keys.note(request.headers, video.id)
        self._ledger.orders.append(order)
        self._studio.begin(video)
        body = self._wire.created(video)
        return JSONResponse(reworded(fault, body) if fault else body)

    def _video(self, video_id: str) -> Video:
        video = self._studio.videos.get(video_id)
        if video is None:
            raise Refusal(self._wire.unknown_id, "task_not_exist", "task_not_exist", kind=RefusalKind.TASK)
        return video

    def _prompt_of(self, video_id: str) -> str:
        video = self._studio.videos.get(video_id)
        return video.prompt if video else ""

    def _remixable(self, request: Request) -> Video:
        source = self._video(request.path_params["id"])
        if self._look(source).stage is not Stage.COMPLETED:
            raise refusals.invalid("The video to remix is not completed yet.", code="video_not_ready")
        if source.private:
            raise refusals.invalid("A private video cannot be remixed.", code="private_video")
        return source

    def _looked_at(self, video: Video, fault: VideoFault | None = None) -> Body:
        look = self._look(video)
        body = self._wire.retrieved(video, misjudged(fault, look) if fault else look)
        if look.stage is Stage.COMPLETED:
            body |= self._account.told_cost()
        key = self.keys.key_of(video.id)
        return body if key is None else body | {"idempotency_key": key}

    def _look(self, video: Video) -> Look:
        return video.look(self._studio.clock(), self._told_url(video))

    def _told_url(self, video: Video) -> str:
        """Return where looks say that the clip is."""
        return self._url(video)

    def _url(self, video: Video) -> str:
        return f"{self.cdn_origin}/sora/{video.cdn_name}"

    def _check_ready(self, look: Look) -> None:
        if look.completed_at is None:
            message = f"Task is not completed yet, current status: {look.stage.name}"
            raise Refusal(self._wire.unknown_id, "video_not_ready", message)
        if self.dialect is Dialect.OPENAI and self._studio.clock() > look.completed_at + OPENAI_RETENTION:
            raise Refusal(
                HTTPStatus.NOT_FOUND, "video_expired", "Video has expired and is no longer available."
            )

    def _whereabouts(self, video: Video) -> Body:
        url = self._url(video)
        return {
            "id": video.id,
            "object": "video",
            "model": video.model,
            "status": "completed",
            "progress": 100,
            "url": url,
            "video_url": url,
            "size": "small",
            "seconds": video.seconds,
            "created_at": int(video.created_at.timestamp()),
        }

    def _note_download(self, origin: str, video_id: str, request: Request) -> None:
        download = Download(
            origin=origin,
            video_id=video_id,
            had_authorization="authorization" in request.headers,
            range=request.headers.get("range"),
        )
        self._ledger.downloads.append(download)


def _clip(video: Video) -> Clip:
    if video.clip is None:
        raise RuntimeError(f"{video.id} is completed without a clip: this is a mistake in the sandbox.")
    return Clip(video.clip)


STORAGE_ERROR = """<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>{code}</Code><Message>{message}</Message></Error>"""


class Clip(FileResponse):
    """An MP4 streamed from disk, whole or a range of it."""

    chunk_size = 256 * 1024

    def __init__(self, path: Path) -> None:
        super().__init__(path, media_type="video/mp4")


def storage_error(status: int, code: str, message: str) -> Response:
    return Response(STORAGE_ERROR.format(code=code, message=message), status, media_type="application/xml")
