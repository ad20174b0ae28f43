"""Every kind of button that the version before wrote, as its people press it now, and what they see of that.

What a button carries is `version:kind:row[:value]`; the rows are those of `version_before.sql`.
"""

from __future__ import annotations

from dataclasses import dataclass

NOT_YOURS = "Only the person who asked can press this."
NOT_ON_OFFER = "This is no longer available."
TOO_OLD = "This button is too old. Please send your request again."
OVER = "This video is finished already."
IN_PRIVATE = "This is not for everyone in this group to read. Ask me in our private chat."
ACCEPTED = "⏸ New videos are paused: a new key"
OWN_BUTTONS = "🔁 Again | ✏️ Change | 📐 Variant | 📤 Share | 🗑 Delete"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldButton:
    """A button, who presses it where, what they are told, and what they see: "" where nothing changes.

    It stands under the old message of that number, under the job's video (`is_under_video`), or under any other message.
    """

    carries: str
    by: str
    where: str = ""
    message_id: int | None = None
    is_under_video: bool = False
    told: str = ""
    shows: str = ""

    @property
    def id(self) -> str:
        return f"{self.by} {self.where} {self.message_id or ''} {self.carries}"

    @property
    def kind(self) -> str:
        return self.carries.split(":")[1]


def of(by: str, *buttons: tuple[str, str] | tuple[str, str, str], where: str = "") -> list[OldButton]:
    """Return buttons under any message: what they carry, what they show, and what is told."""
    return [
        OldButton(carries=carries, by=by, where=where, shows=shows, told="".join(told))
        for carries, shows, *told in buttons
    ]


def under(
    by: str, message_id: int, carries: str, *, shows: str = "", told: str = "", where: str = ""
) -> OldButton:
    return OldButton(carries=carries, by=by, where=where, message_id=message_id, told=told, shows=shows)


def under_video(by: str, carries: str, *, shows: str = "", told: str = "") -> OldButton:
    return OldButton(carries=carries, by=by, is_under_video=True, told=told, shows=shows)


OF_VIDEOS = [
    # What comes of these gets a message of its own.
    under_video("Mina", "1:again:7"),
    under_video("Mina", "1:again:4"),
    under_video("Bo", "1:again:17"),
    under_video("Cara", "1:again:20"),
    under_video("Gwen", "1:again:23", shows="Du hast deine 2 Credits für heute verbraucht."),
    under_video("Mina", "1:change:7", shows="✏️ What should change in this video?"),
    under_video(
        "Mina", "1:variants:7", shows="🖥 Landscape · 1 credit | ⏱ 15 s · 2 credits | Sora 2 Pro · 15 s"
    ),
    under_video(
        "Mina", "1:variants:3", shows="🖥 Landscape · 1 credit | ⏱ 15 s · 2 credits | Sora 2 Pro · 15 s"
    ),
    under_video("Mina", "1:v:1:=1280x720", shows=OWN_BUTTONS),
    under_video("Mina", "1:v:1:+15", shows=OWN_BUTTONS),
    under_video("Mina", "1:v:1:sora-2-pro", shows=OWN_BUTTONS),
    under_video("Mina", "1:v:1:veo-fast", shows=OWN_BUTTONS, told=NOT_ON_OFFER),
    under_video("Mina", "1:result:1", shows=OWN_BUTTONS),
    under_video("Mina", "1:delete:5", shows="🗑 Yes, delete | ‹ Keep"),
    under_video("Mina", "1:delete:8:yes", shows="deleted", told="Deleted."),
]

OF_HISTORY = of(
    "Mina",
    ("1:show:7", "a wooden boat"),
    ("1:show:3", "a secret party"),
    ("1:show:6", "", "This video is deleted."),
    ("1:show:9", "❌ No video this time.\nOther people's characters, brands, films and music are refused."),
    ("1:show:14", "The photo cannot be opened."),
    ("1:show:15", "a parade"),
    ("1:older:11", "❌ 10 | ❌ 9 | 🎬 7 | 🎬 5 | 🎬 4 | ‹ Newer | Older ›"),
    ("1:older:5", "🎬 4 | 🎬 3 | 🎬 2 | 🎬 1 | ‹ Newer"),
    ("1:newer:10", "🎬 15 | ❌ 14 | ❌ 13 | ❌ 12 | ❌ 11 | ‹ Newer | Older ›"),
)

