"""Aino's day: enough of everything on Oma päivä for a newcomer to see what it is for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from crm.domain.cadence import Tier
from crm.domain.companies import CompanyStatus
from crm.domain.followups import FollowUpState
from crm.models import AuditEvent, Company, Draft, Engagement, FollowUp, User

TOWN = "684"
PROMISES = (
    (-4, "Lähetä rekrytointikoulutuksen tarjous"),
    (-1, "Kysy vapaista halleista"),
    (0, "Soita investointituesta"),
    (0, "Esittele vientineuvojalle"),
    (2, "Lähetä kasvuohjelman esite"),
    (6, "Sovi tapaaminen omistajanvaihdosneuvojan kanssa"),
)
QUIET = ((Tier.ANCHOR, 74), (Tier.GROWTH, 121), (Tier.GROWTH, 96))
MOST_QUIET = 5


def write(
    session: Session,
    colleagues: dict[str, list[User]],
    random: Random,
    today: date,
    now: datetime,
) -> None:
    """Late and due promises, a draft, firms gone quiet, and a change in a firm's history."""
    aino = colleagues[TOWN][0]
    own = list(session.scalars(_own_firms(aino).limit(30)))
    if len(own) < len(PROMISES) + len(QUIET):
        return
    _settle(session, aino, today, now)
    for firm, (days, text) in zip(own, PROMISES, strict=False):
        session.add(_promise(firm, aino, text, today + timedelta(days=days)))
    for firm, (tier, days) in zip(own[len(PROMISES) :], QUIET, strict=False):
        change = update(Engagement).where(
            Engagement.company_id == firm.id, Engagement.town_code == TOWN
        )
        session.execute(change.values(tier=tier, last_contact_on=today - timedelta(days=days)))
    session.add(_draft(own[0], aino, now))
    session.add(_change(own[0], aino, random.randint(20, 60), now))
    session.flush()


def _own_firms(aino: User):  # type: ignore[no-untyped-def]
    return (
        select(Company)
        .join(Engagement, Engagement.company_id == Company.id)
        .where(
            Engagement.owner_id == aino.id,
            Engagement.town_code == TOWN,
            Company.status == CompanyStatus.ACTIVE,
            Engagement.last_contact_on.is_not(None),
        )
        .order_by(Engagement.tier, Company.id)
    )


def _settle(session: Session, aino: User, today: date, now: datetime) -> None:
    """What chance left open or quiet for Aino is done, so that her day is the one written here."""
    session.execute(
        update(FollowUp)
        .where(FollowUp.assignee_id == aino.id, FollowUp.state == FollowUpState.OPEN)
        .values(state=FollowUpState.DONE, closed_at=now - timedelta(days=1), closed_by_id=aino.id)
    )
    session.execute(
        update(Engagement)
        .where(
            Engagement.town_code == TOWN,
            Engagement.owner_id == aino.id,
            Engagement.tier.in_([Tier.ANCHOR, Tier.GROWTH]),
            Engagement.last_contact_on < today - timedelta(days=55),
        )
        .values(last_contact_on=today - timedelta(days=41))
    )
    quiet: Sequence[int] = session.scalars(
        select(Engagement.id)
        .where(
            Engagement.town_code == TOWN,
            Engagement.owner_id == aino.id,
            Engagement.tier != Tier.KNOWN,
            Engagement.last_contact_on.is_(None)
            | (Engagement.last_contact_on < today - timedelta(days=365)),
        )
        .order_by(Engagement.id)
    ).all()
    session.execute(
        update(Engagement)
        .where(Engagement.id.in_(quiet[MOST_QUIET - len(QUIET) :]))
        .values(tier=Tier.KNOWN)
    )


def _promise(firm: Company, aino: User, text: str, due_on: date) -> FollowUp:
    return FollowUp(
        company=firm, town_code=TOWN, author=aino, assignee=aino, text=text, due_on=due_on
    )


def _draft(firm: Company, aino: User, now: datetime) -> Draft:
    return Draft(
        user_id=aino.id,
        company=firm,
        form_key="demo-draft",
        values={
            "company_id": str(firm.id),
            "channel": "visit",
            "day": "yesterday",
            "note": "Kävin katsomassa uutta hallia. Kysyttävä vielä henkilöstöstä.",
            "step": "none",
            "visibility": "town",
        },
        saved_at=now - timedelta(hours=3),
    )


def _change(firm: Company, aino: User, staff: int, now: datetime) -> AuditEvent:
    return AuditEvent(
        at=now - timedelta(days=9),
        actor=aino,
        act="company.figure",
        subject="company",
        subject_id=firm.id,
        changes={"staff": [staff - 3, staff]},
    )
