"""Writes the demo: the same arguments give the same data, at any size."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session, scoped_session

from crm import codes
from crm.demo import day, people
from crm.demo.firms import Contact, Firm, business_ids, firms
from crm.demo.meetings import Meeting, meetings
from crm.demo.twins import twins
from crm.demo.writing import link, write
from crm.domain.access import Role, Visibility
from crm.domain.cadence import Tier
from crm.domain.companies import (
    FigureKind,
    IndustryStandard,
    NameKind,
    SiteKind,
    Source,
)
from crm.domain.followups import FollowUpState
from crm.models import (
    Company,
    CompanyName,
    Engagement,
    Figure,
    FollowUp,
    Interaction,
    InteractionTopic,
    Person,
    Position,
    Site,
    User,
)
from crm.models.interaction import (
    interaction_advisor,
    interaction_attendee,
    interaction_reader,
)
from crm.models.search_text import text_of_company, text_of_person

SEED = 2026
ONE_TWIN_OF = 25  # rows that are of a firm another town has already
KEPT = 0.85  # the share of promises that were kept
Row = dict[str, Any]


def seed(
    session: scoped_session[Any],
    *,
    companies: int = 400,
    interactions: int = 1500,
    seed: int = SEED,
    today: date,
    now: datetime,
) -> dict[str, int]:
    """Write the ten towns, their people, firms, contacts and promises; returns the counts.

    Does not commit. Dates are relative to today.
    """
    work = _Seeding(session, Random(seed), today, now)  # type: ignore[arg-type]
    work.write_firms(companies)
    work.write_meetings(interactions)
    work.write_engagements()
    day.write(session, work.colleagues, work.random, today, now)  # type: ignore[arg-type]
    return work.counts


class _Seeding:
    def __init__(self, session: Session, random: Random, today: date, now: datetime) -> None:
        self.session = session
        self.random = random
        self.today = today
        self.now = now
        self.colleagues = people.users(session, people.towns(session))
        self.firms: list[Firm] = []
        self.ids: list[int] = []
        self.people: list[list[int]] = []
        self.owners: list[int] = []
        self.last: dict[tuple[int, str], date] = {}
        self.counts: dict[str, int] = {}

    def write_firms(self, n: int) -> None:
        numbers, n_twins = business_ids(), n // ONE_TWIN_OF
        known = list(firms(n - n_twins, numbers, self.random, self.today))
        self.firms = [*known, *twins(known, n_twins, numbers, self.random)]
        self.ids = write(self.session, Company, map(self._company, self.firms))
        made = list(zip(self.ids, self.firms, strict=True))
        link(self.session, CompanyName, (row for i, f in made for row in _names(i, f)))
        link(self.session, Site, [_site(i, f) for i, f in made])
        link(self.session, Figure, (row for i, f in made for row in self._figures(i, f)))
        contacts = [(i, contact) for i, f in made for contact in f.contacts]
        person_ids = write(self.session, Person, (_person(c) for _i, c in contacts))
        both = list(zip(contacts, person_ids, strict=True))
        link(self.session, Position, (_position(i, p, c) for (i, c), p in both))
        of_company: dict[int, list[int]] = {i: [] for i in self.ids}
        for (company_id, _contact), person_id in both:
            of_company[company_id].append(person_id)
        self.people = [of_company[i] for i in self.ids]
        self.owners = [self.random.choice(self._advisors(f.towns[0])).id for f in self.firms]
        self.counts |= {"companies": len(self.ids), "people": len(person_ids)}

    def _advisors(self, town: str) -> list[User]:
        return [u for u in self.colleagues[town] if u.memberships[0].role is Role.ADVISOR]

    def _company(self, firm: Firm) -> Row:
        names = [name for name in (firm.name, firm.former, firm.auxiliary) if name]
        phone = firm.contacts[0].phone
        return {
            "name": firm.name,
            "business_id": firm.business_id,
            "search_text": text_of_company(names, firm.business_id, phone),
            "phone": phone,
            "status": firm.status,
            "industry_code": firm.industry,
            "industry_standard": IndustryStandard.TOL2008,
            "language": firm.language,
            "website": f"https://www.{firm.domain}",
            "email": f"info@{firm.domain}",
            "registered_on": firm.registered_on,
            "source": Source.DEMO,
            "version": 1,
        }

    def _figures(self, company_id: int, firm: Firm) -> Iterator[Row]:
        for kind, rows in ((FigureKind.STAFF, firm.staff), (FigureKind.TURNOVER, firm.turnover)):
            for year, value in rows:
                yield {
                    "company_id": company_id,
                    "kind": kind,
                    "year": year,
                    "value": value,
                    "source": Source.DEMO,
                    "stated_on": min(date(year + 1, 4, 15), self.today),
                }

    def write_meetings(self, n: int) -> None:
        tiers = [firm.tier for firm in self.firms]
        languages = [firm.language.value for firm in self.firms]
        made = list(meetings(n, tiers, languages, self.random, self.today))
        towns = [self._town_of(meeting) for meeting in made]
        authors = [self._author(m, town) for m, town in zip(made, towns, strict=True)]
        rows = (self._meeting(m, t, a) for m, t, a in zip(made, towns, authors, strict=True))
        ids = write(self.session, Interaction, rows)
        self._link_meetings(ids, made, authors)
        promises = [
            self._promise(i, m, t, a)
            for i, m, t, a in zip(ids, made, towns, authors, strict=True)
            if m.note.promise
        ]
        link(self.session, FollowUp, promises)
        self.counts |= {"interactions": len(ids), "follow_ups": len(promises)}

    def _town_of(self, meeting: Meeting) -> str:
        town = self.random.choice(self.firms[meeting.firm].towns)
        key = (meeting.firm, town)
        self.last[key] = max(self.last.get(key, meeting.held_on), meeting.held_on)
        return town

    def _author(self, meeting: Meeting, town: str) -> int:
        at_home = town == self.firms[meeting.firm].towns[0]
        if at_home and self.random.random() < 0.8:
            return self.owners[meeting.firm]
        return self.random.choice(self._advisors(town)).id

    def _meeting(self, meeting: Meeting, town: str, author: int) -> Row:
        return {
            "company_id": self.ids[meeting.firm],
            "town_code": town,
            "author_id": author,
            "channel": meeting.channel,
            "held_on": meeting.held_on,
            "note": meeting.text,
            "visibility": meeting.visibility,
            "growth_will": meeting.note.will,
            "version": 1,
        }

    def _link_meetings(self, ids: list[int], made: list[Meeting], authors: list[int]) -> None:
        all_three = list(zip(ids, made, authors, strict=True))
        link(
            self.session,
            InteractionTopic,
            ({"interaction_id": i, "topic": t} for i, m, _a in all_three for t in m.note.topics),
        )
        link(
            self.session,
            interaction_advisor,
            ({"interaction_id": i, "user_id": a} for i, _m, a in all_three),
        )
        link(
            self.session,
            interaction_attendee,
            (
                {"interaction_id": i, "person_id": person}
                for i, m, _a in all_three
                for person in self.people[m.firm][: self.random.randint(1, 2)]
            ),
        )
        link(
            self.session,
            interaction_reader,
            (
                {"interaction_id": i, "user_id": a}
                for i, m, a in all_three
                if m.visibility is Visibility.NAMED
            ),
        )

    def _promise(self, interaction_id: int, meeting: Meeting, town: str, author: int) -> Row:
        due_on = meeting.held_on + timedelta(days=self.random.choice((7, 7, 14, 30)))
        past = due_on < self.today - timedelta(days=6)
        done = past or (due_on < self.today and self.random.random() < KEPT)
        closed = min(self.now, self.now - timedelta(days=(self.today - due_on).days, hours=2))
        return {
            "company_id": self.ids[meeting.firm],
            "town_code": town,
            "interaction_id": interaction_id,
            "author_id": author,
            "assignee_id": author,
            "text": meeting.note.promise,
            "due_on": due_on,
            "state": FollowUpState.DONE if done else FollowUpState.OPEN,
            "visibility": meeting.visibility,
            "closed_at": closed if done else None,
            "closed_by_id": author if done else None,
            "version": 1,
        }

    def write_engagements(self) -> None:
        link(
            self.session,
            Engagement,
            (
                self._engagement(place, town)
                for place, firm in enumerate(self.firms)
                for town in firm.towns
            ),
        )

    def _engagement(self, place: int, town: str) -> Row:
        firm = self.firms[place]
        last = self.last.get((place, town))
        home = town == firm.towns[0]
        tier = firm.tier if home else Tier.ENGAGED if last else Tier.KNOWN
        owner = self.owners[place] if home else self._advisors(town)[0].id
        return {
            "company_id": self.ids[place],
            "town_code": town,
            "owner_id": None if tier is Tier.KNOWN and not last else owner,
            "tier": tier,
            "last_contact_on": last,
            "version": 1,
        }


def _names(company_id: int, firm: Firm) -> Iterator[Row]:
    kinds = (
        (NameKind.MAIN, firm.name),
        (NameKind.FORMER, firm.former),
        (NameKind.AUXILIARY, firm.auxiliary),
    )
    for kind, name in kinds:
        if name:
            yield {"company_id": company_id, "name": name, "kind": kind}


def _site(company_id: int, firm: Firm) -> Row:
    place = codes.postal_code(firm.postcode)
    return {
        "company_id": company_id,
        "kind": SiteKind.VISITING,
        "street": firm.street or None,
        "postcode": firm.postcode,
        "city": firm.city,
        "municipality_code": place.municipality_code if place else firm.towns[0],
        "country": "FI",
        "version": 1,
    }


def _person(contact: Contact) -> Row:
    facts = {"name": contact.name, "email": contact.email, "phone": contact.phone}
    text = text_of_person(contact.name, contact.phone, contact.email)
    return facts | {"search_text": text, "source": Source.DEMO, "version": 1}


def _position(company_id: int, person_id: int, contact: Contact) -> Row:
    return {"company_id": company_id, "person_id": person_id, "title": contact.title}
