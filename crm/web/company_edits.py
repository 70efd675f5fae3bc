"""Editing a company one fact at a time, and the town's relationship to it."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from crm import clock
from crm.actions.companies import edit_field, known_to
from crm.actions.engagements import edit_engagement
from crm.db import db
from crm.domain.access import Right
from crm.domain.companies import CompanyStatus
from crm.domain.company_fields import FIGURES, CompanyField
from crm.i18n import LANGUAGE_NAMES
from crm.labels import FIELD_HINTS, FIELD_LABELS, choices
from crm.models.company import Company, Engagement
from crm.models.user import User
from crm.queries import companies, users
from crm.web.access import needs
from crm.web.following import company_or_404
from crm.web.forms.companies import (
    LONG,
    ChoiceFieldForm,
    EngagementForm,
    FieldForm,
    LongFieldForm,
)
from crm.web.forms.fields import options

bp = Blueprint("company_edits", __name__)


@bp.route("/companies/<int:company_id>/edit/<field_name>", methods=["GET", "POST"])
@needs(Right.EDIT_COMPANY)
def field(company_id: int, field_name: str) -> object:
    company = company_or_404(company_id)
    if field_name not in set(CompanyField):
        abort(404)
    if not any(current_user.may(Right.EDIT_COMPANY, code) for code in known_to(company)):
        abort(403)
    which = CompanyField(field_name)
    form = _field_form(company, which)
    if form.validate_on_submit():
        with form.refusals_at("text"):
            event = edit_field(
                current_user,
                company,
                which,
                form.text.data or "",
                version=request.form.get("version", 0, type=int),
                today=clock.today(),
                now=clock.now(),
            )
            db.session.commit()
            _say_changed(which, event)
            return redirect(url_for("companies.show", company_id=company.id))
    return _field_page(company, which, form)


def _field_page(company: Company, which: CompanyField, form: FieldForm) -> object:
    """The form: a page of its own, or for htmx just the form in the row's place."""
    inline = bool(request.headers.get("HX-Request"))
    page = "company_edits/_inline.html" if inline else "company_edits/field.html"
    text = render_template(
        page, form=form, company=company, field=which, hint=FIELD_HINTS.get(which)
    )
    in_place = {"HX-Retarget": "#inline-edit", "HX-Reselect": "#inline-edit"}
    return text, form.status, in_place if inline and form.status != 200 else {}


@bp.route("/companies/<int:company_id>/relationship/<town_code>", methods=["GET", "POST"])
@needs(Right.EDIT_COMPANY)
def relationship(company_id: int, town_code: str) -> object:
    company = company_or_404(company_id)
    row = next((row for row in company.engagements if row.town_code == town_code), None)
    if row is None:
        abort(404)
    if not current_user.may(Right.EDIT_COMPANY, town_code):
        abort(403)
    form = EngagementForm(
        version=row.version,
        tier=row.tier,
        owner=row.owner_id or 0,
        own_cadence_days=row.own_cadence_days,
    )
    people = _people(row)
    form.offer(people, _("Nobody yet"))
    if form.validate_on_submit():
        with form.refusals():
            event = edit_engagement(
                current_user,
                row,
                tier=form.tier.data,
                owner=next((user for user in people if user.id == form.owner.data), None),
                own_cadence_days=form.own_cadence_days.data,
                version=request.form.get("version", 0, type=int),
                now=clock.now(),
            )
            db.session.commit()
            flash({"text": _("Relationship changed."), "event_id": event.id}, "undo")  # type: ignore[arg-type]
            return redirect(url_for("companies.show", company_id=company.id))
    page = "company_edits/relationship.html"
    town = users.towns([town_code])[0]
    return render_template(page, form=form, company=company, row=row, town=town), form.status


def _people(row: Engagement) -> list[User]:
    people = users.working_in([row.town_code])
    return people if row.owner is None or row.owner in people else [row.owner, *people]


def _field_form(company: Company, which: CompanyField) -> FieldForm:
    value = current_text(company, which)
    form: FieldForm
    if which in {CompanyField.STATUS, CompanyField.LANGUAGE}:
        form = ChoiceFieldForm(text=value, version=company.version)
        form.text.choices = options(_choices(which))
    else:
        kind = LongFieldForm if which in LONG else FieldForm
        form = kind(text=value, version=company.version)
    form.text.label.text = FIELD_LABELS[which]
    return form


def _choices(which: CompanyField) -> list[tuple[str, Any]]:
    if which is CompanyField.STATUS:
        return choices(CompanyStatus)
    return [("", _("Not known")), *((code.value, name) for code, name in LANGUAGE_NAMES.items())]


def current_text(company: Company, which: CompanyField) -> str:
    if which in FIGURES:
        trend = companies.trends(company).get(FIGURES[which])
        return str(trend.figure.value) if trend else ""
    return str(getattr(company, which.value) or "")


def _say_changed(which: CompanyField, event: Any) -> None:
    text = _("%(field)s changed.", field=FIELD_LABELS[which])
    if event is None:
        flash(_("Nothing changed."))
    elif which in FIGURES:
        flash(text)
    else:
        flash({"text": text, "event_id": event.id}, "undo")  # type: ignore[arg-type]
