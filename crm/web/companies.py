"""Companies: the list, one company's page, and adding one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from crm import clock, codes, i18n
from crm.actions.companies import create_company, known_to
from crm.actions.engagements import engage
from crm.db import db
from crm.domain.access import Right
from crm.domain.cadence import Tier
from crm.domain.duplicates.records import Firm
from crm.domain.interactions import Channel, Topic
from crm.domain.merges import UNDO_FOR, MergeKind, same_people
from crm.formats.spreadsheets import write_xlsx
from crm.labels import choices, label
from crm.models.company import Company
from crm.queries import companies, follow_ups, history, interactions, merges, search, users
from crm.web.access import members, needs
from crm.web.arguments import member_or_none, page_number
from crm.web.following import company_or_404
from crm.web.forms.companies import CompanyForm
from crm.web.known_firms import alike

bp = Blueprint("companies", __name__)

QUIET_DAYS = 90
TIMELINE_STEP = 10
TIMELINE_MOST = 500
EXPORT_MOST = 20_000


@bp.get("/companies")
@members
def index() -> str:
    filters = _filters()
    page = page_number()
    rows, total = companies.listed(current_user, filters, page=page)
    return render_template(
        "companies/index.html",
        found=rows,
        total=total,
        page=page,
        pages=max(1, -(-min(total, companies.COUNTED) // companies.PAGE)),
        counted=companies.COUNTED,
        filters_now=filters,
        q=request.args.get("q", ""),
        export_url=_export_url(),
        towns=list(town_names().items()),
        tiers=choices(Tier),
        quiet_days=QUIET_DAYS,
    )


def _export_url() -> str:
    """The same list as a file; names in the address stay there and reach no function."""
    return f"{url_for('companies.export')}?{urlencode(list(request.args.items(multi=True)))}"


@bp.get("/companies.xlsx")
@members
def export() -> Response:
    """The list as it is filtered, for Excel."""
    rows, _total = companies.listed(current_user, _filters(), page_size=EXPORT_MOST)
    names = town_names()
    headings = [
        _("Business ID"),
        _("Company"),
        _("Street address"),
        _("Postal code"),
        _("Post office"),
        _("Industry"),
        _("Phone"),
        _("E-mail"),
        _("Website"),
        _("Relationship"),
        _("Person responsible"),
        _("Last contact"),
        _("Towns"),
    ]
    data = write_xlsx(headings, [_exported(row, names) for row in rows])
    answer = Response(data, mimetype=XLSX)
    name = f"seutu-{clock.today().isoformat()}.xlsx"
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/companies/<int:company_id>")
@members
def show(company_id: int) -> str:
    company = company_or_404(company_id)
    today = clock.today()
    most = min(max(request.args.get("show", TIMELINE_STEP, type=int), 1), TIMELINE_MOST)
    filters = interactions.Filters(
        channel=member_or_none(Channel, request.args.get("channel")),
        topic=member_or_none(Topic, request.args.get("topic")),
    )
    people = companies.people_of(company, today=today)
    moments, older = interactions.timeline(current_user, company, filters, most=most)
    return render_template(
        "companies/show.html",
        company=company,
        engagement=_own_engagement(company),
        towns=town_names(),
        people=people,
        same_people=same_people([row.person for row in people]),
        merged=merges.into(MergeKind.COMPANY, company.id),
        undo_since=clock.now() - UNDO_FOR,
        open_tasks=follow_ups.open_of_company(current_user, company),
        trends=companies.trends(company),
        moments=moments,
        older=older,
        filters_now=filters,
        channels=choices(Channel),
        topics=choices(Topic),
        show_next=most + 3 * TIMELINE_STEP,
        industry=industry_name(company),
        may_edit=any(current_user.may(Right.EDIT_COMPANY, code) for code in known_to(company)),
    )


@bp.get("/companies/<int:company_id>/history")
@members
def changes(company_id: int) -> str:
    company = company_or_404(company_id)
    events = history.of_company(current_user, company)
    return render_template("companies/changes.html", company=company, events=events)


@bp.route("/companies/new", methods=["GET", "POST"])
@needs(Right.EDIT_COMPANY)
def new() -> object:
    form = CompanyForm(name=request.args.get("name", ""))
    towns = users.towns(current_user.towns_with(Right.EDIT_COMPANY) or None)
    form.offer([(town.code, town.name(i18n.language())) for town in towns])
    if form.validate_on_submit():
        with form.refusals():
            company = create_company(current_user, **form.values(), now=clock.now())
            db.session.commit()
            flash(_("Company added."))
            return redirect(url_for("companies.show", company_id=company.id))
    firm = Firm("", form.name.data or "", business_id=form.business_id.data or "")
    likely = alike(firm)
    return render_template("companies/new.html", form=form, alike=likely), form.status


@bp.post("/companies/<int:company_id>/engage")
@needs(Right.EDIT_COMPANY)
def take_on(company_id: int) -> object:
    """Add a company that other towns know to one's own town's."""
    company = company_or_404(company_id)
    town_code = request.form.get("town_code", "")
    if town_code not in town_names():
        abort(422)
    engage(current_user, company, town_code=town_code, now=clock.now())
    db.session.commit()
    flash(_("The company is now among your town's companies."))
    return redirect(url_for("companies.show", company_id=company.id))


def industry_name(company: Company) -> str | None:
    """The industry in the reader's language, as far as the shipped lists have it."""
    if not company.industry_code:
        return None
    name = codes.industry(company.industry_code, company.industry_standard, i18n.language())
    return f"{name} ({company.industry_code})" if name else company.industry_code


def _own_engagement(company: Company) -> Any:
    own = [row for row in company.engagements if row.town_code in current_user.town_codes]
    return own[0] if own else None


def town_names() -> dict[str, str]:
    """{code: name in the reader's language} of every member town, read once a request."""
    if "town_names" not in g:
        g.town_names = {town.code: town.name(i18n.language()) for town in users.towns()}
    names: dict[str, str] = g.town_names
    return names


def _filters() -> companies.Filters:
    args = request.args
    own = current_user.town_codes
    town = args.get("town", own[0] if own else "")
    quiet = clock.today() - timedelta(days=QUIET_DAYS) if args.get("quiet") else None
    filters = companies.Filters(
        town=town if town != "all" and town else None,
        tier=member_or_none(Tier, args.get("tier")),
        owner_id=current_user.id if args.get("mine") else None,
        industry=(args.get("industry") or "").strip()[:5] or None,
        quiet_since=quiet,
        with_ended=bool(args.get("ended")),
        by_contact=args.get("sort") == "contact" and bool(town and town != "all"),
    )
    text = (args.get("q") or "").strip()
    if text:
        hits = search.find_companies(current_user, text, limit=200)
        filters = replace(filters, ids=tuple(hit.id for hit in hits))
    return filters


def _exported(row: companies.Listed, names: dict[str, str]) -> list[str]:
    company, engagement = row.company, row.engagement
    site = company.sites[0] if company.sites else None
    owner = engagement.owner.name if engagement and engagement.owner else ""
    return [
        company.business_id or "",
        company.name,
        site.street or "" if site else "",
        site.postcode or "" if site else "",
        site.city or "" if site else "",
        industry_name(company) or "",
        company.phone or "",
        company.email or "",
        company.website or "",
        label(engagement.tier) if engagement else "",
        owner,
        i18n.day(engagement.last_contact_on) if engagement else "",
        ", ".join(names.get(code, code) for code in known_to(company)),
    ]
