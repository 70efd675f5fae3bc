"""Values from the address, read kindly: what cannot be read counts as not given."""

from enum import StrEnum
from typing import TypeVar

from flask import request

Member = TypeVar("Member", bound=StrEnum)


def member_or_none(kind: type[Member], text: str | None) -> Member | None:
    return kind(text) if text in set(kind) else None


def id_or_none(name: str) -> int | None:
    """The number of a row in the address; None for what no row can have."""
    number = request.args.get(name, 0, type=int)
    return number if 0 < number < 2**31 else None


def page_number(most: int = 10_000) -> int:
    return min(max(request.args.get("page", 1, type=int), 1), most)
