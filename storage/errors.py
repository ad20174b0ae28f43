"""What can go wrong in the cellar.

StorageError
├── DatabaseTrouble     a statement failed: disk full, file locked for too long, a rule of the schema broken
├── ClaimLost           somebody else has moved the row since it was claimed
└── DatabaseUnusable    the database cannot be opened or is of another version
"""


class StorageError(Exception):
    """Something about the database."""


class DatabaseTrouble(StorageError):  # noqa: N818 - says what happened
    """A statement failed and nothing of its transaction was written."""


class ClaimLost(StorageError):  # noqa: N818 - says what happened
    """The row is not as it was when it was claimed: another process has it now, and what was done here is not written."""


class DatabaseUnusable(StorageError):  # noqa: N818 - says what happened
    """The database cannot be opened; the message says why and what to do."""
