"""What was done and by whom, as far as the actor may see it."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.models.audit import AuditEvent
from crm.models.company import Company, Engagement
from crm.models.user import User
from crm.queries import scope
from crm.queries.merged import merged_ids


def event(actor: User, event_id: int) -> AuditEvent | None:
    return db.session.scalar(scope.audit_events(actor).where(AuditEvent.id == event_id))


def of_company(actor: User, company: Company, *, limit: int = 200) -> list[AuditEvent]:
    """Changes of the company's facts, its people and own towns' relationship, newest first; also
    those of the companies merged into it."""
    ids = [company.id, *merged_ids(Company, [company.id])]
    engagements = select(Engagement.id).where(Engagement.company_id.in_(ids))
    facts = and_(AuditEvent.subject == "company", AuditEvent.subject_id.in_(ids))
    relationship = and_(AuditEvent.subject == "engagement", AuditEvent.subject_id.in_(engagements))
    return list(
        db.session.scalars(
            scope.audit_events(actor)
            .where(or_(facts, relationship))
            .options(joinedload(AuditEvent.actor))
            .order_by(AuditEvent.id.desc())
            .limit(limit)
        )
    )
