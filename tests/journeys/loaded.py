"""Loads what a bot's process loads before it serves: modules and translations."""

from __future__ import annotations

import gc

gc.disable()  # as the command line does while it loads

from bot import logs, run  # noqa: E402, F401 - what `reelbot run` loads when the settings are right
from bot.setup import wizard  # noqa: E402, F401 - and `reelbot setup`
from chat.language import load  # noqa: E402

load()
gc.freeze()  # so that forked processes share it
