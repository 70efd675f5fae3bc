"""Contact persons of a company."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from crm import clock
from crm.actions.companies import known_to
from crm.actions.people import add_person, edit_person, end_position
from crm.db import db
from crm.domain.access import Right
from crm.models.company import Company
from crm.models.person import Position
from crm.queries import companies
from crm.web.access import needs
from crm.web.following import company_or_404, lead_on
from crm.web.forms.companies import PersonForm

bp = Blueprint("people", __name__)


@bp.route("/companies/<int:company_id>/people/new", methods=["GET", "POST"])
@needs(Right.EDIT_COMPANY)
def new(company_id: int) -> object:
    company = company_or_404(company_id)
    _require_editor(company)
    form = PersonForm()
    if form.validate_on_submit():
        with form.refusals():
            now, today = clock.now(), clock.today()
            add_person(current_user, company, **_facts(form), today=today, now=now)
            db.session.commit()
            flash(_("Person added."))
            return redirect(url_for("companies.show", company_id=company.id))
    return render_template("people/new.html", form=form, company=company), form.status


@bp.route("/positions/<int:position_id>/edit", methods=["GET", "POST"])
@needs(Right.EDIT_COMPANY)
def edit(position_id: int) -> object:
    row = _position(position_id)
    person = row.person
    form = PersonForm(
        version=person.version,
        name=person.name,
        title=row.title,
        phone=person.phone,
        email=person.email,
    )
    if form.validate_on_submit():
        with form.refusals():
            version = request.form.get("version", 0, type=int)
            edit_person(current_user, row, **_facts(form), version=version, now=clock.now())
            db.session.commit()
            flash(_("Person saved."))
            return redirect(url_for("companies.show", company_id=row.company_id))
    return render_template("people/edit.html", form=form, row=row), form.status


@bp.post("/positions/<int:position_id>/end")
@needs(Right.EDIT_COMPANY)
def end(position_id: int) -> object:
    row = _position(position_id)
    event = end_position(current_user, row, today=clock.today(), now=clock.now())
    db.session.commit()
    text = _("%(name)s no longer works here.", name=row.person.name)
    flash({"text": text, "event_id": event.id}, "undo")  # type: ignore[arg-type]
    return redirect(url_for("companies.show", company_id=row.company_id))


def _position(position_id: int) -> Position:
    """A position, which is edited where its person and its company are now."""
    row = companies.position(position_id) or abort(404)
    now = companies.current_position(row)
    if now is not row:
        lead_on(position_id=now.id) if now else abort(404)
    _require_editor(row.company)
    return row


def _require_editor(company: Company) -> None:
    if not any(current_user.may(Right.EDIT_COMPANY, code) for code in known_to(company)):
        abort(403)


def _facts(form: PersonForm) -> dict[str, str]:
    return {name: getattr(form, name).data or "" for name in ("name", "title", "phone", "email")}
