from datetime import date

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import db
from crm.domain.access import Language
from crm.domain.companies import Source
from crm.models.company import Company
from crm.models.stamped import Stamped, Versioned, index_of_merged


class Person(Versioned, db.Model):
    """A contact person. search_text is the folded name, phone and e-mail. Merged ones stay, as
    companies do."""

    __table_args__ = (index_of_merged("ix_person_merged_into_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    language: Mapped[Language | None]
    source: Mapped[Source] = mapped_column(default=Source.PERSON)
    search_text: Mapped[str] = mapped_column(Text, default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    merged: Mapped[list["Person"]] = relationship(order_by="Person.id", viewonly=True)
    positions: Mapped[list["Position"]] = relationship(
        back_populates="person", cascade="all, delete-orphan"
    )


class Position(Stamped, db.Model):
    """A person's dated role in a company; no end date while it lasts."""

    __table_args__ = (Index("ix_position_company_id_until_on", "company_id", "until_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    title: Mapped[str | None] = mapped_column(String(120))
    since_on: Mapped[date | None]
    until_on: Mapped[date | None]

    person: Mapped[Person] = relationship(back_populates="positions")
    company: Mapped[Company] = relationship()
