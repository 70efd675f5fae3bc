"""Bringing a firm list in: file, columns, preview, done; and taking it back."""

import hashlib

from flask import (
    Blueprint,
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
from werkzeug.wrappers import Response

from crm import clock, i18n
from crm.actions.import_twins import chosen_of, twin_of, use_known, use_new
from crm.actions.imports import content_of, stage_import
from crm.adapters.sandbox import read_file
from crm.db import db
from crm.domain.access import Right
from crm.domain.batches import BatchState, RowResult
from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.imports.records import Column
from crm.formats.tables import Table
from crm.labels import choices, refusal_text
from crm.models.import_batch import ImportBatch
from crm.queries import imports, users
from crm.web import import_work
from crm.web.access import needs
from crm.web.arguments import member_or_none, page_number
from crm.web.forms.imports import UploadForm

bp = Blueprint("imports", __name__)

SAMPLES = 3


@bp.get("/imports")
@needs(Right.IMPORT_COMPANIES)
def index() -> str:
    return render_template("imports/index.html", batches=imports.listed(current_user))


@bp.route("/imports/new", methods=["GET", "POST"])
@needs(Right.IMPORT_COMPANIES)
def new() -> object:
    form = UploadForm()
    own = current_user.towns_with(Right.IMPORT_COMPANIES)
    towns = users.towns(own or None)
    form.offer([(town.code, town.name(i18n.language())) for town in towns])
    if form.validate_on_submit():
        with form.refusals():
            batch = _stage(form)
            db.session.commit()
            return _to(batch)
    return render_template("imports/new.html", form=form), form.status


def _stage(form: UploadForm) -> ImportBatch:
    data = form.file.data.read()
    filename = form.file.data.filename or ""
    return stage_import(
        current_user,
        read_file(data, filename),
        town_code=form.town_code.data,
        filename=filename,
        file_hash=hashlib.sha256(data).hexdigest(),
        now=clock.now(),
    )


@bp.get("/imports/<int:batch_id>")
@needs(Right.IMPORT_COMPANIES)
def show(batch_id: int) -> object:
    """Wherever the import is: at work, at its columns, at its preview, taken in or back."""
    batch = _batch(batch_id)
    work = import_work.of(batch_id)
    if work is not None and not work.finished:
        return render_template("imports/working.html", batch=batch, work=work)
    if batch.state is BatchState.READ:
        return _columns_page(batch)
    result = member_or_none(RowResult, request.args.get("result"))
    page = page_number()
    shown = batch.counts.get(result.value if result else "rows", 0)
    return render_template(
        "imports/preview.html",
        batch=batch,
        rows=imports.rows(batch, result=result, page=page),
        result=result,
        page=page,
        pages=max(1, -(-shown // imports.PAGE)),
        before=imports.applied_before(batch.town_code, batch.file_hash, but=batch.id),
        is_table=batch.kind != "json",
        twin_of=twin_of,
        chosen_of=chosen_of,
    )


@bp.get("/imports/<int:batch_id>/columns")
@needs(Right.IMPORT_COMPANIES)
def columns(batch_id: int) -> object:
    batch = _batch(batch_id)
    if batch.state not in {BatchState.READ, BatchState.STAGED}:
        return _to(batch)
    return _columns_page(batch)


@bp.post("/imports/<int:batch_id>/columns")
@needs(Right.IMPORT_COMPANIES)
def read(batch_id: int) -> object:
    batch = _batch(batch_id)
    mapping = {
        str(index): column
        if (column := request.form.get(f"column-{index}")) in set(Column)
        else None
        for index in range(len(batch.mapping))
    }
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    work = import_work.start_preview(app, current_user, batch.id, mapping)
    if work.finished and work.refusal:
        import_work.forget(batch_id)
        batch = _batch(batch_id)
        return _columns_page(batch, mapping, refusal_text(work.refusal))
    return _to(batch)


@bp.post("/imports/rows/<int:row_id>")
@needs(Right.IMPORT_COMPANIES)
def settle(row_id: int) -> object:
    """Say that a row that looks new is a known company, or that it is new after all."""
    row = imports.row(current_user, row_id) or abort(404)
    if request.form.get("is") not in {"known", "new"}:
        abort(422)
    batch = _batch(row.batch_id)
    settled = use_known if request.form["is"] == "known" else use_new
    try:
        settled(current_user, batch, row)
        db.session.commit()
    except Conflict:
        raise
    except Invalid as refusal:
        db.session.rollback()
        flash(refusal_text(refusal), "error")
    result = member_or_none(RowResult, request.form.get("result"))
    page = request.form.get("page", 1, type=int)
    at = url_for("imports.show", batch_id=batch.id, result=result, page=page)
    return redirect(f"{at}#row-{row_id}")


@bp.post("/imports/<int:batch_id>/apply")
@needs(Right.IMPORT_COMPANIES)
def apply(batch_id: int) -> object:
    batch = _batch(batch_id)
    if batch.state is not BatchState.STAGED:
        raise Conflict("batch", Reason.ALREADY_APPLIED)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return _go_on(batch_id, import_work.start_apply(app, current_user, batch.id))


@bp.get("/imports/<int:batch_id>/progress")
@needs(Right.IMPORT_COMPANIES)
def progress(batch_id: int) -> object:
    """The part of the working page that changes; when the work has ended, the way on."""
    batch = _batch(batch_id)
    work = import_work.of(batch_id)
    if work is None or work.finished:
        if work is not None:
            _say_result(batch, work)
            import_work.forget(batch_id)
        answer = Response(status=204)
        answer.headers["HX-Redirect"] = url_for("imports.show", batch_id=batch_id)
        return answer
    return render_template("imports/_progress.html", batch=batch, work=work)


@bp.post("/imports/<int:batch_id>/undo")
@needs(Right.IMPORT_COMPANIES)
def undo(batch_id: int) -> object:
    batch = _batch(batch_id)
    if batch.state is not BatchState.APPLIED:
        undone = batch.state is BatchState.UNDONE
        raise Conflict("batch", Reason.ALREADY_UNDONE if undone else Reason.NOT_APPLIED)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return _go_on(batch_id, import_work.start_undo(app, current_user, batch.id))


def _go_on(batch_id: int, work: import_work.Work) -> Response:
    """To the import's page, with the result when it is there already."""
    if work.finished:
        _say_result(_batch(batch_id), work)
        import_work.forget(batch_id)
    return redirect(url_for("imports.show", batch_id=batch_id))


def _batch(batch_id: int) -> ImportBatch:
    return imports.by_id(current_user, batch_id) or abort(404)


def _to(batch: ImportBatch) -> Response:
    return redirect(url_for("imports.show", batch_id=batch.id))


def _say_result(batch: ImportBatch, work: import_work.Work) -> None:
    if work.refusal is not None:
        flash(refusal_text(work.refusal), "error")
    elif work.undone is not None:
        flash(
            _(
                "Import taken back: %(removed)s companies removed, %(restored)s values put back, "
                "%(kept)s kept because somebody has worked on them.",
                **work.undone,
            )
        )
    elif batch.state is BatchState.APPLIED:
        n = batch.counts
        flash(
            _(
                "Taken in: %(created)s new and %(updated)s updated companies.",
                created=n["created"],
                updated=n["updated"],
            )
        )


def _columns_page(
    batch: ImportBatch,
    mapping: dict[str, str | None] | None = None,
    error: str | None = None,
) -> object:
    content = content_of(batch)
    table = content if isinstance(content, Table) else None
    page = render_template(
        "imports/columns.html",
        batch=batch,
        table=table,
        n_rows=len(table.rows) if table else len(content),  # type: ignore[arg-type]
        samples=_samples(table) if table else [],
        mapping=batch.mapping if mapping is None else mapping,
        choices=choices(Column),
        error=error,
    )
    return page, 422 if error else 200


def _samples(table: Table) -> list[str]:
    """A few values of each column, to tell what it is."""
    return [
        ", ".join(
            [row[index][:40] for row in table.rows[:50] if index < len(row) and row[index]][
                :SAMPLES
            ]
        )
        for index in range(len(table.headings))
    ]
