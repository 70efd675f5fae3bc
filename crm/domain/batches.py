"""States of an import and of its rows."""

from enum import StrEnum


class BatchState(StrEnum):
    READ = "read"
    STAGED = "staged"
    APPLIED = "applied"
    UNDONE = "undone"


class RowResult(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
