"""What the bot says about a broadcast: on its card before, while and after it goes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from chat.formatting import bar, counted, duration, per_cent
from chat.language import gettext as _
from chat.language import lazy_gettext, mark, ngettext
from domain.broadcast import Ending, Progress, time_to_send

_TITLES = {
    Ending.COMPLETE: mark("✅ <b>Everybody has been sent the message.</b>"),
    Ending.STOPPED: mark("✋ <b>Stopped.</b> Nobody else is sent the message."),
    Ending.MESSAGE_GONE: mark(
        "❌ <b>The message is gone.</b> I cannot copy it any more, so nobody else is sent it."
    ),
}

in_menu = lazy_gettext("Send a message to everybody (as a reply to it)")
cannot_be_copied = lazy_gettext(
    "📣 Telegram does not let me copy a message of this kind. "
    "Words, photos, videos and files can be sent to everybody."
)
shown_in_private = lazy_gettext("📣 I have copied it into our private chat, and ask you there.")
not_in_private = lazy_gettext(
    "📣 I show you first what goes out, in our private chat, but I cannot write to you there. "
    "Open our chat, press Start, and send /broadcast once more."
)
stop = lazy_gettext("✋ Stop")
cancelled = lazy_gettext("✋ Nothing was sent.")
goes_out_already = lazy_gettext("It goes out already.")
stopping = lazy_gettext("I stop. What is sent already cannot be called back.")
over = lazy_gettext("It is over already.")
waiting = lazy_gettext("⏳ Another message goes out at this moment. This one follows when that is through.")


def how() -> str:
    return "\n\n".join(
        (
            _(
                "📣 Reply with /broadcast to the message that everybody should get: words, a photo, a video. "
                "I show how many people it reaches, and ask, before I send it."
            ),
            _(
                "A photo with words under it, sent to me alone, is a request for a video. "
                "Send such a message in a group where I am, and reply to it there."
            ),
        )
    )


def card(people: int, *, is_of_album: bool) -> str:
    """Ask whether the message that the card answers shall go out."""
    return "\n\n".join(
        (
            _("📣 <b>Send this message to everybody?</b>"),
            ngettext(
                "It goes to <b>{n} person</b>. That takes about {time}.",
                "It goes to <b>{n} people</b>. That takes about {time}.",
                people,
            ).format(n=counted(people), time=duration(time_to_send(people))),
            _(
                "These are all who have written to me or made a video and have neither blocked me nor are banned."
            ),
            *([_("Of an album, only this one picture or video goes out.")] if is_of_album else []),
            _("Nothing is sent before you press."),
        )
    )


def send(people: int) -> str:
    return ngettext("📣 Send to {n} person", "📣 Send to {n} people", people).format(n=counted(people))


def sending(progress: Progress) -> str:
    percent = 100 * progress.sent // max(1, progress.people)
    return "\n".join(
        (
            _("📣 <b>Sending the message to everybody…</b>"),
            f"{bar(percent)} {per_cent(percent)}",
            _("{sent} of {people}, about {time} to go").format(
                sent=counted(progress.sent),
                people=counted(progress.people),
                time=duration(time_to_send(progress.unsent)),
            ),
        )
    )


def report(progress: Progress, ending: Ending, took: timedelta) -> str:
    return "\n".join((f"{_(_TITLES[ending])}\n", *_counts(progress), _took(took)))


def _counts(progress: Progress) -> Sequence[str]:
    lines = [
        _("📬 Delivered: {n}").format(n=counted(progress.delivered)),
        _("🚫 Blocked me, or left Telegram: {n}").format(n=counted(progress.blocked)),
        _("⚠️ Failed: {n}").format(n=counted(progress.failed)),
    ]
    if progress.unknown:
        lines.append(_("❔ Perhaps delivered, the connection broke: {n}").format(n=counted(progress.unknown)))
    if progress.unsent:
        lines.append(_("✉️ Not sent: {n}").format(n=counted(progress.unsent)))
    return lines


def _took(took: timedelta) -> str:
    return _("⏱ It took {time}.").format(time=duration(took))
