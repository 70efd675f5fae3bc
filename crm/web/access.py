"""Who gets in: every view carries one of these marks, or the house test fails."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, request
from flask_login import current_user

from crm.domain.access import Right

View = Callable[..., Any]


def public(view: View) -> View:
    """Anybody may open this page, signed in or not."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def members(view: View) -> View:
    """Signed-in people; the view itself decides what of it each may see or do."""
    return _guard(view, "members", lambda: True)


def needs(right: Right) -> Callable[[View], View]:
    """Signed-in people who hold right in some town or in the network."""
    return lambda view: _guard(view, right.value, lambda: current_user.may(right))


def _guard(view: View, mark: str, let_in: Callable[[], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            abort(401)
        if not let_in():
            abort(403)
        return view(*args, **kwargs)

    guarded.access = mark  # type: ignore[attr-defined]
    return guarded


def own_path(target: str | None) -> str | None:
    """target when it is a path of this site, else None."""
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return None
    if any(ord(character) < 33 or character == "\\" for character in target):
        return None
    return None if "//" in target.split("?")[0] else target


def client_address() -> str:
    return request.remote_addr or ""
