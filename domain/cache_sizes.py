"""How many things of each kind are remembered in memory: what strangers do never makes the process grow without end.

What was remembered longest ago makes way, and is read from the database, asked of Telegram or written once more when it
is needed again. Remembered whole, for every request needs them at once, are only the accounts of which operators have
said something, the groups whose administrators have chosen something, and the holds: `Accounts`, `Groups`, `Holds`.
"""

from typing import Final

#: People and groups whose name is written down already.
PROFILES: Final = 20_000
#: People whose settings are known.
PREFERENCES: Final = 20_000
#: Jobs of which it is known what their status message says.
STATUS_MESSAGES: Final = 5_000
#: Of each kind of thing that is said once in a while: to whom it was.
SAID_RECENTLY: Final = 10_000
#: People of whom it is known whether they administer a group.
ADMINISTRATORS: Final = 10_000
#: Chats whose rate limits are reckoned.
RATE_LIMITED_CHATS: Final = 2_000
#: Rows that were logged because they cannot be read.
UNREADABLE_ROWS: Final = 1_000
