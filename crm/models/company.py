from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import db
from crm.domain.access import Language
from crm.domain.cadence import Tier
from crm.domain.companies import (
    CompanyStatus,
    FigureKind,
    IndustryStandard,
    NameKind,
    SiteKind,
    Source,
)
from crm.models.stamped import Stamped, Versioned, index_of_merged
from crm.models.user import User


class Company(Versioned, db.Model):
    """One legal entity, known to the whole network. name is the current main name.

    search_text is the folded text of all its names and its Y-tunnus; crm.models.search_text
    keeps it, and the trigram index of each database follows the column. A company that was merged
    stays for ever with merged_into_id, hidden everywhere, and its address leads to that one; merged
    are the ones that were merged straight into this one.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    business_id: Mapped[str | None] = mapped_column(String(9), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    search_text: Mapped[str] = mapped_column(Text, default="")
    legal_form: Mapped[str | None] = mapped_column(String(40))
    status: Mapped[CompanyStatus] = mapped_column(default=CompanyStatus.ACTIVE)
    industry_code: Mapped[str | None] = mapped_column(String(5), index=True)
    industry_standard: Mapped[IndustryStandard | None]
    language: Mapped[Language | None]
    website: Mapped[str | None] = mapped_column(String(255))
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(20))
    description: Mapped[str | None] = mapped_column(Text)
    registered_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    source: Mapped[Source] = mapped_column(default=Source.PERSON)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))

    merged: Mapped[list["Company"]] = relationship(order_by="Company.id", viewonly=True)
    names: Mapped[list["CompanyName"]] = relationship(
        back_populates="company", cascade="all, delete-orphan", order_by="CompanyName.id"
    )
    sites: Mapped[list["Site"]] = relationship(
        back_populates="company", cascade="all, delete-orphan", order_by="Site.id"
    )
    figures: Mapped[list["Figure"]] = relationship(
        back_populates="company",
        cascade="all, delete-orphan",
        order_by="Figure.year.desc(), Figure.id.desc()",
    )
    engagements: Mapped[list["Engagement"]] = relationship(
        back_populates="company", cascade="all, delete-orphan", order_by="Engagement.town_code"
    )

    __table_args__ = (
        Index("ix_company_name", "name", "id"),
        index_of_merged("ix_company_merged_into_id"),
    )


class CompanyName(Stamped, db.Model):
    """A name a company has or had: main, parallel, auxiliary or former."""

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[NameKind] = mapped_column(default=NameKind.MAIN)
    language: Mapped[Language | None]
    since_on: Mapped[date | None]
    until_on: Mapped[date | None]

    company: Mapped[Company] = relationship(back_populates="names")


class Site(Versioned, db.Model):
    """A place of business or an address of a company. municipality_code may lie outside the
    network."""

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(
        ForeignKey("company.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[SiteKind] = mapped_column(default=SiteKind.VISITING)
    street: Mapped[str | None] = mapped_column(String(200))
    postcode: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[str | None] = mapped_column(String(100))
    municipality_code: Mapped[str | None] = mapped_column(String(3), index=True)
    country: Mapped[str] = mapped_column(String(2), default="FI")

    company: Mapped[Company] = relationship(back_populates="sites")


class Figure(Stamped, db.Model):
    """A number about a company for one year: staff in persons, turnover in whole euros."""

    __table_args__ = (Index("ix_figure_company_id_kind_year", "company_id", "kind", "year"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    kind: Mapped[FigureKind]
    year: Mapped[int]
    value: Mapped[int] = mapped_column(BigInteger)
    source: Mapped[Source]
    stated_on: Mapped[date]

    company: Mapped[Company] = relationship(back_populates="figures")


class Engagement(Versioned, db.Model):
    """One town's relationship to a company: who answers for it, how close it is, last contact."""

    __table_args__ = (
        UniqueConstraint("company_id", "town_code"),
        Index("ix_engagement_owner_id_tier", "owner_id", "tier", "last_contact_on"),
        Index("ix_engagement_town_code_tier", "town_code", "tier", "last_contact_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    town_code: Mapped[str] = mapped_column(ForeignKey("town.code"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    tier: Mapped[Tier] = mapped_column(default=Tier.KNOWN)
    own_cadence_days: Mapped[int | None]
    last_contact_on: Mapped[date | None]

    company: Mapped[Company] = relationship(back_populates="engagements")
    owner: Mapped[User | None] = relationship()