OF_JOBS = [
    under("Mina", 312, "1:cancel:30", shows="✋ Cancelled: a queue of ducks"),
    *of("Mina", ("1:cancel:32", "✋ Cancel “the photo moves” | ✋ Cancel “rex waits too”")),
    *of(
        "Mina",
        (
            "1:cancel:25",
            "a slow fire\n🎬 Your video",
            "Your video has already started and can no longer be cancelled.",
        ),
    ),
    under("Mina", 296, "1:cancel:22", told=OVER),
    under("Mina", 300, "1:cancel:24", told=OVER),
    under("Mina", 203, "1:retry:9", shows=ACCEPTED),
    under("Mina", 205, "1:retry:10", shows=ACCEPTED),
    under("Mina", 208, "1:retry:11", shows=ACCEPTED),
    under("Mina", 324, "1:cancel:37", told=OVER),
    # Pressed in the version before already.
    *of("Mina", ("1:retry:12", "", "I am making it already.")),
    under("Mina", 212, "1:anew:13", shows=ACCEPTED),
    *of("Mina", ("1:retry:9", "", "I am making it already.")),
    under("Gwen", 291, "1:cancel:21", shows="✋ Abgebrochen: ein Drache"),
    under("Cara", 308, "1:retry:29", shows=ACCEPTED),
    under("Cara", 320, "1:cancel:35", shows="✋ Cancelled: a grant well spent"),
    under("Kit", 242, "1:retry:19", shows=ACCEPTED),
]

OF_DRAFTS = [
    *of(
        "Mina",
        ("1:pick:3", "🎬 Make it · 1 credit | 📱 Portrait ▾ | 10 s ▾ | Sora 2 ▾ | ⋯ More"),
        ("1:pick:3:model", "✓ Sora 2 · from 1 credit | Sora 2 Pro · from 3 credits"),
        ("1:pick:3:seconds", "✓ 10 s · 1 credit | 15 s · 2 credits | ‹ Back"),
        ("1:pick:3:size", "✓ 📱 Portrait | 🖥 Landscape | ‹ Back"),
        ("1:pick:3:model=veo", "Veo 3.1 · 8 s · Portrait"),
        ("1:pick:3:model=sora-2", "Sora 2 · 10 s · Portrait"),
        ("1:pick:3:seconds=15", "Sora 2 · 15 s · Portrait"),
        ("1:pick:3:size=1280x720", "Sora 2 · 15 s · Landscape"),
        ("1:pick:3:private=yes", "Sora 2 · 15 s · Landscape · private"),
        ("1:pick:3:watermark=yes", "Sora 2 · 15 s · Landscape · private · with watermark"),
    ),
    under("Mina", 216, "1:make:3", shows=ACCEPTED),
    *of("Mina", ("1:pick:14:size=1280x720", "Sora 2 · 15 s · Landscape · with watermark")),
    under("Mina", 339, "1:make:14", shows=ACCEPTED),
    # Pressed in the version before already.
    *of("Mina", ("1:make:6", "")),
    # Of cards that are older than a week.
    under("Mina", 224, "1:make:7", told=TOO_OLD),
    *of("Mina", ("1:pick:7:model", "", TOO_OLD), ("1:make:99", "", TOO_OLD), ("1:make:9", "", NOT_YOURS)),
    under("Mina", 201, "1:new:2", shows=ACCEPTED),
    under("Bo", 235, "1:edit:9", shows=ACCEPTED),
    under("Boss", 271, "1:make:10", shows=ACCEPTED),
]

