"""What can go wrong with the database.

StorageError
├── DatabaseTrouble     a statement failed: disk full, file locked for too long, a rule of the schema broken
│   └── Unwritable      a value is nothing that the database can hold, however often it is tried
├── ClaimLost           somebody else has moved the row since it was claimed
└── DatabaseUnusable    the database cannot be opened or is of another version
"""


class StorageError(Exception):
    """Something about the database."""


class DatabaseTrouble(StorageError):
    """A statement failed and nothing of its transaction was written."""


class Unwritable(DatabaseTrouble):
    """A value cannot be stored or looked up: a number beyond 64 bits, or half a surrogate pair."""


class ClaimLost(StorageError):
    """The row is not as it was when it was claimed: another process has it now, and what was done here is not written."""


class DatabaseUnusable(StorageError):
    """The database cannot be opened; the message says why and what to do."""
