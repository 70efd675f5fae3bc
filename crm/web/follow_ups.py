"""Promises: the list, and what one does with them."""

from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from crm import clock, i18n
from crm.actions.follow_ups import complete, drop, edit, move, promise
from crm.db import db
from crm.domain.access import Right
from crm.domain.followups import FollowUpState
from crm.models.audit import AuditEvent
from crm.models.company import Company
from crm.models.follow_up import FollowUp
from crm.models.user import User
from crm.queries import follow_ups, users
from crm.web.access import members, needs, own_path
from crm.web.arguments import member_or_none, page_number
from crm.web.following import company_or_404
from crm.web.forms.follow_ups import DropForm, FollowUpForm, MoveForm

bp = Blueprint("follow_ups", __name__)


@bp.get("/follow-ups")
@members
def index() -> str:
    state = member_or_none(FollowUpState, request.args.get("state")) or FollowUpState.OPEN
    mine = request.args.get("who") != "all"
    page = page_number()
    rows, more = follow_ups.listed(current_user, state=state, mine=mine, page=page)
    groups = follow_ups.grouped(rows, today=clock.today())
    return render_template(
        "follow_ups/index.html",
        found=rows,
        groups=groups,
        state=state,
        mine=mine,
        page=page,
        pages=page + 1 if more else page,
    )


@bp.route("/companies/<int:company_id>/follow-ups/new", methods=["GET", "POST"])
@needs(Right.KEEP_FOLLOW_UPS)
def new(company_id: int) -> object:
    company = company_or_404(company_id)
    today = clock.today()
    form = FollowUpForm.start(assignee=current_user.id, due_on=today + timedelta(days=7))
    people = _offer(form, company)
    if form.validate_on_submit():
        with form.refusals():
            row = promise(
                current_user,
                company,
                town_code=form.town_code.data,
                text=form.text.data,
                due_on=form.due_on.data,
                assignee=next(user for user in people if user.id == form.assignee.data),
                form_key=(form.form_key.data or "")[:64] or None,
                today=today,
                now=clock.now(),
            )
            db.session.commit()
            flash(_("Task added. Reminder on %(day)s.", day=i18n.short_day(row.due_on)))
            return redirect(url_for("companies.show", company_id=company.id))
    page = render_template("follow_ups/new.html", form=form, company=company, quick=_quick_days())
    return page, form.status


@bp.route("/follow-ups/<int:follow_up_id>/edit", methods=["GET", "POST"])
@needs(Right.KEEP_FOLLOW_UPS)
def update(follow_up_id: int) -> object:
    row = _open_or_404(follow_up_id)
    form = FollowUpForm(
        text=row.text,
        due_on=row.due_on,
        assignee=row.assignee_id,
        town_code=row.town_code,
        version=row.version,
    )
    people = users.working_in([row.town_code])
    form.offer(people=_with(row.assignee, people), towns=[(row.town_code, row.town_code)])
    if form.validate_on_submit():
        with form.refusals():
            event = edit(
                current_user,
                row,
                text=form.text.data,
                due_on=form.due_on.data,
                assignee=next(u for u in _with(row.assignee, people) if u.id == form.assignee.data),
                version=_version(),
                today=clock.today(),
                now=clock.now(),
            )
            db.session.commit()
            return _done(_("Task changed."), event, row)
    page = render_template("follow_ups/edit.html", form=form, row=row, quick=_quick_days())
    return page, form.status


@bp.post("/follow-ups/<int:follow_up_id>/done")
@needs(Right.KEEP_FOLLOW_UPS)
def done(follow_up_id: int) -> Response:
    row = _open_or_404(follow_up_id)
    event = complete(current_user, row, version=_version(), now=clock.now())
    db.session.commit()
    return _done(_("Task marked as done."), event, row)


@bp.route("/follow-ups/<int:follow_up_id>/move", methods=["GET", "POST"])
@needs(Right.KEEP_FOLLOW_UPS)
def shift(follow_up_id: int) -> object:
    row = _open_or_404(follow_up_id)
    form = MoveForm(version=row.version)
    if form.validate_on_submit():
        with form.refusals():
            today, now = clock.today(), clock.now()
            day = form.due_on.data
            event = move(current_user, row, due_on=day, version=_version(), today=today, now=now)
            db.session.commit()
            return _done(_("Task moved to %(day)s.", day=i18n.short_day(day)), event, row)
    quick = _quick_days()
    return render_template("follow_ups/move.html", form=form, row=row, quick=quick), form.status


@bp.route("/follow-ups/<int:follow_up_id>/drop", methods=["GET", "POST"])
@needs(Right.KEEP_FOLLOW_UPS)
def give_up(follow_up_id: int) -> object:
    row = _open_or_404(follow_up_id)
    form = DropForm(version=row.version)
    if form.validate_on_submit():
        with form.refusals():
            event = drop(
                current_user, row, reason=form.reason.data, version=_version(), now=clock.now()
            )
            db.session.commit()
            return _done(_("Task dropped."), event, row)
    return render_template("follow_ups/drop.html", form=form, row=row), form.status


def _open_or_404(follow_up_id: int) -> FollowUp:
    return follow_ups.by_id(current_user, follow_up_id) or abort(404)


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _quick_days() -> list[tuple[str, str]]:
    today = clock.today()
    monday = today + timedelta(days=7 - today.weekday())
    return [
        (_("Tomorrow"), i18n.day(today + timedelta(days=1))),
        (_("Next Monday"), i18n.day(monday)),
        (_("In a week"), i18n.day(today + timedelta(days=7))),
        (_("In two weeks"), i18n.day(today + timedelta(days=14))),
    ]


def _offer(form: FollowUpForm, company: Company) -> list[User]:
    own = current_user.towns_with(Right.KEEP_FOLLOW_UPS)
    towns = users.towns(own or [row.town_code for row in company.engagements])
    people = _with(current_user, users.working_in([town.code for town in towns]))
    language = i18n.language()
    form.offer(people=people, towns=[(town.code, town.name(language)) for town in towns])
    return people


def _with(first: User, people: list[User]) -> list[User]:
    return list(dict.fromkeys([first, *people]))


def _done(text: str, event: AuditEvent, row: FollowUp) -> Response:
    flash({"text": text, "event_id": event.id}, "undo")  # type: ignore[arg-type]
    back = own_path(request.form.get("back"))
    return redirect(back or url_for("companies.show", company_id=row.company_id))