OF_SETTINGS = of(
    "Mina",
    ("1:set:10000001", "🎬 Sora 2 ▾ | ⏱ 10 s ▾ | 🖥 Landscape ▾"),
    ("1:set:10000001:model", "✓ Sora 2 · from 1 credit | Sora 2 Pro · from 3 credits"),
    ("1:set:10000001:seconds", "✓ 10 s · 1 credit | 15 s · 2 credits | ‹ Back"),
    ("1:set:10000001:size", "📱 Portrait | ✓ 🖥 Landscape | ‹ Back"),
    ("1:set:10000001:language", "✓ As in Telegram | English | 简体中文"),
    ("1:set:10000001:model=veo-fast", "", NOT_ON_OFFER),
    ("1:set:10000001:seconds=10", "Length: 10 s, if the model offers it."),
    ("1:set:10000001:size=720x1280", "Shape: Portrait."),
    ("1:set:10000001:private=no", "Private: off."),
    ("1:set:10000001:watermark=no", "Watermark: off."),
    ("1:set:10000001:ask_first=yes", "Ask first: on."),
    ("1:set:10000001:language=de", "⚙️ Deine Einstellungen"),
    ("1:set:10000001:language=", "Language: English, as in Telegram."),
    ("1:use:10000001:sora-2", "Sora 2 ✓ your default", "Sora 2 is your default now."),
    ("1:models:10000001:0", "🎬 Models: what each can do"),
    ("1:models:0:1", "🎬 Models: what each can do"),
    ("1:use:10000001:no-more", "", NOT_ON_OFFER),
    ("1:uncast:1", "🗑 Remove | Keep"),
    ("1:uncast:2:no", "🗑 @old_tom | 🗑 @rex"),
    ("1:uncast:2:yes", "🗑 @rex"),
    ("1:uncast:2", "", TOO_OLD),
    ("1:keep:10000001", "Nothing was deleted."),
    ("1:forget:10000004", "", NOT_YOURS),
    ("1:admin:0:users", "", NOT_YOURS),
    ("1:ban:0:10000004", "", NOT_YOURS),
)

OF_GROUPS = [
    *of(
        "Mina",
        ("1:group:0", "🎬 Sora 2 ▾ | 📱 Portrait ▾"),
        ("1:group:0:model", "Each person's own | ✓ Sora 2 · from 1 credit"),
        ("1:group:0:size", "Each person's own | ✓ 📱 Portrait | 🖥 Landscape"),
        ("1:group:0:language", "Each person's own | ✓ English | 简体中文"),
        ("1:group:0:model=veo", "Model: Veo 3.1."),
        ("1:group:0:model=", "Model: each person's own."),
        ("1:group:0:size=1280x720", "Shape: 🖥 Landscape."),
        ("1:group:0:size=", "Shape: each person's own."),
        ("1:group:0:language=de", "Bot: an."),
        ("1:group:0:language=", "Language: each person's own."),
        ("1:group:0:admins_only=yes", "Who may make videos: administrators only."),
        ("1:group:0:admins_only=no", "Who may make videos: everybody."),
        ("1:group:0:on=no", "Bot: off."),
        ("1:group:0:on=yes", "Bot: on."),
        ("1:edit:8", "", NOT_YOURS),
        ("1:show:15", "a parade"),
        ("1:older:26", "🎬 15"),
        where="club",
    ),
    under("Mina", 19, "1:cancel:34", where="club", shows="✋ Cancelled: the club waits"),
    under("Mina", 6, "1:delete:15", where="club", shows="🗑 Yes, delete | ‹ Keep"),
    *of("Bo", ("1:group:0:on=no", "", "Only administrators of this group can press this."), where="club"),
    under("Bo", 11, "1:change:16", where="club", shows="✏️ Bo, what should change in this video?"),
    under("Bo", 6, "1:change:15", where="club", told=NOT_YOURS),
    under("Bo", 10, "1:edit:8", where="club", shows=ACCEPTED),
    *of("Boss", ("1:users:0", "", IN_PRIVATE), where="club"),
    *of("Mina", ("1:group:0:on=yes", "Bot: on."), where="quiet"),
]

OF_OTHERS = of(
    "Bo",
    ("1:like:1:5WZr_hiP2Om7huQlbBKpKg", "🎬 Make it · 1 credit | 📱 Portrait ▾ | 10 s ▾ | Sora 2 ▾"),
    ("1:make:3", "", NOT_YOURS),
    ("1:show:1", "", NOT_YOURS),
    ("1:set:10000004:ask_first=no", "Ask first: off."),
    ("1:keep:10000004", "Nothing was deleted."),
)
OF_OTHERS += of("Dan", ("1:make:3", "", "The bot's owner has blocked you."))
OF_OTHERS += of(
    "Eve", ("1:again:1", "", "This bot is by invitation only. I have asked its owner to give you access.")
)

