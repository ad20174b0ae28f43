"""`python -m bot`: the same as `reelbot`, and without a command the same as `reelbot run`."""

import sys

from bot.cli import main

if __name__ == "__main__":
    main(sys.argv[1:] or ["run"])
