"""Making two companies, or two people, one; and taking that back."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from crm import clock, codes, i18n
from crm.actions.merge_undo import undo_merge
from crm.actions.merges import merge_companies, merge_people
from crm.db import db
from crm.domain.access import Right
from crm.domain.errors import Conflict
from crm.domain.merges import MergeField, MergeKind, Side
from crm.labels import label, refusal_text
from crm.models.company import Company
from crm.models.merge import Merge
from crm.models.person import Person
from crm.queries import companies, merges, search
from crm.queries.merges import Compared
from crm.web.access import needs
from crm.web.companies import town_names
from crm.web.following import company_or_404, person_or_404
from crm.web.forms.merges import PREFIX, MergeForm

bp = Blueprint("merges", __name__)

PICKED_FROM = 20


@bp.get("/companies/<int:company_id>/merge")
@needs(Right.MERGE_COMPANIES)
def pick(company_id: int) -> str:
    """Which company is the same as this one: those that look like it, or a search."""
    company = company_or_404(company_id)
    text = request.args.get("q", "").strip()
    if text:
        hits = search.find_companies(current_user, text, limit=PICKED_FROM)
    else:
        hits = search.like_this(current_user, company.name, limit=PICKED_FROM)
    others = [hit for hit in hits if hit.id != company.id]
    return render_template("merges/pick.html", company=company, hits=others, q=text)


@bp.route("/companies/<int:company_id>/merge/<int:other_id>", methods=["GET", "POST"])
@needs(Right.MERGE_COMPANIES)
def merge(company_id: int, other_id: int) -> object:
    company = company_or_404(company_id)
    other = companies.current(other_id) or abort(404)
    if other.id == company.id:
        return redirect(_page_of(company))
    towns = merges.towns_of_company(company, other)
    to_ask = _towns_to_ask(towns)
    compared = merges.compare_companies(current_user, company, other)
    form = MergeForm.of(compared, _versions(company, other))
    if form.validate_on_submit():
        with form.refusals():
            made = merge_companies(
                current_user,
                company,
                other,
                choices=form.choices(),
                seen=form.versions(),
                now=clock.now(),
            )
            db.session.commit()
            return _done(made, _page_of(company))
    if form.refused:
        compared = merges.compare_companies(current_user, company, other)
    return _page(
        "merges/companies.html",
        form,
        company,
        other,
        compared,
        to_ask=to_ask,
        moving=merges.moving(current_user, other),
        towns=merges.town_changes(company, other),
    )


@bp.route("/people/<int:person_id>/merge/<int:other_id>", methods=["GET", "POST"])
@needs(Right.MERGE_COMPANIES)
def people(person_id: int, other_id: int) -> object:
    person = person_or_404(person_id)
    other = merges.current_person(other_id) or abort(404)
    firms = merges.firms_of(person, other)
    home = firms[0] if firms else None
    if other.id == person.id:
        return redirect(_people_of(home))
    to_ask = _towns_to_ask(merges.towns_of_person(person, other))
    compared = merges.compare_people(person, other)
    form = MergeForm.of(compared, _versions(person, other))
    if form.validate_on_submit():
        with form.refusals():
            made = merge_people(
                current_user,
                person,
                other,
                choices=form.choices(),
                seen=form.versions(),
                now=clock.now(),
            )
            db.session.commit()
            return _done(made, _people_of(home))
    if form.refused:
        compared = merges.compare_people(person, other)
    return _page(
        "merges/people.html", form, person, other, compared, to_ask=to_ask, home=home, firms=firms
    )


@bp.post("/merges/<int:merge_id>/undo")
@needs(Right.MERGE_COMPANIES)
def undo(merge_id: int) -> object:
    """Take a merge back; when a part of it cannot go yet, say so and offer the rest."""
    row = merges.by_id(merge_id) or abort(404)
    try:
        undo_merge(current_user, row, partial=bool(request.form.get("partial")), now=clock.now())
        db.session.commit()
    except Conflict as refusal:
        db.session.rollback()
        text = refusal_text(refusal)
        page = render_template(
            "merges/undo.html", merge=row, text=text, back=_after_undo(row, stays=True)
        )
        return page, 409
    waiting = sum((row.left or {}).values())
    if waiting:
        flash(
            ngettext(
                "Merge taken back, but for %(num)s row. It follows when the later merge is taken "
                "back.",
                "Merge taken back, but for %(num)s rows. They follow when the later merge is taken "
                "back.",
                waiting,
            )
        )
    else:
        flash(_("Merge taken back."))
    return redirect(_after_undo(row))


def _towns_to_ask(towns: list[str]) -> list[str]:
    """Names of the towns that must be asked; 403 when the reader may merge in none of them."""
    missing = merges.not_allowed(current_user, towns)
    if missing and len(missing) == len(towns):
        abort(403)
    names = town_names()
    return [names.get(code, code) for code in missing]


def _versions(one: Company | Person, other: Company | Person) -> tuple[int, int]:
    return one.version, other.version


def _page(
    template: str,
    form: MergeForm,
    one: Company | Person,
    other: Company | Person,
    compared: Sequence[Compared],
    **more: Any,
) -> object:
    """The comparison as it is now: after a refusal it shows what changed meanwhile."""
    if form.refused == 409:
        form.show_as_now(_versions(one, other))
    page = render_template(
        template,
        form=form,
        one=one,
        other=other,
        rows=[_shown(form, row) for row in compared if row.to_choose],
        same=[_same(row) for row in compared if not row.to_choose],
        both_numbered=any(
            row.to_choose and row.field is MergeField.BUSINESS_ID for row in compared
        ),
        **more,
    )
    return page, form.status


def _shown(form: MergeForm, row: Compared) -> dict[str, Any]:
    sides = zip(Side, (row.kept, row.other), strict=True)
    name = PREFIX + row.field.value
    field: Any = form._fields.get(name)
    chosen = (field.data if field is not None else None) or row.proposed
    return {
        "name": name,
        "label": label(row.field),
        "errors": list(field.errors) if field is not None else [],
        "sides": [
            {
                "value": side.value,
                "text": value_text(row.field, stated.value),
                "who": _("Stays") if side == Side.SURVIVOR else _("Is merged"),
                "meta": f"{label(stated.source)} {i18n.day(stated.on)}",
                "chosen": chosen == side,
                "proposed": row.proposed == side,
            }
            for side, stated in sides
        ],
    }


def _same(row: Compared) -> tuple[str, str]:
    value = row.kept.value if row.kept.value not in (None, "") else row.other.value
    return label(row.field), value_text(row.field, value)


def value_text(field: MergeField, value: Any) -> str:
    """A value as the company's page would show it; a dash for none."""
    if value in (None, ""):
        return "–"
    writers: dict[MergeField, Any] = {
        MergeField.STATUS: label,
        MergeField.INDUSTRY: lambda code: codes.industry(code, None, i18n.language()) or code,
        MergeField.REGISTERED_ON: i18n.day,
        MergeField.PHONE: i18n.phone,
        MergeField.LANGUAGE: lambda code: i18n.LANGUAGE_NAMES.get(code, code),
        MergeField.ADDRESS: _address,
        MergeField.STAFF: i18n.number,
        MergeField.TURNOVER: i18n.euros,
    }
    return str(writers.get(field, str)(value))


def _address(parts: tuple[str | None, ...]) -> str:
    street, postcode, city, *_rest = parts
    place = " ".join(filter(None, (postcode, city)))
    return ", ".join(filter(None, (street, place)))


def _done(made: Merge, target: str) -> Response:
    text = _("%(name)s was merged.", name=made.name)
    flash({"text": text, "merge_id": made.id}, "undo")  # type: ignore[arg-type]
    return redirect(target)


def _page_of(company: Company) -> str:
    return url_for("companies.show", company_id=company.id)


def _people_of(company: Company | None) -> str:
    if company is None:
        return url_for("companies.index")
    return url_for("companies.show", company_id=company.id, _anchor="people")


def _after_undo(row: Merge, *, stays: bool = False) -> str:
    """The page of what came back; that of the survivor when nothing did."""
    row_id = row.survivor_id if stays else row.loser_id
    if row.kind is MergeKind.COMPANY:
        return url_for("companies.show", company_id=row_id)
    person = merges.person(row_id)
    return _people_of(next(iter(merges.firms_of(person)), None) if person else None)
