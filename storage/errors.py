"""What can go wrong in the cellar.

StorageError
├── ClaimLost           somebody else has moved the row since it was claimed
└── DatabaseUnusable    the database cannot be opened or is of another version
"""


class StorageError(Exception):
    """Something about the database."""


class ClaimLost(StorageError):  # noqa: N818 - says what happened
    """The row is not as it was when it was claimed: another process has it now, and what was done here is not written."""


class DatabaseUnusable(StorageError):  # noqa: N818 - says what happened
    """The database cannot be opened; the message says why and what to do."""
