"""Refusals and mistakes as pages: what happened, what to do next, never a stack trace."""

import logging
import secrets

from flask import Flask, Response, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from crm.db import db
from crm.domain.errors import Conflict, Invalid, NotAllowed
from crm.labels import refusal_text

log = logging.getLogger("seutu.errors")
BARE = (
    "Seutu: jokin meni vikaan, viite {reference}. Något gick fel, referens {reference}. "
    "Something went wrong, reference {reference}."
)
PAGES = {400, 403, 404, 405, 409, 413, 422, 429, 500}


def page(status: int, **details: object) -> tuple[str, int]:
    name = status if status in PAGES else 400
    return render_template(f"errors/{name}.html", **details), status


def on_http(error: HTTPException) -> Response | tuple[str, int]:
    if error.response is not None:
        return error.response  # type: ignore[return-value]
    if error.code == 401:
        return to_sign_in()
    return page(error.code or 500, reference=None, message=None)


def to_sign_in() -> Response:
    """Send to sign-in and back; an htmx request is told so by its own header."""
    target = url_for("sessions.new", next=request.full_path.rstrip("?"))
    if request.headers.get("HX-Request"):
        answer = Response(status=401)
        answer.headers["HX-Redirect"] = url_for("sessions.new")
        return answer
    if request.method != "GET":
        target = url_for("sessions.new")
    return redirect(target)  # type: ignore[return-value]


def on_refusal(error: Invalid | NotAllowed | StaleDataError) -> tuple[str, int]:
    db.session.rollback()
    if isinstance(error, NotAllowed):
        return page(403)
    if isinstance(error, Invalid):
        status = 409 if isinstance(error, Conflict) else 422
        return page(status, message=refusal_text(error))
    return page(409, message=None)


def on_collision(error: IntegrityError) -> tuple[str, int]:
    """Two requests made the same thing at once, or one used the key of another's form."""
    db.session.rollback()
    log.warning("collision: %s %s", request.method, request.path, exc_info=error)
    return page(409, message=None)


def on_csrf(_error: CSRFError) -> tuple[str, int]:
    return page(400, form_expired=True)


def on_crash(error: Exception) -> tuple[str, int]:
    """Log the crash under a reference that the reader is shown."""
    reference = secrets.token_hex(4)
    db.session.rollback()
    log.error("reference %s: %s %s", reference, request.method, request.path, exc_info=error)
    try:
        return page(500, reference=reference)
    except Exception:  # the frame of the page needs the database, which may be what failed
        return BARE.format(reference=reference), 500


def register(app: Flask) -> None:
    app.register_error_handler(CSRFError, on_csrf)
    app.register_error_handler(HTTPException, on_http)
    for kind in (Invalid, NotAllowed, StaleDataError):
        app.register_error_handler(kind, on_refusal)
    app.register_error_handler(IntegrityError, on_collision)
    app.register_error_handler(Exception, on_crash)
