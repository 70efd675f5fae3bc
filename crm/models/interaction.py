from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import Base, db
from crm.domain.access import Visibility
from crm.domain.interactions import Channel, GrowthWill, Topic
from crm.models.company import Company
from crm.models.person import Person
from crm.models.stamped import Stamped, Versioned
from crm.models.user import User

interaction_reader = Table(
    "interaction_reader",
    Base.metadata,
    Column("interaction_id", ForeignKey("interaction.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("user.id"), primary_key=True, index=True),
)
interaction_advisor = Table(
    "interaction_advisor",
    Base.metadata,
    Column("interaction_id", ForeignKey("interaction.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", ForeignKey("user.id"), primary_key=True, index=True),
)
interaction_attendee = Table(
    "interaction_attendee",
    Base.metadata,
    Column("interaction_id", ForeignKey("interaction.id", ondelete="CASCADE"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True, index=True),
)


class Interaction(Versioned, db.Model):
    """One visit, call, meeting, e-mail or event with a company. A merge moves it, never edits it.

    Read it through crm.queries.scope only: that is where its visibility is kept. form_key is
    the key of the form that made it, so that a second tap on Save makes no second row.
    """

    __table_args__ = (
        Index("ix_interaction_company_id_held_on", "company_id", "held_on", "id"),
        Index("ix_interaction_town_code_held_on", "town_code", "held_on", "id"),
        Index("ix_interaction_author_id_held_on", "author_id", "held_on", "id"),
        Index("ix_interaction_held_on", "held_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    town_code: Mapped[str] = mapped_column(ForeignKey("town.code"))
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    channel: Mapped[Channel]
    held_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.TOWN)
    growth_will: Mapped[GrowthWill | None]
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)
    deleted_at: Mapped[datetime | None]

    company: Mapped[Company] = relationship()
    author: Mapped[User] = relationship()
    advisors: Mapped[list[User]] = relationship(secondary=interaction_advisor)
    attendees: Mapped[list[Person]] = relationship(
        secondary=interaction_attendee,
        secondaryjoin=lambda: and_(
            interaction_attendee.c.person_id == Person.id, Person.merged_into_id.is_(None)
        ),
    )
    readers: Mapped[list[User]] = relationship(secondary=interaction_reader)
    topic_rows: Mapped[list["InteractionTopic"]] = relationship(
        cascade="all, delete-orphan", order_by="InteractionTopic.topic"
    )

    @property
    def topics(self) -> list[Topic]:
        return [row.topic for row in self.topic_rows]


class InteractionTopic(db.Model):
    interaction_id: Mapped[int] = mapped_column(
        ForeignKey("interaction.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[Topic] = mapped_column(primary_key=True)


class Draft(Stamped, db.Model):
    """A meeting somebody began to log and has not saved yet; only its writer sees it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    form_key: Mapped[str] = mapped_column(String(64), unique=True)
    values: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]

    company: Mapped[Company | None] = relationship()
