"""Nothing new is hung on a company or a person that was merged meanwhile.

The row is locked against a merge under way: one of the two waits, and then sees what the other did.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import MANYTOONE, Session

from crm.domain.errors import Conflict, Reason
from crm.models.company import Company
from crm.models.interaction import Interaction
from crm.models.person import Person


def _named(row: Any, kind: type[Any]) -> Iterator[int | None]:
    """Ids of the companies, or people, that a row names; asks the database for nothing."""
    state = inspect(row)
    for relation in state.mapper.relationships:
        if relation.direction is MANYTOONE and relation.mapper.class_ is kind:
            other = state.dict.get(relation.key)
            columns = [state.mapper.get_property_by_column(c) for c in relation.local_columns]
            yield other.id if other is not None else state.dict.get(columns[0].key)


def _joined(session: Session, kind: type[Any]) -> Iterator[int | None]:
    for row in session.new:
        yield from _named(row, kind)
    if kind is Person:
        for row in [*session.new, *session.dirty]:
            if isinstance(row, Interaction):
                added: tuple[Person, ...] = tuple(inspect(row).attrs.attendees.history.added)
                yield from (person.id for person in added)


@event.listens_for(Session, "before_flush")
def _refuse_merged(session: Session, _context: Any, _instances: Any) -> None:
    for kind in (Company, Person):
        ids = sorted({row_id for row_id in _joined(session, kind) if row_id is not None})
        if not ids:
            continue
        current = select(kind.merged_into_id).where(kind.id.in_(ids)).order_by(kind.id)
        locked = current.with_for_update(read=True, key_share=True)
        if any(into is not None for into in session.execute(locked).scalars()):
            raise Conflict("company", Reason.MERGED_SINCE)
