"""Makers: rows with everything a test does not care about filled in. They flush, never commit."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from crm.db import db
from crm.domain.access import Language, Role, Visibility
from crm.domain.cadence import Tier
from crm.domain.interactions import Channel
from crm.models import (
    Company,
    CompanyName,
    Duplicate,
    Engagement,
    FollowUp,
    Interaction,
    Membership,
    Person,
    Position,
    Site,
    Town,
    User,
)

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
RAUMA, KRISTIINA = "684", "287"

_numbers = count(1)


def make_town(code: str, name_fi: str, name_sv: str, language: Language = Language.FI) -> Town:
    return _kept(Town(code=code, name_fi=name_fi, name_sv=name_sv, language=language))


def make_user(name: str, *, town: str | None = None, role: Role, **given: Any) -> User:
    first = name.split()[0].lower()
    user = User(email=f"{first}@seutu.example", name=name, **given)
    if town is None:
        user.network_role = role
    else:
        user.memberships.append(Membership(town_code=town, role=role))
    return _kept(user)


def make_company(
    name: str = "Kuusen Konepaja Oy",
    *,
    towns: tuple[str, ...] = (RAUMA,),
    owner: User | None = None,
    tier: Tier = Tier.KNOWN,
    last_contact_on: date | None = None,
    **given: Any,
) -> Company:
    company = Company(name=name, **given)
    company.names.append(CompanyName(name=name))
    for code in towns:
        company.sites.append(Site(street="Satamakatu 1", municipality_code=code))
        company.engagements.append(
            Engagement(town_code=code, owner=owner, tier=tier, last_contact_on=last_contact_on)
        )
    return _kept(company)


def make_pair(one: Company, other: Company, probability: float = 0.97, **given: Any) -> Duplicate:
    """Two companies that a search found alike."""
    left, right = sorted((one.id, other.id))
    reasons = [{"clue": "name", "weight": 3.1}, {"clue": "city", "weight": -1.2}]
    return _kept(
        Duplicate(
            left_id=left,
            right_id=right,
            probability=probability,
            reasons=reasons,
            features={"NAME_SAME": 1.0, "CITY_DIFFERS": 1.0},
            found_at=NOW,
            **given,
        )
    )


def make_person(
    company: Company, name: str = "Matti Salo", title: str = "Toimitusjohtaja"
) -> Person:
    person = Person(
        name=name, phone="+358401234567", email=f"henkilo{next(_numbers)}@kuusi.example"
    )
    person.positions.append(Position(company=company, title=title))
    return _kept(person)


def make_interaction(
    company: Company,
    author: User,
    *,
    town: str = RAUMA,
    visibility: Visibility = Visibility.TOWN,
    readers: tuple[User, ...] = (),
    note: str = "Uusi linja tilattu.",
    days_ago: int = 3,
    **given: Any,
) -> Interaction:
    named = visibility is Visibility.NAMED
    return _kept(
        Interaction(
            company=company,
            town_code=town,
            author=author,
            channel=given.pop("channel", Channel.VISIT),
            held_on=TODAY - timedelta(days=days_ago),
            note=note,
            visibility=visibility,
            advisors=[author],
            readers=[author, *readers] if named else [],
            **given,
        )
    )


def make_follow_up(
    company: Company,
    assignee: User,
    *,
    author: User | None = None,
    town: str = RAUMA,
    text: str = "Lähetä koulutustarjous",
    due_in: int = 0,
    **given: Any,
) -> FollowUp:
    return _kept(
        FollowUp(
            company=company,
            town_code=town,
            author=author or assignee,
            assignee=assignee,
            text=text,
            due_on=TODAY + timedelta(days=due_in),
            **given,
        )
    )


def _kept(row: Any) -> Any:
    db.session.add(row)
    db.session.flush()
    return row