OF_ADMINS = [
    *of(
        "Boss",
        ("1:admin:0:user", "Everything about a person or a group"),
        ("1:admin:0:users", "👥 Who used the bot in the last 30 days"),
        ("1:admin:0:access", "Open | ✅ Invite | Closed"),
        ("1:admin:0:allow", "Lets a person or a group use the bot"),
        ("1:admin:0:ban", "Blocks a person or a group"),
        ("1:admin:0:unban", "Unblocks a person or a group"),
        ("1:admin:0:grant", "Cara · 10000003: 1"),
        ("1:admin:0:limit", "With a limit of their own:"),
        ("1:admin:0:budget", "Budget in 24 hours: 400 credits"),
        ("1:admin:0:job", "Which one? /job 12"),
        ("1:admin:0:retry", "Which one? /retry 12"),
        ("1:admin:0:upstream", "🛰 The video API"),
        ("1:admin:0:pause", "/pause pauses new orders until /resume"),
        ("1:admin:0:resume", "/resume resumes the orders"),
        ("1:admin:0:stats", "📊 The last 7 days (UTC)"),
        ("1:admin:0:broadcast", "📣 What shall everybody get?"),
        ("1:admin:0:audit", "Boss sent a message to everybody: 8"),
        ("1:waiting:0", "🚪 Somebody asks for access\nEve · 10000006"),
        ("1:access:0:closed", "Open | Invite | ✅ Closed"),
        ("1:access:0:open", "✅ Open | Invite | Closed"),
        ("1:access:0:invite", "Open | ✅ Invite | Closed"),
        ("1:known:0", "Open | ✅ Invite | Closed", "0 people allowed."),
        ("1:in:0:10000006", "✅ Allowed by Boss"),
        ("1:away:0:10000007", "🚫 Refused by Boss"),
        ("1:in:0:10000007", "🚫 Refused by Boss", "Already decided."),
        ("1:who:0:10000001", "👤 Mina · @mina · 10000001"),
        ("1:users:0", "👥 Who used the bot in the last 30 days"),
        ("1:users:1", "👥 Who used the bot in the last 30 days"),
        ("1:allow:0:10000007", "Access: allowed"),
        ("1:ban:0:10000009", "⛔ Blocked for good."),
        ("1:unban:0:10000005", "✅ Unblocked."),
        ("1:give:0:10000004/0", "Granted credits left: 5", "5 credits given."),
        ("1:ban:0:-1000004000001", "👥 Film club · -1000004000001"),
        ("1:unban:0:-1000004000001", "👥 Film club · -1000004000001"),
        ("1:auditold:8", "Boss set the limit of Cara · 10000003: 0"),
        ("1:auditnew:5", "‹ Newer | Older ›"),
        ("1:trynow:0", "", "Orders are paused. /resume comes first."),
        ("1:retryfor:14", "🔁 Being made again, as number"),
        ("1:retryfor:9", "Already tried again"),
    ),
    under("Boss", 273, "1:cast:1", told="It is being sent already."),
    under("Boss", 273, "1:castnot:1", told="It is being sent already."),
    under("Boss", 337, "1:caststop:3", told="It is over already."),
    under("Boss", 289, "1:castnot:2", shows="✋ Nothing was sent."),
    *of("Boss", ("1:cast:2", "", TOO_OLD)),
]

#: In the order in which they are pressed.
OLD_BUTTONS = [
    *OF_VIDEOS,
    *OF_HISTORY,
    *OF_JOBS,
    *OF_DRAFTS,
    *OF_SETTINGS,
    *OF_GROUPS,
    *OF_OTHERS,
    *OF_ADMINS,
    *of("Bo", ("1:forget:10000004", "✅ Everything is deleted.")),
    *of("Mina", ("0:make:3", "", TOO_OLD), ("2:make:3", "", TOO_OLD)),
]
