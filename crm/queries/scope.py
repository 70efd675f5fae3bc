"""What an actor may read: the one place where visibility is kept.

Every list, page, search, export, feed, mail and count of interactions, follow-ups, drafts and
log events begins with one of these selects; tests/test_house.py refuses another way in.
"""

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from crm.domain.access import Right, Visibility, allowed
from crm.models.audit import AuditEvent
from crm.models.company import Engagement
from crm.models.follow_up import FollowUp
from crm.models.interaction import Draft, Interaction, interaction_reader
from crm.models.user import User


def interactions(actor: User, *, deleted: bool = False) -> Select[Interaction]:
    """Interactions the actor may read: of the network, of own towns, and those naming them."""
    state = Interaction.deleted_at.is_not(None) if deleted else Interaction.deleted_at.is_(None)
    return select(Interaction).where(state, _readable_interaction(actor))


def _readable_interaction(actor: User) -> ColumnElement[bool]:
    named = select(interaction_reader.c.interaction_id).where(
        interaction_reader.c.user_id == actor.id
    )
    return or_(
        Interaction.visibility == Visibility.NETWORK,
        and_(Interaction.visibility == Visibility.TOWN, _own_town(Interaction, actor)),
        and_(Interaction.visibility == Visibility.NAMED, Interaction.id.in_(named)),
    )


def follow_ups(actor: User) -> Select[FollowUp]:
    """Promises the actor may read: their own always, else as the note they were made in."""
    return select(FollowUp).where(
        or_(
            FollowUp.assignee_id == actor.id,
            FollowUp.visibility == Visibility.NETWORK,
            and_(FollowUp.visibility == Visibility.TOWN, _own_town(FollowUp, actor)),
            and_(FollowUp.visibility == Visibility.NAMED, FollowUp.author_id == actor.id),
        )
    )


def _own_town(table: type[Interaction] | type[FollowUp], actor: User) -> ColumnElement[bool]:
    """In one of the actor's towns. A coordinator works in every town without belonging to any,
    and reads there what they wrote themselves."""
    own = table.town_code.in_(actor.town_codes)
    return or_(own, table.author_id == actor.id) if actor.network_role else own


def relationships(actor: User) -> ColumnElement[bool]:
    """How close a firm is and when it was last met is its town's affair: of own towns, and of all
    for a coordinator. Who answers for it everybody may know."""
    if actor.network_role and allowed([actor.network_role], Right.SEE_RELATIONSHIP):
        return true()
    return Engagement.town_code.in_(actor.town_codes)


def drafts(actor: User) -> Select[Draft]:
    return select(Draft).where(Draft.user_id == actor.id)


def audit_events(actor: User) -> Select[AuditEvent]:
    """Events of what everybody sees, of the actor's towns, and the actor's own."""
    return select(AuditEvent).where(
        or_(
            AuditEvent.town_code.is_(None),
            AuditEvent.town_code.in_(actor.town_codes),
            AuditEvent.actor_id == actor.id,
        )
    )
