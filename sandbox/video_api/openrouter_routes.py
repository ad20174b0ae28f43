"""The local OpenRouter's routes: `/api/v1/videos`, `…/models`, `…/{id}`, `…/{id}/content`, `/api/v1/key`, `/api/v1/credits`."""

from __future__ import annotations

from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as HttpRoute

from sandbox.notify import Changes
from sandbox.video_api.account import Account, Billing
from sandbox.video_api.dialects import Body, Dialect
from sandbox.video_api.errors import Refusal
from sandbox.video_api.faults import FaultKind, Route, VideoFault, VideoFaults
from sandbox.video_api.openrouter_models import OPENROUTER_MODELS, entry
from sandbox.video_api.openrouter_orders import openrouter_terms, read_order
from sandbox.video_api.openrouter_wire import OpenRouterWire, translated
from sandbox.video_api.orders import Ledger
from sandbox.video_api.render_queue import Studio
from sandbox.video_api.routes import VideoRoutes
from sandbox.video_api.videos import Video

ROOT = "/api/v1"


class OpenRouterRoutes(VideoRoutes):
    """Answers as openrouter.ai does, out of the same studio and into the same ledger as the other dialects."""

    def __init__(
        self, *, account: Account, studio: Studio, ledger: Ledger, faults: VideoFaults, changes: Changes
    ) -> None:
        super().__init__(
            dialect=Dialect.OPENROUTER,
            account=account,
            studio=studio,
            ledger=ledger,
            faults=faults,
            changes=changes,
            wire=OpenRouterWire(),
            translate=translated,
        )

    def api(self) -> Starlette:
        return Starlette(
            routes=[
                HttpRoute(f"{ROOT}/videos", self.on_create, methods=["POST"]),
                HttpRoute(f"{ROOT}/videos/models", self.on_models),
                HttpRoute(f"{ROOT}/videos/{{id}}", self.on_retrieve),
                HttpRoute(f"{ROOT}/videos/{{id}}/content", self.on_content),
                HttpRoute(f"{ROOT}/key", self.on_key),
                HttpRoute(f"{ROOT}/credits", self.on_credits),
            ],
            exception_handlers={Refusal: self.on_refusal, HTTPException: self.on_http_error},
        )

    async def on_create(self, request: Request) -> Response:
        self._account.admit(request.headers)
        draft, body = await read_order(request)

        def work(fault: VideoFault | None) -> Response:
            terms = openrouter_terms(body)
            if not self._account.has(terms.model):
                raise Refusal(HTTPStatus.NOT_FOUND, "no_endpoints", f"No endpoints found for {terms.model}.")
            answer = self._order(request, draft, terms, fault)
            answer.status_code = HTTPStatus.ACCEPTED
            return answer

        return await self._answering.answer(Route.CREATE, draft.prompt, work)

    async def on_models(self, _request: Request) -> Response:
        """Anybody may ask."""

        def work(_fault: VideoFault | None) -> Response:
            if not self._account.lists_models:
                raise HTTPException(HTTPStatus.NOT_FOUND)
            return JSONResponse({"data": [entry(OPENROUTER_MODELS[name]) for name in self._account.models]})

        return await self._answering.answer(Route.MODELS, "", work)

    async def on_key(self, request: Request) -> Response:
        """Tell what the key may spend; with two pages nothing limits it but the account."""
        self._account.admit(request.headers)

        def work(_fault: VideoFault | None) -> Response:
            account = self._account
            is_limited = account.billing is Billing.ONE_PAGE and account.balance is not None
            left = float(account.balance or 0) if is_limited else None
            limit = None if left is None else left + float(account.used)
            used = float(account.used)
            data: Body = {
                "label": "sk-or-v1-0e6...1c7",
                "limit": limit,
                "limit_remaining": left,
                "usage": used,
            }
            return JSONResponse({"data": data | {"is_free_tier": False, "is_management_key": False}})

        return await self._answering.answer(Route.SUBSCRIPTION, "", work)

    async def on_credits(self, request: Request) -> Response:
        """Tell what the account has, if the key is one for that."""
        self._account.admit(request.headers)

        def work(_fault: VideoFault | None) -> Response:
            account = self._account
            if account.billing is not Billing.TWO_PAGES:
                raise Refusal(HTTPStatus.FORBIDDEN, "forbidden", "")
            total = (account.balance or 0) + account.used
            return JSONResponse({"data": {"total_credits": float(total), "total_usage": float(account.used)}})

        return await self._answering.answer(Route.USAGE, "", work)

    async def on_refusal(self, request: Request, exc: Exception) -> Response:  # noqa: ARG002 (of Starlette)
        if not isinstance(exc, Refusal):
            raise exc
        return JSONResponse(self._wire.refused(exc, of_content=False), translated(exc).status)

    async def on_http_error(self, request: Request, exc: Exception) -> Response:  # noqa: ARG002 (of Starlette)
        if not isinstance(exc, HTTPException):
            raise exc
        return JSONResponse({"error": {"message": exc.detail, "code": exc.status_code}}, exc.status_code)

    def _looked_at(self, video: Video, fault: VideoFault | None = None) -> Body:
        """Show a job; its clip is where the key is needed, unless it is said to be signed and elsewhere."""
        body = super()._looked_at(video, fault)
        if fault is not None and fault.kind is FaultKind.SIGNED_URL and "unsigned_urls" in body:
            body |= {"unsigned_urls": None, "urls": [self._url(video)]}
        return body

    def _told_url(self, video: Video) -> str:
        return f"{self.api_origin}{ROOT}/videos/{video.id}/content?index=0"
