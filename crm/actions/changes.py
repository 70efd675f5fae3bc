"""Setting fields so that the log can tell, and undo can put back, what they were."""

from datetime import date, datetime
from enum import Enum
from typing import Any


def plain(value: Any) -> Any:
    """A column's value as it is kept in the log."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def typed(column: Any, value: Any) -> Any:
    """A plain value from the log as its column takes it."""
    if value is None:
        return None
    kind = column.type.python_type
    if issubclass(kind, Enum):
        return kind(value)
    return kind.fromisoformat(value) if issubclass(kind, date) else value


def change(row: Any, **values: Any) -> dict[str, list[Any]]:
    """Set the fields that differ; return {field: [old, new]} in plain values, for the log."""
    changed = {}
    for field, new in values.items():
        old = getattr(row, field)
        if old != new:
            setattr(row, field, new)
            changed[field] = [plain(old), plain(new)]
    return changed
