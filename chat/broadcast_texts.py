"""What the bot says about a broadcast: on its card before, while and after it goes out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from chat.formatting import bar, counted, duration, per_cent
from chat.language import gettext as _
from chat.language import lazy_gettext, mark, ngettext
from domain.broadcast import Ending, Progress, time_to_send

_TITLES = {
    Ending.COMPLETE: mark("✅ <b>Sent to everybody.</b>"),
    Ending.STOPPED: mark("✋ <b>Stopped.</b> Nobody else gets the message."),
    Ending.MESSAGE_GONE: mark(
        "❌ <b>The message is gone.</b> I can't copy it any more, so nobody else gets it."
    ),
}

# Translators: at most 27 characters, for it stands on a button behind the command.
in_menu = lazy_gettext("Message everybody")
what = lazy_gettext(
    "📣 <b>What shall everybody get?</b> Send it as your next message: text, a photo or a video. "
    "You see a preview first. /cancel if you change your mind."
)
#: What the input field shows meanwhile; at most 64 characters.
wanted = lazy_gettext("Your message to everybody")
nobody = lazy_gettext(
    "📣 Nobody but you has opened a private chat with me yet: there is nobody to send a message to."
)
answered_before = lazy_gettext(
    "📣 I have a message for this already. Send /broadcast again to write another one."
)
cannot_be_copied = lazy_gettext(
    "📣 Telegram doesn't let me copy this kind of message. Send text, a photo, a video or a file."
)
too_long = lazy_gettext(
    "📣 This is too long for a bot: texts can have 4096 characters, captions 1024. Please send a shorter one."
)
shown_in_private = lazy_gettext("📣 The preview is in our private chat.")
not_in_private = lazy_gettext(
    "📣 I can't show you the preview in private yet. Open our chat, press Start, and send /broadcast again."
)
stop = lazy_gettext("✋ Stop")
cancelled = lazy_gettext("✋ Nothing was sent.")
goes_out_already = lazy_gettext("It is being sent already.")
stopping = lazy_gettext("Stopping. What is already sent can't be taken back.")
over = lazy_gettext("It is over already.")
waiting = lazy_gettext("⏳ Another message is being sent. This one follows.")


def card(people: int, *, is_of_album: bool, may_be_cut: bool) -> str:
    """Ask whether the message that the card answers shall go out."""
    return "\n\n".join(
        (
            _("📣 <b>Send this message to everybody?</b>"),
            ngettext(
                "It goes to <b>{n} person</b>, in about {time}.",
                "It goes to <b>{n} people</b>, you included, in about {time}.",
                people,
            ).format(n=counted(people), time=duration(time_to_send(people))),
            _("That is everybody who has used the bot, except people who blocked it or whom you blocked."),
            *([_("Only this photo or video of the album is sent.")] if is_of_album else []),
            *(
                [_("Is the end missing? Apps cut a long text in two, and only the first part is sent.")]
                if may_be_cut
                else []
            ),
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
        _("🚫 Blocked the bot, or left Telegram: {n}").format(n=counted(progress.blocked)),
        _("⚠️ Failed: {n}").format(n=counted(progress.failed)),
    ]
    if progress.unknown:
        lines.append(_("❔ Perhaps delivered, the connection broke: {n}").format(n=counted(progress.unknown)))
    if progress.unsent:
        lines.append(_("✉️ Not sent: {n}").format(n=counted(progress.unsent)))
    return lines


def _took(took: timedelta) -> str:
    return _("⏱ It took {time}.").format(time=duration(took))
