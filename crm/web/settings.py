"""One's own language, looks, mornings, password and signed-in browsers."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user
from werkzeug.wrappers import Response

from crm import clock
from crm.actions.sessions import end_sessions
from crm.actions.users import change_password, change_settings, set_theme
from crm.db import db
from crm.domain.access import Theme
from crm.queries import sign_ins
from crm.web.access import members, own_path
from crm.web.forms.settings import PasswordForm, SettingsForm

bp = Blueprint("settings", __name__)


@bp.get("/settings")
@members
def show() -> str:
    return _page(_settings_form(), PasswordForm())


@bp.post("/settings")
@members
def update() -> object:
    form = SettingsForm()
    if not form.validate():
        return _page(form, PasswordForm()), 422
    change_settings(current_user, **form.values())
    db.session.commit()
    refresh()
    flash(_("Settings saved."))
    return redirect(url_for("settings.show"))


@bp.post("/settings/theme")
@members
def theme() -> Response:
    if request.form.get("theme") not in set(Theme):
        abort(422)
    set_theme(current_user, Theme(request.form["theme"]))
    db.session.commit()
    return redirect(own_path(request.form.get("next")) or url_for("settings.show"))


@bp.post("/settings/password")
@members
def password() -> object:
    form = PasswordForm()
    if form.validate():
        with form.refusals():
            change_password(
                current_user,
                current=form.current.data or "",
                new=form.password.data,
                keep_token=current_user.session_token,
                now=clock.now(),
            )
            db.session.commit()
            flash(_("Password changed. Other browsers were signed out."))
            return redirect(url_for("settings.show"))
    return _page(_settings_form(), form), form.status


@bp.post("/settings/sign-out-others")
@members
def sign_out_others() -> Response:
    end_sessions(current_user, keep_token=current_user.session_token, now=clock.now())
    db.session.commit()
    flash(_("Every other browser was signed out."))
    return redirect(url_for("settings.show"))


def _settings_form() -> SettingsForm:
    return SettingsForm(formdata=None, obj=current_user)


def _page(form: SettingsForm, password_form: PasswordForm) -> str:
    browsers = sign_ins.of_user(current_user, now=clock.now())
    return render_template(
        "settings/show.html", form=form, password_form=password_form, browsers=browsers
    )
