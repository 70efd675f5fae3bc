"""The words for what was done, and for what an import would change."""

from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from crm.domain.batches import RowResult
from crm.domain.companies import FigureKind, NameKind, SiteKind
from crm.domain.imports.changes import Part
from crm.labels.values import FIELD_LABELS, LABELS, label

ACTS: dict[str, LazyString] = {
    "company.created": _l("Company added"),
    "company.changed": _l("Fact changed"),
    "company.figure": _l("Figure stated"),
    "company.imported": _l("Changed by an import"),
    "company.undone": _l("Change taken back"),
    "company.merged": _l("Companies merged"),
    "company.unmerged": _l("Merge taken back"),
    "engagement.begun": _l("Relationship began"),
    "engagement.changed": _l("Relationship changed"),
    "engagement.undone": _l("Change taken back"),
    "person.added": _l("Person added"),
    "person.changed": _l("Person changed"),
    "person.merged": _l("Persons merged"),
    "person.unmerged": _l("Merge of persons taken back"),
}

LOGGED_FIELDS: dict[str, LazyString] = {
    **{field.value: text for field, text in FIELD_LABELS.items()},
    "industry_standard": _l("Classification"),
    "legal_form": _l("Legal form"),
    "tier": _l("Relationship"),
    "owner_id": _l("Person responsible"),
    "own_cadence_days": _l("Days between contacts"),
    "person": _l("Person"),
    "merged": _l("Merged company"),
    "ended_on": _l("Ended"),
    "registered_on": _l("Registered"),
}


def act_label(act: str) -> str:
    return str(ACTS.get(act, act))


def field_label(field: str) -> str:
    return str(LOGGED_FIELDS.get(field, field))


def change_text(change: dict[str, Any]) -> str:
    """One planned change of an import's row: what, from what, to what."""
    names = {**LOGGED_FIELDS, **PART_FIELDS}
    what = str(names.get(change["field"], change["field"]))
    old, new = _said(change["old"]), _said(change["new"])
    if change["part"] == Part.ENGAGEMENT:
        return _("Joins the town's companies")
    if not old:
        return _("%(what)s: %(new)s", what=what, new=new)
    return _("%(what)s: %(old)s → %(new)s", what=what, old=old, new=new)


def _said(value: Any) -> str:
    if isinstance(value, dict):
        skip = {"municipality_code", "country", "kind"}
        return ", ".join(str(each) for key, each in value.items() if each and key not in skip)
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")
    return "" if value is None else str(value)


PART_FIELDS: dict[str, LazyString] = {
    **{kind.value: text for kind, text in LABELS[SiteKind].items()},
    **{kind.value: text for kind, text in LABELS[NameKind].items() if kind is not NameKind.MAIN},
    **{kind.value: text for kind, text in LABELS[FigureKind].items()},
}


def result_label(result: str) -> str:
    return label(RowResult(result))
