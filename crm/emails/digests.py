"""The morning digest: what waits for one person, in their language."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from flask import render_template
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _

from crm import i18n
from crm.domain.day import MOST, Day, DayItem, Why
from crm.labels import label
from crm.models.user import User

PROMISES = (Why.LATE, Why.DUE_TODAY)


@dataclass(frozen=True)
class Email:
    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Line:
    """One thing in the mail: whom it is about, what it is, why it is there, and where to go."""

    title: str
    text: str
    why: str
    url: str
    late: bool


@dataclass(frozen=True)
class Links:
    """Whole addresses of pages; base_url is the address people use, without a closing slash."""

    base_url: str

    def home(self) -> str:
        return f"{self.base_url}/"

    def settings(self) -> str:
        return f"{self.base_url}/settings"

    def of(self, item: DayItem) -> str:
        if item.why in PROMISES:
            return f"{self.base_url}/follow-ups#f{item.row_id}"
        if item.why is Why.DRAFT:
            return f"{self.base_url}/interactions/new?draft={quote(item.form_key, safe='')}"
        if item.company_id is None:
            return self.home()
        return f"{self.base_url}/companies/{item.company_id}"


def digest(user: User, day: Day, *, today: date, base_url: str) -> Email:
    """The mail about everything that waits: the most pressing things, and how many there are
    besides. The text and the HTML part say the same."""
    links = Links(base_url.rstrip("/"))
    shown = Day(day.items[:MOST], day.total)
    with force_locale(user.language.value):
        said = {
            "user": user,
            "lang": user.language.value,
            "heading": _heading(day),
            "lines": [_line(item, links) for item in shown.items],
            "rest": shown.rest,
            "today": today,
            "links": links,
        }
        return Email(
            subject=_subject(day),
            text=_tidy(render_template("emails/digest/text.txt", **said)),
            html=render_template("emails/digest/html.html", **said),
        )


def _n_late(day: Day) -> int:
    return sum(item.why is Why.LATE for item in day.items)


def _subject(day: Day) -> str:
    late = _n_late(day)
    if not late:
        return ngettext("%(num)s thing today", "%(num)s things today", day.total)
    if day.total == 1:
        return _("1 thing today: it is late")
    return ngettext(
        "%(total)s things today: %(num)s late",
        "%(total)s things today: %(num)s late",
        late,
        total=day.total,
    )


def _heading(day: Day) -> str:
    return ngettext(
        "%(num)s thing waits for you today", "%(num)s things wait for you today", day.total
    )


def _line(item: DayItem, links: Links) -> Line:
    title = item.company or _("Meeting without a company")
    reasons = " · ".join(piece for piece in _reasons(item) if piece)
    why = reasons[:1].upper() + reasons[1:]
    return Line(title, " ".join(item.text.split()), why, links.of(item), item.why is Why.LATE)


def _reasons(item: DayItem) -> list[str]:
    """Why the thing is there, in the words of the day's page."""
    match item.why:
        case Why.LATE:
            return [i18n.late(item.days)]
        case Why.DUE_TODAY:
            return [_("promised for today")]
        case Why.DRAFT:
            return [_("Draft of %(day)s, not saved yet", day=i18n.day(item.on))]
        case Why.NEVER_MET:
            tier = label(item.tier).lower()
            return [_("never met, %(tier)s", tier=tier), *_cadence(item)]
        case Why.QUIET:
            days = ngettext(
                "%(num)s day without contact", "%(num)s days without contact", item.days
            )
            return [days, label(item.tier), *_cadence(item)]


def _cadence(item: DayItem) -> list[str]:
    every = ngettext("to be met every %(num)s day", "to be met every %(num)s days", item.allowed)
    return [every, _("nobody is responsible yet") if item.unowned else ""]


def _tidy(text: str) -> str:
    return text.strip() + "\n"
