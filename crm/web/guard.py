"""What holds for every request: who reads, who writes, and what the browser may load."""

from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, current_app, request
from flask_login import current_user

from crm import db as database

POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    )
)
HIGHEST_ID = 2**31 - 1
READING = {"GET", "HEAD", "OPTIONS"}


def before() -> None:
    database.set_read_only(request.method in READING)
    _refuse_what_no_row_holds()


def _refuse_what_no_row_holds() -> None:
    """A number above every id is a missing page; a NUL is in no text that a person typed, and no
    database takes either."""
    for value in (request.view_args or {}).values():
        if value > HIGHEST_ID if isinstance(value, int) else "\0" in value:
            abort(404)
    for values in (request.args, request.form):
        if any("\0" in name + text for name, text in values.items(multi=True)):
            abort(400)


def after(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), payment=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    if current_app.config["SECURE_COOKIES"]:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static" and current_user.is_authenticated:
        headers["Cache-Control"] = "no-store"
    return response


def done(_error: BaseException | None) -> None:
    database.set_read_only(False)


def register(app: Flask) -> None:
    app.before_request(before)
    app.after_request(after)
    app.teardown_request(done)
    app.url_defaults(static_version)


@cache
def _stamp(folder: str, filename: str) -> str:
    file = Path(folder) / filename
    return format(int(file.stat().st_mtime), "x") if file.is_file() else ""


def static_version(endpoint: str, values: dict[str, Any]) -> None:
    """Put each static file's age into its address, so that an upgrade is seen at once."""
    if endpoint == "static" and values.get("filename") and current_app.static_folder:
        values["v"] = _stamp(current_app.static_folder, values["filename"])
