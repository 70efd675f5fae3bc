"""A small town at work, for the browser: rows on every page, and a browser signed in."""

from datetime import timedelta
from typing import NamedTuple

from flask import Flask
from playwright.sync_api import Page

from crm import clock
from crm.actions.sessions import open_session
from crm.db import db
from crm.domain.access import Language, Visibility
from crm.domain.cadence import Tier
from crm.domain.companies import FigureKind, Source
from crm.domain.interactions import Channel, GrowthWill, Topic
from crm.models import Draft, Figure, InteractionTopic, User
from tests.make import make_company, make_follow_up, make_interaction, make_pair, make_person

LONG = "Pohjois-Satakunnan Metallirakennetuotantopalveluyhdistyksen Huolto Oy"


class Firm(NamedTuple):
    """What a test says of the firm; reading the row itself would hold the database's one writer
    and keep the server waiting."""

    id: int
    name: str


def fill(aino: User, *, language: Language = Language.FI) -> Firm:
    """Aino's day: a late promise, one for today, a draft, quiet firms; a firm with a history."""
    today = clock.today()
    aino.language = language
    company = make_company(
        LONG, owner=aino, tier=Tier.ANCHOR, business_id="9100000-5", industry_code="25110"
    )
    company.figures.append(
        Figure(kind=FigureKind.STAFF, year=2026, value=86, source=Source.PERSON, stated_on=today)
    )
    company.engagements[0].last_contact_on = today - timedelta(days=70)
    person = make_person(company)
    note = make_interaction(company, aino, attendees=[person], growth_will=GrowthWill.YES)
    note.held_on = today - timedelta(days=70)
    note.topic_rows = [InteractionTopic(topic=Topic.EXPORT)]
    other = make_interaction(company, aino, channel=Channel.CALL, visibility=Visibility.NETWORK)
    other.held_on = today - timedelta(days=100)
    for days, text in (
        (-2, "Lähetä tarjous"),
        (0, "Soita Matille"),
        (4, "Kutsu messuille"),
    ):
        make_follow_up(company, aino, text=text).due_on = today + timedelta(days=days)
    yards = [
        make_company(f"Rauman Telakkapalvelu {number} Oy", owner=aino, tier=Tier.GROWTH)
        for number in range(8)
    ]
    make_pair(yards[0], yards[1])
    db.session.add(
        Draft(
            user_id=aino.id,
            company=company,
            form_key="kesken",
            values={"note": "Kävin katsomassa hallia", "company_id": str(company.id)},
            saved_at=clock.now(),
        )
    )
    firm = Firm(company.id, company.name)
    db.session.commit()
    return firm


def sign_in(app: Flask, page: Page, user: User) -> None:
    """Put the cookie of a new sign-in into the browser."""
    now = clock.now()
    token = open_session(user, browser="browser", lasts=timedelta(days=1), now=now).session_token
    db.session.commit()
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    value = serializer.dumps({"_user_id": token, "_fresh": True})
    page.context.add_cookies([{"name": "seutu", "value": value, "url": app.config["BASE_URL"]}])
