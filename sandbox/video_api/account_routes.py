"""The local video API's pages about the customer's account: what is left, what was used, which models there are."""

from decimal import Decimal
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route as HttpRoute

from sandbox.video_api import errors as refusals
from sandbox.video_api.account import Account, Billing
from sandbox.video_api.dialects import Body, Dialect
from sandbox.video_api.faults import Route, VideoFault
from sandbox.video_api.respond import Answering

#: What relays write for a limit where there is none.
BOUNDLESS = Decimal(100_000_000)
BILLING = "/v1/dashboard/billing"


class AccountRoutes:
    """Answers questions about one account."""

    def __init__(self, account: Account, answering: Answering) -> None:
        self._account = account
        self._answering = answering

    def routes(self) -> list[HttpRoute]:
        return [
            HttpRoute("/v1/models", self.on_models),
            HttpRoute(f"{BILLING}/subscription", self.on_subscription),
            HttpRoute(f"{BILLING}/usage", self.on_usage),
            HttpRoute("/api/status", self.on_status),
        ]

    async def on_models(self, request: Request) -> Response:
        self._account.admit(request.headers)

        def work(_fault: VideoFault | None) -> Response:
            if not self._account.lists_models:
                raise HTTPException(HTTPStatus.NOT_FOUND)
            return JSONResponse(_list_of(self._account))

        return await self._answering.answer(Route.MODELS, "", work)

    async def on_subscription(self, request: Request) -> Response:
        self._account.admit(request.headers)

        def work(_fault: VideoFault | None) -> Response:
            self._check_told(request)
            return JSONResponse(self._subscription())

        return await self._answering.answer(Route.SUBSCRIPTION, "", work)

    async def on_usage(self, request: Request) -> Response:
        self._account.admit(request.headers)

        def work(_fault: VideoFault | None) -> Response:
            self._check_told(request)
            if self._account.billing is Billing.ONE_PAGE:
                raise HTTPException(HTTPStatus.NOT_FOUND)
            return JSONResponse(self._written({"object": "list"}, total_usage=self._account.used * 100))

        return await self._answering.answer(Route.USAGE, "", work)

    async def on_status(self, _request: Request) -> Response:
        """Anybody may ask what the API counts in."""
        if self._account.currency is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        data = {"quota_display_type": self._account.currency, "quota_per_unit": 500_000}
        return JSONResponse({"success": True, "message": "", "data": data})

    def _check_told(self, request: Request) -> None:
        match self._account.billing:
            case Billing.NONE:
                raise HTTPException(HTTPStatus.NOT_FOUND)
            case Billing.FOR_BROWSERS:
                raise refusals.for_browsers(request.method, request.url.path)

    def _subscription(self) -> Body:
        account = self._account
        limit = BOUNDLESS if account.balance is None else account.balance + account.used
        body: Body = {"object": "billing_subscription", "has_payment_method": True, "access_until": 0}
        amounts = {"soft_limit_usd": limit, "hard_limit_usd": limit, "system_hard_limit_usd": limit}
        if account.billing is Billing.ONE_PAGE:
            amounts |= {"used_usd": account.used, "balance_usd": limit - account.used}
        return self._written(body, **amounts)

    def _written(self, body: Body, **amounts: Decimal) -> Body:
        if self._account.billing is not Billing.WRAPPED:
            return body | {name: float(amount) for name, amount in amounts.items()}
        data = body | {name: str(amount) for name, amount in amounts.items()}
        return {"code": "success", "message": "", "data": data}


def _list_of(account: Account) -> Body:
    models = [_entry(name, account) for name in account.models]
    match account.dialect:
        case Dialect.NEWAPI:
            return {"success": True, "object": "list", "data": models}
        case Dialect.LEGACY:
            return {"code": "success", "message": "", "data": models}
        case _:
            return {"object": "list", "data": models}


def _entry(name: str, account: Account) -> Body:
    entry: Body = {"id": name, "object": "model", "created": 0, "owned_by": "sandbox"}
    match account.dialect:
        case Dialect.OPENAI:
            return entry | {"shutdown_date": account.shutdown_dates.get(name)}
        case Dialect.NEWAPI:
            return entry | {"supported_endpoint_types": ["openai-video"]}
        case Dialect.LEGACY:
            return entry | {"permission": [], "root": name, "parent": None}
        case _:
            return entry
