"""The search box: its page, the palette, the company picker and the warning of a known firm."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from crm.domain.access import Right
from crm.domain.duplicates.records import Firm
from crm.queries import search
from crm.queries.search import COMPANY, PERSON, Hit
from crm.web.access import members, needs
from crm.web.known_firms import LONGEST_NAME, alike, suggested

bp = Blueprint("search", __name__)

ON_PAGE = 50
IN_PALETTE = 8
IN_PICKER = 8
Item = dict[str, Any]


@bp.get("/search")
@members
def index() -> str:
    text = request.args.get("q", "").strip()
    palette = request.args.get("partial") == "palette"
    hits = search.find(current_user, text, limit=IN_PALETTE if palette else ON_PAGE)
    if palette:
        return render_template("search/palette.html", groups=_groups(text, hits))
    companies, people = _of(COMPANY, hits), _of(PERSON, hits)
    return render_template("search/index.html", q=text, companies=companies, people=people)


@bp.get("/companies/pick")
@members
def pick() -> str:
    """Suggestions for the company picker; a firm is found by its people too."""
    hits = suggested(request.args.get("q", ""), limit=IN_PICKER)
    return render_template("search/pick.html", hits=hits)


@bp.get("/companies/check")
@needs(Right.EDIT_COMPANY)
def check() -> str:
    """Known firms that the one being typed may be."""
    given = request.args
    firm = Firm(
        "",
        given.get("name", "")[:LONGEST_NAME],
        business_id=given.get("business_id", "")[:20],
        street=given.get("street", "")[:200],
        postcode=given.get("postcode", "")[:20],
        city=given.get("city", "")[:100],
    )
    return render_template("search/check.html", alike=alike(firm, given.get("town_code")))


def _of(kind: str, hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.kind == kind]


def _groups(text: str, hits: list[Hit]) -> list[dict[str, Any]]:
    groups = [
        (_("Companies"), [_item(hit, "building-factory-2") for hit in _of(COMPANY, hits)]),
        (_("People"), [_item(hit, "user") for hit in _of(PERSON, hits)]),
    ]
    if hits or not text:
        groups.append((_("Actions"), _actions(hits)))
    elif current_user.may(Right.EDIT_COMPANY):
        groups.append((_("Actions"), [_addition(text)]))
    return [{"label": label, "items": items} for label, items in groups]


def _item(hit: Hit, icon: str) -> Item:
    return {"text": hit.text, "url": _page(hit), "icon": icon, "detail": " · ".join(hit.detail)}


def _page(hit: Hit) -> str:
    """A person is shown on the page of their firm; without one the search page stays."""
    if hit.company_id is None:
        return url_for("search.index", q=hit.text)
    anchor = "people" if hit.kind == PERSON else None
    return url_for("companies.show", company_id=hit.company_id, _anchor=anchor)


def _actions(hits: list[Hit]) -> list[Item]:
    """What can be done with the likest firm, or at once when nothing is typed."""
    first = next((hit for hit in hits if hit.company_id), None)
    firm = (first.text if first.kind == COMPANY else first.detail[0]) if first else None
    company_id = first.company_id if first else None
    actions = []
    if current_user.may(Right.LOG_INTERACTION):
        text = _("Log a meeting: %(company)s", company=firm) if firm else _("Log a meeting")
        actions.append(_action(text, "calendar-plus", "interactions.new", company=company_id))
    if firm and current_user.may(Right.KEEP_FOLLOW_UPS):
        text = _("Add a task: %(company)s", company=firm)
        actions.append(_action(text, "bell-plus", "follow_ups.new", company_id=company_id))
    return actions


def _addition(text: str) -> Item:
    label = _("Add a new company: %(name)s", name=text)
    return _action(label, "plus", "companies.new", name=text)


def _action(text: str, icon: str, endpoint: str, **values: Any) -> Item:
    return {"text": text, "icon": icon, "url": url_for(endpoint, **values), "detail": None}
