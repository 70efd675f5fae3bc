"""The queue of companies that may be one firm, judged one after another."""

import csv
import io
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from flask_login import current_user

from crm import clock
from crm.actions.duplicates import agreed_towns, ask_towns, judge_different, judge_same, postpone
from crm.db import db
from crm.domain.access import Right
from crm.domain.duplicates.decisions import DifferentBecause
from crm.domain.errors import Conflict, Invalid
from crm.jobs import duplicates as searches
from crm.labels import choices, label, refusal_text
from crm.models.audit import AuditEvent
from crm.models.duplicate import Duplicate
from crm.queries import duplicates, merges
from crm.web import duplicate_search
from crm.web.access import needs
from crm.web.arguments import member_or_none, page_number
from crm.web.companies import town_names
from crm.web.merges import value_text

bp = Blueprint("duplicates", __name__)


@bp.get("/duplicates")
@needs(Right.MERGE_COMPANIES)
def index() -> str:
    shown = request.args.get("show", "open")
    shown = shown if shown in duplicates.SHOWN else "open"
    page, today = page_number(), clock.today()
    rows, more = duplicates.listed(current_user, shown, today=today, page=page)
    return render_template(
        "duplicates/index.html",
        found=rows,
        more=more,
        page=page,
        shown=shown,
        counts=duplicates.counts(current_user, today=today),
        first=duplicates.next_id(current_user, today=today),
        search=searches.state(clock.now()),
    )


@bp.get("/duplicates/<int:pair_id>")
@needs(Right.MERGE_COMPANIES)
def show(pair_id: int) -> object:
    row = _pair(pair_id)
    if row.left.merged_into_id or row.right.merged_into_id:
        return _to_next(None)
    return _page(row)


@bp.post("/duplicates/<int:pair_id>/same")
@needs(Right.MERGE_COMPANIES)
def same(pair_id: int) -> object:
    row = _pair(pair_id)
    try:
        merge = judge_same(current_user, row, version=_version(), now=clock.now())
        db.session.commit()
    except Invalid as refusal:
        return _refused(pair_id, refusal)
    text = _("%(name)s was merged.", name=merge.name)
    flash({"text": text, "merge_id": merge.id}, "undo")  # type: ignore[arg-type]
    return _to_next(None)


@bp.post("/duplicates/<int:pair_id>/different")
@needs(Right.MERGE_COMPANIES)
def different(pair_id: int) -> object:
    row = _pair(pair_id)
    because = member_or_none(DifferentBecause, request.form.get("because"))
    if because is None:
        abort(422)
    try:
        event = judge_different(
            current_user,
            row,
            because=because,
            note=request.form.get("note", ""),
            version=_version(),
            now=clock.now(),
        )
        db.session.commit()
    except Invalid as refusal:
        return _refused(pair_id, refusal)
    return _said(_("Kept apart. You are asked again only when an identifier changes."), event, row)


@bp.post("/duplicates/<int:pair_id>/later")
@needs(Right.MERGE_COMPANIES)
def later(pair_id: int) -> object:
    row = _pair(pair_id)
    event = postpone(current_user, row, version=_version(), today=clock.today(), now=clock.now())
    db.session.commit()
    return _said(_("You are asked again in two weeks."), event, row)


@bp.post("/duplicates/<int:pair_id>/ask")
@needs(Right.MERGE_COMPANIES)
def ask(pair_id: int) -> object:
    row = _pair(pair_id)
    note = request.form.get("note", "")
    event = ask_towns(current_user, row, note=note, version=_version(), now=clock.now())
    db.session.commit()
    return _said(_("The other towns are asked. You see the answer in this list."), event, row)


@bp.post("/duplicates/search")
@needs(Right.MERGE_COMPANIES)
def search() -> object:
    """Search the whole register now, beside the request."""
    duplicate_search.start(current_app._get_current_object())  # type: ignore[attr-defined]
    return redirect(url_for("duplicates.index"))


@bp.get("/duplicates/search")
@needs(Right.MERGE_COMPANIES)
def progress() -> object:
    """The part of the list's page that says how far the search is; when it is done, the list."""
    state = searches.state(clock.now())
    if not state["running"]:
        answer = Response(status=204)
        answer.headers["HX-Refresh"] = "true"
        return answer
    return render_template("duplicates/_search.html", search=state)


@bp.get("/duplicates/learned")
@needs(Right.MERGE_COMPANIES)
def learned() -> str:
    """How often people agreed with the search, by how sure it was."""
    return render_template("duplicates/learned.html", bands=duplicates.precision(current_user))


@bp.get("/duplicates.csv")
@needs(Right.MERGE_COMPANIES)
def export() -> Response:
    """The decisions as labelled pairs, for measuring and for learning elsewhere."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["left_id", "left_name", "right_id", "right_name", "probability", "same"])
    for each in duplicates.decided(current_user):
        firms = (each.left.id, _plain(each.left.name), each.right.id, _plain(each.right.name))
        writer.writerow([*firms, f"{each.probability:.4f}", int(each.same)])
    answer = Response(text.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=seutu-pairs.csv"
    return answer


def _plain(text: str) -> str:
    """No program takes a name for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def _pair(pair_id: int) -> Duplicate:
    return duplicates.by_id(current_user, pair_id) or abort(404)


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _page(row: Duplicate, error: str | None = None, status: int = 200) -> object:
    today = clock.today()
    towns = duplicates.towns_of(row)
    names = town_names()
    to_ask = [names.get(code, code) for code in _to_ask(row, towns)]
    page = render_template(
        "duplicates/show.html",
        row=row,
        facts=[_fact(each) for each in merges.compare_companies(current_user, row.left, row.right)],
        to_ask=to_ask,
        because=choices(DifferentBecause),
        also=duplicates.also_waiting(current_user, row, today=today),
        counts=duplicates.counts(current_user, today=today),
        towns=names,
        error=error,
    )
    return page, status


def _to_ask(row: Duplicate, towns: list[str]) -> list[str]:
    agreed = agreed_towns(row)
    return merges.not_allowed(current_user, [code for code in towns if code not in agreed])


def _fact(each: merges.Compared) -> dict[str, Any]:
    values = [value_text(each.field, stated.value) for stated in (each.kept, each.other)]
    known = each.kept.value not in (None, "") and each.other.value not in (None, "")
    agrees = None if not known else values[0].casefold() == values[1].casefold()
    return {"label": label(each.field), "values": values, "agrees": agrees}


def _refused(pair_id: int, refusal: Invalid) -> object:
    db.session.rollback()
    status = 409 if isinstance(refusal, Conflict) else 422
    return _page(_pair(pair_id), refusal_text(refusal), status)


def _said(text: str, event: AuditEvent, row: Duplicate) -> object:
    flash({"text": text, "event_id": event.id}, "undo")  # type: ignore[arg-type]
    return _to_next(row)


def _to_next(row: Duplicate | None) -> object:
    following = duplicates.next_id(current_user, today=clock.today(), after=row)
    if following is None:
        return redirect(url_for("duplicates.index"))
    return redirect(url_for("duplicates.show", pair_id=following))
