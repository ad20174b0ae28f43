"""`python -m bot.demo`: the bot as `reelbot run` starts it, but it ends at once when whoever started it is gone."""

import os
import sys
import threading

from bot.cli import main


def _end_with_parent() -> None:
    """Wait for the end of stdin, which comes when nobody holds its other end any more, however that came about."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    main(["run"])
