"""The rows of the menu “Break it”: the next order, Telegram, the account at the video API, its models."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from sandbox.practice.breakages import Breakage, Look
from sandbox.telegram.server import TelegramSandbox
from sandbox.video_api.faults import ORDERS, FaultKind, VideoFault
from sandbox.video_api.server import VideoApiSandbox

FLOOD_SECONDS = 20
FLOODED = (
    f"For {FLOOD_SECONDS} s Telegram refuses every message of the bot. Ask for a video. "
    "Watch: it is ordered at once, and the answers come when Telegram lets them through."
)
NO_LONGER_FLOODED = (
    "Telegram takes the bot's messages again: those that waited come now, and none was lost. "
    "If you mended it early, the bot still waits as long as it was told to."
)
#: How the bot finds out that an account or a model is right again.
LOOK_AGAIN = (
    "The bot finds out by a video that waits for it: within some minutes, "
    "or at once when the Operator sends /upstream and presses “Try now”."
)
ASK = "Ask for a video: it waits, shows what can make it instead, and the next one is made by another model."
ASK_BY_NAME = (
    "Ask for a video with --model {name}: it waits, shows what can make it instead, "
    "and the next one is offered another model at once."
)


def breakages(
    video_api: VideoApiSandbox, telegram: TelegramSandbox, *, titles: Mapping[str, str]
) -> Sequence[Breakage]:
    """The rows of the menu in its order; `titles` are what people read for the names of models at the API."""
    return [
        *_next_orders(video_api),
        _flood(telegram),
        *_accounts(video_api),
        *_model_ends(video_api, titles),
    ]


@dataclass(slots=True, kw_only=True)
class _NextOrder:
    """Spoils the next order, an edit's too, and knows when that has happened."""

    video_api: VideoApiSandbox
    kind: FaultKind
    #: What to watch for before, and once it has happened.
    before: str
    after: str
    fault: VideoFault | None = field(default=None, init=False)

    def arm(self) -> None:
        self.fault = VideoFault(kind=self.kind, on=ORDERS)
        self.video_api.faults.add(self.fault)

    def disarm(self) -> None:
        if self.fault is not None:
            self.video_api.faults.remove(self.fault)
        self.fault = None

    def look(self) -> Look:
        if self.fault is None:
            return Look(is_broken=False)
        if self.video_api.faults.is_waiting(self.fault):
            return Look(is_broken=True, state="the next one", note=self.before)
        return Look(is_broken=False, note=self.after)


def _next_orders(video_api: VideoApiSandbox) -> Iterator[Breakage]:
    rows = (
        (
            "refuse",
            "Refuse the next video",
            "The video API takes the order, and refuses its content later.",
            _NextOrder(
                video_api=video_api,
                kind=FaultKind.MODERATED_LATER,
                before="Ask for a video. Watch: you read why there is none and what to do, and nothing is charged.",
                after="The API took this order, and refuses it when its time has come. "
                "Watch the answer, and send /quota: nothing is charged.",
            ),
        ),
        (
            "lose",
            "Lose the answer to the next order",
            "The video API takes the order, and the connection breaks.",
            _NextOrder(
                video_api=video_api,
                kind=FaultKind.RESET_AFTER,
                before="Ask for a video. Watch: nobody can tell the bot whether the order was taken. "
                "It does not order twice, charges nothing, and lets you decide.",
                after="The order was taken, and its answer was lost. The bot did not order again: "
                "it told you, and it tells the Operator.",
            ),
        ),
    )
    for row_id, title, detail, order in rows:
        yield Breakage(
            id=row_id,
            group="The next video",
            title=title,
            detail=detail,
            look=order.look,
            break_it=order.arm,
            mend=order.disarm,
        )


def _flood(telegram: TelegramSandbox) -> Breakage:
    was_broken = False

    def look() -> Look:
        if telegram.flood.seconds_closed:
            return Look(is_broken=True, state="waits", note=FLOODED)
        return Look(is_broken=False, note=NO_LONGER_FLOODED if was_broken else "")

    def break_it() -> None:
        nonlocal was_broken
        was_broken = True
        telegram.flood.close(FLOOD_SECONDS)
        asyncio.get_running_loop().call_later(FLOOD_SECONDS, telegram.state.changed_elsewhere)

    return Breakage(
        id="flood",
        group="Around the bot",
        title="Let Telegram flood",
        detail=f"Telegram takes no message of the bot for {FLOOD_SECONDS} s.",
        look=look,
        break_it=break_it,
        mend=partial(telegram.flood.close, 0),
    )


def _accounts(video_api: VideoApiSandbox) -> Iterator[Breakage]:
    account = video_api.account
    yield _switch(
        id="key",
        group="Around the bot",
        title="Refuse the key",
        detail="The video API does not know the bot's key any more.",
        words=("", "refused"),
        is_broken=lambda: account.key_refused,
        break_it=lambda: setattr(account, "key_refused", True),
        mend=lambda: setattr(account, "key_refused", False),
        on_broken="The video API refuses the key. Ask for a video. Watch: it waits and is not lost, "
        "and the Operator reads what to do.",
        on_mended=f"The key is right again. {LOOK_AGAIN}",
    )
    yield _switch(
        id="balance",
        group="Around the bot",
        title="Empty the balance",
        detail="There is no money left at the video API.",
        words=("", "empty"),
        is_broken=lambda: account.balance is not None,
        break_it=partial(setattr, account, "balance", Decimal(0)),
        mend=partial(setattr, account, "balance", None),
        on_broken="The balance at the video API is empty. Ask for a video. Watch: it waits and is not lost, "
        "and the Operator reads what to do.",
        on_mended=f"There is money again. {LOOK_AGAIN}",
    )


def _model_ends(video_api: VideoApiSandbox, titles: Mapping[str, str]) -> Iterator[Breakage]:
    """Each model of the API, the one that is taken by default first; it ends as most do, and is still listed."""
    retired = video_api.account.retired
    for number, name in enumerate(video_api.account.offered):
        title = titles.get(name, name)
        yield _switch(
            id=f"model:{name}",
            group="Let a model end",
            title=title,
            detail=name,
            words=("lives", "ended"),
            is_broken=partial(retired.__contains__, name),
            break_it=partial(video_api.retire, name),
            mend=partial(video_api.revive, name),
            on_broken=f"{title} has ended. {ASK_BY_NAME.format(name=name) if number else ASK}",
            on_mended=f"{title} is back. {LOOK_AGAIN}",
        )


def _switch(
    *,
    id: str,  # noqa: A002 - the row's
    group: str,
    title: str,
    detail: str,
    words: tuple[str, str],
    is_broken: Callable[[], bool],
    break_it: Callable[[], None],
    mend: Callable[[], None],
    on_broken: str,
    on_mended: str,
) -> Breakage:
    """A row that stays as it was put; `words` are for whole and broken, and nothing is noted before the first press."""
    was_broken = False

    def look() -> Look:
        if is_broken():
            return Look(is_broken=True, state=words[1], note=on_broken)
        return Look(is_broken=False, state=words[0], note=on_mended if was_broken else "")

    def break_by_hand() -> None:
        nonlocal was_broken
        was_broken = True
        break_it()

    return Breakage(
        id=id,
        group=group,
        title=title,
        detail=detail,
        look=look,
        break_it=break_by_hand,
        mend=mend,
    )
