"""People who sign in: made and closed by their town's administrator."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from crm import clock, i18n
from crm.actions.users import create_user, set_active
from crm.db import db
from crm.domain.access import NETWORK_ROLES, TOWN_ROLES, Right
from crm.queries import users
from crm.web.access import needs
from crm.web.forms.users import UserForm

bp = Blueprint("users", __name__)


@bp.get("/users")
@needs(Right.MANAGE_USERS)
def index() -> str:
    return render_template("users/index.html", people=users.administered_by(current_user))


@bp.route("/users/new", methods=["GET", "POST"])
@needs(Right.MANAGE_USERS)
def new() -> object:
    form = UserForm()
    operator = current_user.may(Right.OPERATE)
    towns = users.towns(None if operator else current_user.towns_with(Right.MANAGE_USERS))
    roles = [*TOWN_ROLES, *NETWORK_ROLES] if operator else list(TOWN_ROLES)
    choices = [(town.code, town.name(i18n.language())) for town in towns]
    form.offer(roles=roles, towns=[("", _("Whole network")), *choices] if operator else choices)
    if form.validate_on_submit():
        with form.refusals():
            given = form.values() | {"town_code": form.town_code.data or None}
            create_user(current_user, **given, now=clock.now())
            db.session.commit()
            flash(_("Account made. Give the person the first password by phone."))
            return redirect(url_for("users.index"))
    return render_template("users/new.html", form=form), form.status


@bp.post("/users/<int:user_id>/active")
@needs(Right.MANAGE_USERS)
def active(user_id: int) -> object:
    people = {user.id: user for user in users.administered_by(current_user)}
    user = people.get(user_id) or abort(404)
    on = request.form.get("active") == "yes"
    set_active(current_user, user, active=on, now=clock.now())
    db.session.commit()
    flash(_("Account opened.") if on else _("Account closed. All its sign-ins have ended."))
    return redirect(url_for("users.index"))
