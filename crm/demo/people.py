"""The towns and those who work in them; three of them sign in with one click."""

from sqlalchemy.orm import Session

from crm import codes
from crm.demo.words import COLLEAGUES
from crm.domain.access import Language, Role
from crm.domain.names import fold
from crm.models import Membership, Town, User

CLICKED = ("Aino Virtanen", "Carita Lindholm", "Eeva Laine")
COORDINATOR = "Carita Lindholm"
ADMINISTRATOR = "Eeva Laine"


def towns(session: Session) -> list[Town]:
    """The ten towns; those that are there already stay as they are."""
    made = []
    for municipality in codes.network_towns():
        town = session.get(Town, municipality.code) or Town(code=municipality.code)
        town.name_fi, town.name_sv = municipality.name_fi, municipality.name_sv
        town.language = Language.SV if municipality.swedish_majority else Language.FI
        session.add(town)
        made.append(town)
    session.flush()
    return made


def users(session: Session, made: list[Town]) -> dict[str, list[User]]:
    """{town code: its people, advisors first}. The coordinator and the administrator belong to
    no town, but the administrator also administers Heinola, so that every page can be tried."""
    by_town = {
        town.code: [_colleague(session, town, *row) for row in COLLEAGUES[town.code]]
        for town in made
    }
    _user(session, COORDINATOR, network_role=Role.COORDINATOR)
    administrator = _user(session, ADMINISTRATOR, network_role=Role.ADMIN)
    if not administrator.memberships:
        administrator.memberships.append(Membership(town_code="111", role=Role.TOWN_ADMIN))
    session.flush()
    return by_town


def _colleague(session: Session, town: Town, name: str, role: str) -> User:
    user = _user(session, name, language=town.language)
    if not user.memberships:
        user.memberships.append(Membership(town_code=town.code, role=Role(role)))
    return user


def _user(session: Session, name: str, **given: object) -> User:
    email = f"{fold(name).replace(' ', '.')}@seutu.example"
    user = session.query(User).filter_by(email=email).one_or_none()
    if user is None:
        user = User(email=email, name=name, is_demo=name in CLICKED, **given)
        session.add(user)
        session.flush()
    return user
