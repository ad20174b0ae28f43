"""What the bot says of itself to who begins, and of photos to who wants one to move."""

from __future__ import annotations

from chat.formatting import credits_of
from chat.language import gettext as _
from chat.language import lazy_gettext, ngettext
from domain.quota import Funds
from domain.quota_refusals import Payers
from handlers.request import quota_texts

in_private = lazy_gettext(
    "🎬 <b>I make videos from your descriptions and photos.</b> Write what should happen, or send me a photo."
)
in_group = lazy_gettext(
    "🎬 <b>I make videos from your descriptions and photos.</b> "
    "Write /video and what should happen, also in reply to a photo."
)
surprise = lazy_gettext("🎲 Surprise me")
photo = lazy_gettext("🖼 Animate a photo")
#: Under the answer to a greeting or a question that may have been meant for a description after all.
video_anyway = lazy_gettext("🎬 Make a video of it anyway")
how_to_send_photo = lazy_gettext(
    "🖼 Send me a photo, and write under it what should happen, for example: the camera slowly moves closer. "
    "If there is no caption, I ask."
)
#: What the input field shows then; at most 64 characters.
photo_wanted = lazy_gettext("Attach a photo 📎")


def left(funds: Funds) -> str:
    """Say what may be spent now, and that failures cost nothing; where nothing may, when there is more."""
    free = _("A video that fails costs nothing.")
    if funds.left is None:
        return free
    if funds.left == 0:
        return quota_texts.report(funds, ())
    allowance = funds.own.allowance
    if funds.payers is Payers.PERSON and allowance and funds.left == funds.own.left_of_allowance:
        said = _("{n} of {allowance} left today.").format(n=funds.left, allowance=credits_of(allowance))
    else:
        said = ngettext("{n} credit left.", "{n} credits left.", funds.left).format(n=funds.left)
    return f"{said}\n{free}"
