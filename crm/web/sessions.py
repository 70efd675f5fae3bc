"""Signing in and out, and the language of a visitor."""

from datetime import timedelta

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from werkzeug.wrappers import Response

from crm import clock
from crm.actions.sessions import sign_in, sign_in_demo, sign_out
from crm.actions.users import set_language
from crm.db import db
from crm.domain.access import Language
from crm.domain.errors import Invalid
from crm.labels import refusal_text
from crm.models.user import User
from crm.queries import users
from crm.web.access import client_address, members, own_path, public
from crm.web.forms.sessions import SignInForm

bp = Blueprint("sessions", __name__)


@bp.get("/sign-in")
@public
def new() -> object:
    if current_user.is_authenticated:
        return redirect(url_for("home.show"))
    return _page(SignInForm(next=own_path(request.args.get("next")) or ""))


@bp.post("/sign-in")
@public
def create() -> object:
    form = SignInForm()
    if form.validate_on_submit():
        try:
            user = sign_in(
                form.email.data,
                form.password.data,
                address=client_address(),
                browser=request.user_agent.string,
                lasts=_lasts(),
                now=clock.now(),
            )
        except Invalid as refusal:
            db.session.commit()
            form.password.errors = [refusal_text(refusal)]
            form.refused = 422
        else:
            return _enter(user, form.next.data)
    return _page(form), form.status


@bp.post("/sign-in/demo/<int:user_id>")
@public
def create_demo(user_id: int) -> object:
    user = next((person for person in users.demo_people() if person.id == user_id), None)
    if user is None or not current_app.config["DEMO"]:
        abort(404)
    sign_in_demo(
        user,
        demo=current_app.config["DEMO"],
        browser=request.user_agent.string,
        lasts=_lasts(),
        now=clock.now(),
    )
    return _enter(user, request.form.get("next"))


@bp.post("/sign-out")
@members
def delete() -> Response:
    sign_out(current_user.session_token, now=clock.now())
    db.session.commit()
    logout_user()
    session.clear()
    flash(_("You have signed out."))
    session["drafts_cleared"] = True
    return redirect(url_for("sessions.new"))


@bp.post("/language")
@public
def language() -> Response:
    """Change the language and stay on the page."""
    code = request.form.get("language", "")
    if code not in set(Language):
        abort(422)
    if current_user.is_authenticated:
        set_language(current_user, Language(code))
        db.session.commit()
    session["language"] = code
    return redirect(own_path(request.form.get("next")) or url_for("home.show"))


def _lasts() -> timedelta:
    return timedelta(days=current_app.config["SESSION_DAYS"])


def _enter(user: User, target: str | None) -> Response:
    """Begin with an empty cookie and the new secret; what was planted before is gone."""
    db.session.commit()
    token = user.session_token
    session.clear()
    session.permanent = True
    user.session_token = token
    login_user(user)
    return redirect(own_path(target) or url_for("home.show"))


def _page(form: SignInForm) -> str:
    people = users.demo_people() if current_app.config["DEMO"] else []
    return render_template("sessions/new.html", form=form, people=people)
