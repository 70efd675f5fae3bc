"""The worst that may happen to a database of this size, written beside the demo's firms."""

from sqlalchemy import Select, case, exists, func, insert, literal, select, update

from crm.db import db
from crm.domain.cadence import Tier
from crm.domain.followups import FollowUpState
from crm.models import Company, Engagement, FollowUp, Interaction, User

RAUMA, RAAHE = "684", "678"
OWNER = "jussi.ylitalo@seutu.example"  # the one advisor of Raahe
KNOWN_SHARE = 2  # Raahe knows one firm of so many
MEETING_SHARE = 250  # one firm has one of so many meetings of the network
PROMISE_SHARE = 100  # and one advisor is late with one promise for so many of them


def write(*, companies: int, interactions: int) -> None:
    """Of 100,000 firms one town knows 50,000, and its advisor answers for 20,000 and is late with
    5,000 promises; of 500,000 meetings 2,000 were with one firm of another town."""
    _big_town(companies)
    _much_visited(max(1, interactions // MEETING_SHARE))
    _many_promises(max(1, interactions // PROMISE_SHARE))


def owner() -> User:
    return db.session.scalars(select(User).where(User.email == OWNER)).one()


def most_visited() -> int:
    """The id of the firm with the most meetings."""
    busiest = (
        select(Interaction.company_id)
        .group_by(Interaction.company_id)
        .order_by(func.count().desc(), Interaction.company_id)
    )
    return db.session.scalars(busiest.limit(1)).one()


def _big_town(companies: int) -> None:
    known = exists().where(Engagement.company_id == Company.id, Engagement.town_code == RAAHE)
    n_known = db.session.scalar(select(func.count()).where(Engagement.town_code == RAAHE))
    more: Select[int] = (
        select(Company.id).where(~known).limit(max(0, companies // KNOWN_SHARE - (n_known or 0)))
    )
    ids = more.order_by(Company.id.desc()).subquery()
    tiers = [(ids.c.id % 10 == 0, Tier.ANCHOR), (ids.c.id % 10 < 3, Tier.GROWTH)]
    values = select(
        ids.c.id,
        literal(RAAHE),
        case((ids.c.id % 5 < 2, owner().id), else_=None),
        case(*((when, literal(tier.value)) for when, tier in tiers), else_=Tier.KNOWN.value),
        literal(1),
    )
    columns = ["company_id", "town_code", "owner_id", "tier", "version"]
    db.session.execute(insert(Engagement).from_select(columns, values))


def _much_visited(meetings: int) -> None:
    """Move the meetings of Rauma that a firm of Rauma had first to one firm."""
    firm = db.session.scalars(
        select(Engagement.company_id)
        .where(Engagement.town_code == RAUMA)
        .order_by(Engagement.company_id)
        .limit(1)
    ).one()
    first = (
        select(Interaction.id)
        .where(Interaction.town_code == RAUMA)
        .order_by(Interaction.id)
        .limit(meetings)
    )
    ids = list(db.session.scalars(first))
    for table, key in ((Interaction, Interaction.id), (FollowUp, FollowUp.interaction_id)):
        moved = update(table).where(key.between(ids[0], ids[-1]), table.town_code == RAUMA)
        db.session.execute(moved.values(company_id=firm))


def _many_promises(promises: int) -> None:
    """Open again what was promised in Raahe the longest ago, all of it by one advisor."""
    oldest = select(FollowUp.id).where(FollowUp.town_code == RAAHE)
    ids = oldest.order_by(FollowUp.id).limit(promises)
    reopened = update(FollowUp).where(FollowUp.id.in_(ids))
    db.session.execute(
        reopened.values(
            state=FollowUpState.OPEN, assignee_id=owner().id, closed_at=None, closed_by_id=None
        )
    )
