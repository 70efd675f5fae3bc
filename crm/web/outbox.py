"""Sent mail: how far each has come and, for its own reader, what it says."""

from flask import Blueprint, abort, current_app, make_response, render_template, request
from flask_login import current_user
from werkzeug.wrappers import Response

from crm.domain.access import Right
from crm.domain.errors import NotAllowed
from crm.domain.reminders import DeliveryState
from crm.models.reminder import Delivery
from crm.queries import reminders
from crm.web.access import members
from crm.web.arguments import member_or_none, page_number

bp = Blueprint("outbox", __name__)

ON_PAGE = 50
# The mail stands in a frame of its own: no script, no form, nothing loaded; its links open in a
# new tab.
MAIL_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "sandbox allow-popups allow-popups-to-escape-sandbox",
    )
)


@bp.get("/outbox")
@members
def index() -> str:
    _require_operator()
    state = member_or_none(DeliveryState, request.args.get("state"))
    page = page_number()
    rows = reminders.outbox(state=state, limit=ON_PAGE + 1, offset=ON_PAGE * (page - 1))
    return render_template(
        "outbox/index.html",
        rows=rows[:ON_PAGE],
        more=len(rows) > ON_PAGE,
        page=page,
        state=state,
        counts=reminders.counts_by_state(),
    )


@bp.get("/outbox/<int:delivery_id>")
@members
def show(delivery_id: int) -> str:
    row = _delivery_or_404(delivery_id)
    return render_template("outbox/show.html", row=row, readable=_may_read(row))


@bp.get("/outbox/<int:delivery_id>/html")
@members
def body(delivery_id: int) -> Response:
    """The HTML part by itself, shut in by its own policy."""
    row = _delivery_or_404(delivery_id)
    if row.html is None or not _may_read(row):
        abort(404)
    answer = make_response(row.html)
    answer.headers["Content-Security-Policy"] = MAIL_POLICY
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _require_operator() -> None:
    """Operators, and in a demo everybody."""
    if not current_app.config["DEMO"] and not current_user.may(Right.OPERATE):
        raise NotAllowed(Right.OPERATE)


def _may_read(row: Delivery) -> bool:
    """A mail holds notes of its reader's towns: an operator sees that it went, not what it says."""
    return bool(current_app.config["DEMO"] or row.reminder.user_id == current_user.id)


def _delivery_or_404(delivery_id: int) -> Delivery:
    _require_operator()
    return reminders.delivery(delivery_id) or abort(404)
