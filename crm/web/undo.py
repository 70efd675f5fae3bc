"""Kumoa: the one button that takes one's last act back."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from crm import clock
from crm.actions.undo import undo
from crm.db import db
from crm.queries import history
from crm.web.access import members, own_path

bp = Blueprint("undo", __name__)


@bp.post("/undo/<int:event_id>")
@members
def create(event_id: int) -> Response:
    event = history.event(current_user, event_id) or abort(404)
    undo(current_user, event, now=clock.now())
    db.session.commit()
    flash(_("Taken back."))
    return redirect(own_path(request.form.get("back")) or url_for("home.show"))
