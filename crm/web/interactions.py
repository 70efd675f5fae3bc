"""Meetings: logging them, changing them, and the list."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from crm import clock, i18n
from crm.actions.drafts import discard_draft, save_draft
from crm.actions.interactions import (
    NOTE_AT_MOST,
    delete_interaction,
    edit_interaction,
    log_interaction,
)
from crm.db import db
from crm.domain.access import Right
from crm.domain.interactions import Channel, Topic, may_edit
from crm.domain.names import fold
from crm.labels import choices
from crm.models.company import Company
from crm.models.interaction import Interaction
from crm.models.person import Person
from crm.models.town import Town
from crm.models.user import User
from crm.queries import companies, interactions, users
from crm.queries.merged import survivors
from crm.web.access import members, needs
from crm.web.arguments import id_or_none, member_or_none, page_number
from crm.web.forms.interactions import InteractionForm
from crm.web.known_firms import suggested

bp = Blueprint("interactions", __name__)


@bp.get("/interactions")
@members
def index() -> str:
    args = request.args
    mine = args.get("who") == "me"
    filters = interactions.Filters(
        town=args.get("town") if args.get("town") in current_user.town_codes else None,
        channel=member_or_none(Channel, args.get("channel")),
        topic=member_or_none(Topic, args.get("topic")),
        author_id=current_user.id if mine else None,
    )
    page = page_number()
    rows, more = interactions.logged(current_user, filters, page=page)
    return render_template(
        "interactions/index.html",
        found=rows,
        more=more,
        page=page,
        filters_now=filters,
        mine=mine,
        channels=choices(Channel),
        topics=choices(Topic),
        towns=[(t.code, t.name(i18n.language())) for t in users.towns(current_user.town_codes)],
    )


@bp.get("/interactions/new")
@needs(Right.LOG_INTERACTION)
def new() -> object:
    draft = interactions.draft(current_user, request.args.get("draft", ""))
    if draft is not None:
        form = InteractionForm(_typed(draft.values), form_key=draft.form_key)
        company_id = draft.company_id
        form.form_key.data = draft.form_key
    else:
        form = InteractionForm.start(note=request.args.get("note", "")[:NOTE_AT_MOST])
        company_id = id_or_none("company")
    company = companies.current(company_id) if company_id else None
    return _form_page(form, company)


@bp.post("/interactions/new")
@needs(Right.LOG_INTERACTION)
def create() -> object:
    form = InteractionForm()
    form.form_key.data = form.form_key.data or str(uuid.uuid4())
    company = companies.current(form.company_id.data) if form.company_id.data else None
    if "draft" in request.form:
        return _keep_draft(form, company)
    if company is None or "pick" in request.form or _another_name(form, company):
        return _ask_company(form)
    _offer(form, company)
    if form.validate():
        with form.refusals():
            row = _log(form, company)
            db.session.commit()
            _say_saved(form)
            return redirect(url_for("companies.show", company_id=row.company_id))
    return _form_page(form, company)


@bp.get("/interactions/<int:interaction_id>/edit")
@needs(Right.LOG_INTERACTION)
def edit(interaction_id: int) -> object:
    row = _editable(interaction_id)
    form = InteractionForm.of(row, clock.today())
    _offer(form, row.company, row)
    return render_template("interactions/edit.html", form=form, row=row, company=row.company)


@bp.post("/interactions/<int:interaction_id>/edit")
@needs(Right.LOG_INTERACTION)
def update(interaction_id: int) -> object:
    row = _editable(interaction_id)
    form = InteractionForm()
    people, colleagues = _offer(form, row.company, row)
    form.town_code.data = row.town_code
    if form.validate():
        with form.refusals():
            today = clock.today()
            said = form.said(today, people=people, colleagues=colleagues)
            version = request.form.get("version", 0, type=int)
            edit_interaction(current_user, row, said, version=version, today=today, now=clock.now())
            db.session.commit()
            flash({"text": _("Meeting saved."), "draft_saved": f"{row.id}:{version}"})  # type: ignore[arg-type]
            return redirect(url_for("companies.show", company_id=row.company_id))
    return (
        render_template("interactions/edit.html", form=form, row=row, company=row.company),
        form.status,
    )


@bp.post("/interactions/<int:interaction_id>/delete")
@needs(Right.LOG_INTERACTION)
def delete(interaction_id: int) -> object:
    row = _editable(interaction_id)
    event = delete_interaction(current_user, row, now=clock.now())
    db.session.commit()
    flash({"text": _("Meeting deleted."), "event_id": event.id}, "undo")  # type: ignore[arg-type]
    return redirect(url_for("companies.show", company_id=row.company_id))


@bp.post("/drafts/<form_key>/discard")
@members
def discard(form_key: str) -> object:
    discard_draft(current_user, form_key)
    db.session.commit()
    flash(_("Draft deleted."))
    return redirect(url_for("home.show"))


def _editable(interaction_id: int) -> Interaction:
    row = interactions.by_id(current_user, interaction_id)
    if row is None:
        abort(404)
    if not may_edit(current_user, row):
        abort(403)
    return row


def _typed(values: dict[str, object]) -> MultiDict[str, object]:
    return MultiDict(
        (name, item)
        for name, value in values.items()
        for item in (value if isinstance(value, list) else [value])
    )


def _keep_draft(form: InteractionForm, company: Company | None) -> object:
    save_draft(
        current_user,
        form_key=form.form_key.data[:64],
        company_id=company.id if company else None,
        values=form.typed(),
        now=clock.now(),
    )
    db.session.commit()
    flash({"text": _("Draft saved."), "draft_saved": form.form_key.data}, "message")  # type: ignore[arg-type]
    return redirect(url_for("home.show"))


def _another_name(form: InteractionForm, company: Company) -> bool:
    """Without JavaScript a firm typed over the chosen one comes beside the old id. Another name of
    the same firm, perhaps of one merged into it meanwhile, is no other firm."""
    typed = fold(form.company.data or "")
    known = {fold(name) for name in (company.name, *(row.name for row in company.names))}
    return bool(typed) and typed not in known | {fold(form.searched.data or "")}


def _ask_company(form: InteractionForm) -> object:
    """Show the firms that fit what was typed, to choose one from."""
    text = (form.company.data or "").strip()
    hits = suggested(text, limit=8) if text else []
    if not hits:
        form.company.errors = [
            _("No company found with “%(text)s”. Check the name, or add a new company.", text=text)
            if text
            else _("Choose the company.")
        ]
    form.searched.data = text
    form.refused = 422
    return _form_page(form, None, hits=hits)


def _form_page(form: InteractionForm, company: Company | None, hits: object = ()) -> object:
    _offer(form, company)
    form.company_id.data = company.id if company else None
    page = render_template("interactions/new.html", form=form, company=company, hits=hits)
    return page, form.status


def _offer(
    form: InteractionForm, company: Company | None, row: Interaction | None = None
) -> tuple[list[Person], list[User]]:
    """Set the choices; those whom row names stay choices though they have left since."""
    today = clock.today()
    people = [row.person for row in companies.people_of(company, today=today)] if company else []
    towns = _towns(company)
    colleagues = users.colleagues(current_user)
    if row is not None:
        people = list(dict.fromkeys([*people, *row.attendees]))
        colleagues = list(dict.fromkeys([*colleagues, *row.advisors, *row.readers]))
    colleagues = [user for user in colleagues if user.id != current_user.id]
    offered = {person.id for person in people}
    if set(form.attendees.data or ()) - offered:
        form.attendees.data = merged_people(form.attendees.data)
    form.offer(towns=towns, people=people, colleagues=colleagues, language=i18n.language())
    return people, colleagues


def merged_people(ids: list[int]) -> list[int]:
    """Those chosen in a form or draft before some of them were merged, each once."""
    ends = survivors(Person, ids)
    return list(dict.fromkeys(ends.get(i, i) for i in ids))


def _towns(company: Company | None) -> list[Town]:
    """Towns the contact may belong to: own ones, those that know the company first; every
    town for a coordinator."""
    own = current_user.towns_with(Right.LOG_INTERACTION)
    towns = users.towns(own or None)
    known = {row.town_code for row in company.engagements} if company else set()
    return sorted(towns, key=lambda town: town.code not in known)


def _log(form: InteractionForm, company: Company) -> Interaction:
    today, now = clock.today(), clock.now()
    people, colleagues = _offer(form, company)
    row = log_interaction(
        current_user,
        company,
        form.said(today, people=people, colleagues=colleagues),
        town_code=form.town_code.data,
        form_key=form.form_key.data[:64],
        next_step=form.next_step(today, _("Get in touch")),
        today=today,
        now=now,
    )
    discard_draft(current_user, form.form_key.data[:64])
    return row


def _say_saved(form: InteractionForm) -> None:
    due_on = form.step_day(clock.today())
    saved = {"draft_saved": form.form_key.data}
    if due_on:
        text = _("Meeting saved. Reminder on %(day)s.", day=i18n.short_day(due_on))
    else:
        text = _("Meeting saved.")
    flash({"text": text, **saved}, "message")  # type: ignore[arg-type]
