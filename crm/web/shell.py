"""What every page's frame needs: language, theme, navigation, counts."""

from typing import Any

from flask import Flask, current_app, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from crm import clock, i18n
from crm.domain.access import Right, Theme
from crm.domain.browsers import browser_name
from crm.domain.interactions import Channel, may_edit
from crm.labels import (
    act_label,
    change_text,
    field_label,
    label,
    problem_text,
    result_label,
)
from crm.labels.duplicates import reason_rows, reason_texts
from crm.models.user import initials
from crm.queries import home
from crm.web import companies

CHANNEL_ICONS = {
    Channel.VISIT: "calendar-event",
    Channel.ONLINE: "device-laptop",
    Channel.CALL: "phone",
    Channel.MEETING: "users",
    Channel.EMAIL: "mail",
    Channel.EVENT: "calendar-star",
    Channel.OTHER: "message",
}


def frame() -> dict[str, Any]:
    signed_in = bool(current_user and current_user.is_authenticated)
    return {
        "lang": i18n.language(),
        "theme": str(current_user.theme if signed_in else Theme.AUTO),
        "languages": list(i18n.LANGUAGE_NAMES.items()),
        "signed_in": signed_in,
        "user": current_user,
        "demo": current_app.config["DEMO"],
        "today": clock.today(),
        "shell": _Menus() if signed_in else None,
    }


class _Menus:
    """Menus with their counts, asked for only when a page draws them."""

    def __init__(self) -> None:
        self.counts = home.counts(current_user, today=clock.today())
        self.notices = self.counts.due

    def item(
        self, label: str, icon: str, endpoint: str, count: int | None = None
    ) -> dict[str, Any]:
        url = url_for(endpoint)
        here = request.path == url or (url != "/" and request.path.startswith(url))
        return {"label": label, "icon": icon, "url": url, "count": count, "current": here}

    @property
    def nav(self) -> list[dict[str, Any]]:
        counts = self.counts
        work = [
            self.item(_("My day"), "home", "home.show"),
            self.item(_("Companies"), "building-factory-2", "companies.index", counts.companies),
            self.item(_("Meetings"), "calendar-event", "interactions.index"),
            self.item(_("Tasks"), "checkup-list", "follow_ups.index", counts.open),
        ]
        return [{"label": None, "items": work}, {"label": _("Upkeep"), "items": self._upkeep()}]

    def _upkeep(self) -> list[dict[str, Any]]:
        items = []
        if current_user.may(Right.IMPORT_COMPANIES):
            items.append(self.item(_("Imports"), "file-import", "imports.index"))
        if current_user.may(Right.MERGE_COMPANIES):
            items.append(self.item(_("Duplicates"), "copy", "duplicates.index"))
        if current_user.may(Right.MANAGE_USERS):
            items.append(self.item(_("People"), "users", "users.index"))
        if current_user.may(Right.OPERATE) or current_app.config["DEMO"]:
            items.append(self.item(_("Sent mail"), "mail", "outbox.index"))
        return items

    @property
    def phone_nav(self) -> list[dict[str, Any]]:
        return [
            self.item(_("Day"), "home", "home.show"),
            self.item(_("Companies"), "building-factory-2", "companies.index"),
            self.item(_("Tasks"), "checkup-list", "follow_ups.index"),
            self.item(_("Meetings"), "calendar-event", "interactions.index"),
        ]


def town_name(code: str) -> str:
    """The name of a member town."""
    return companies.town_names().get(code, code)


def register(app: Flask) -> None:
    app.context_processor(frame)
    app.jinja_env.filters.update(
        day=i18n.day,
        short_day=i18n.short_day,
        this_day=i18n.this_day,
        moment=i18n.moment,
        clock_time=i18n.clock_time,
        number=i18n.number,
        euros=i18n.euros,
        month=i18n.month,
        late=i18n.late,
        label=label,
        phone=i18n.phone,
        browser_name=browser_name,
        reason_rows=reason_rows,
        reason_texts=reason_texts,
        initials=initials,
        act_label=act_label,
        problem_text=problem_text,
        change_text=change_text,
        result_label=result_label,
        field_label=field_label,
        industry_name=companies.industry_name,
        town_name=town_name,
    )
    app.jinja_env.globals.update(
        channel_icon=CHANNEL_ICONS.__getitem__,
        ago=lambda value: i18n.ago(value, clock.today()),
        late_days=lambda value: (clock.today() - value).days,
        language_name=lambda code: i18n.LANGUAGE_NAMES.get(code),
        may_change=lambda row: may_edit(current_user, row),
    )
