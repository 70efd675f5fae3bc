"""One town's relationship to a company."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import func, select

from crm import audit
from crm.actions.changes import change
from crm.db import db
from crm.domain.access import Right, require
from crm.domain.cadence import Tier
from crm.domain.errors import Conflict, Invalid, Reason
from crm.models.audit import AuditEvent
from crm.models.company import Company, Engagement
from crm.models.interaction import Interaction
from crm.models.user import User


def touch(company: Company, town_code: str, *, held_on: date, owner: User) -> Engagement:
    """Begin or renew the relationship after a contact: a firm that was only known becomes a
    client, and whoever met it first answers for it until somebody else is named."""
    row = find(company, town_code)
    if row is None:
        row = Engagement(company=company, town_code=town_code, tier=Tier.KNOWN)
        db.session.add(row)
    if row.tier is Tier.KNOWN:
        row.tier = Tier.ENGAGED
    if row.owner_id is None and row.owner is None:
        row.owner = owner
    if row.last_contact_on is None or row.last_contact_on < held_on:
        row.last_contact_on = held_on
    return row


def engage(actor: User, company: Company, *, town_code: str, now: datetime) -> Engagement:
    """Add the company to a town's own; does nothing when it is there already."""
    require(actor, Right.EDIT_COMPANY, town_code)
    row = find(company, town_code)
    if row is not None:
        return row
    row = Engagement(company=company, town_code=town_code, tier=Tier.KNOWN, owner=actor)
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "engagement.begun", row, now=now, town_code=town_code)
    return row


def edit_engagement(
    actor: User,
    row: Engagement,
    *,
    tier: Tier,
    owner: User | None,
    own_cadence_days: int | None,
    version: int,
    now: datetime,
) -> AuditEvent:
    """Change how close the relationship is, who answers for it, and how often it is tended.

    own_cadence_days is 7 to 1,095, or None for the tier's default.
    """
    require(actor, Right.EDIT_COMPANY, row.town_code)
    if row.version != version:
        raise Conflict("tier", Reason.CHANGED_SINCE)
    if own_cadence_days is not None and not 7 <= own_cadence_days <= 1095:
        raise Invalid("own_cadence_days", Reason.OUT_OF_RANGE, least=7, most=1095)
    if owner is not None and not owner.may(Right.KEEP_FOLLOW_UPS, row.town_code):
        raise Invalid("owner", Reason.UNKNOWN_CHOICE)
    changes = change(
        row,
        tier=tier,
        owner_id=owner.id if owner else None,
        own_cadence_days=own_cadence_days,
    )
    db.session.flush()
    return audit.record(
        actor, "engagement.changed", row, now=now, town_code=row.town_code, changes=changes
    )


def find(company: Company, town_code: str) -> Engagement | None:
    return db.session.scalar(
        select(Engagement).where(
            Engagement.company_id == company.id, Engagement.town_code == town_code
        )
    )


def renew_last_contact(row: Interaction) -> None:
    """Count the town's last contact again after row changed, over all its interactions whoever
    may read them. A merge may have moved row while it was being written."""
    db.session.refresh(row, ["company_id", "company"])
    newest = select(func.max(Interaction.held_on)).where(
        Interaction.company_id == row.company_id,
        Interaction.town_code == row.town_code,
        Interaction.deleted_at.is_(None),
    )
    engagement = find(row.company, row.town_code)
    if engagement is not None:
        engagement.last_contact_on = db.session.scalar(newest)


def renew_last_contacts(company: Company, *, parted_from: Collection[int]) -> None:
    """The same for every town, after an undone merge parted the company from these others. A day
    that no interaction here explains is kept, unless it is that of one of theirs."""
    last = _last_contacts(company)
    for row in company.engagements:
        if row.town_code in last:
            newest = last[row.town_code]
        else:
            newest = None if _is_of(parted_from, row) else row.last_contact_on
        if row.last_contact_on != newest:
            row.last_contact_on = newest


def _is_of(company_ids: Collection[int], row: Engagement) -> bool:
    of_theirs = select(func.count(Interaction.id)).where(
        Interaction.company_id.in_(company_ids),
        Interaction.town_code == row.town_code,
        Interaction.held_on == row.last_contact_on,
    )
    return bool(db.session.scalar(of_theirs))


def begin_where_met(company: Company) -> None:
    """Give the company a client's relationship to each town that has met it and has none: the one
    it had went back to another company with an undone merge."""
    known = {row.town_code for row in company.engagements}
    for town_code, held_on in _last_contacts(company).items():
        if held_on is not None and town_code not in known:
            row = Engagement(town_code=town_code, tier=Tier.ENGAGED, last_contact_on=held_on)
            company.engagements.append(row)


def _last_contacts(company: Company) -> dict[str, date | None]:
    """{town: day of its newest interaction, None when all were deleted}."""
    newest = func.max(Interaction.held_on).filter(Interaction.deleted_at.is_(None))
    found = db.session.execute(
        select(newest, Interaction.town_code)
        .where(Interaction.company_id == company.id)
        .group_by(Interaction.town_code)
    )
    return {town_code: held_on for held_on, town_code in found}
