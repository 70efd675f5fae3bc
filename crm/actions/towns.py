"""Member towns."""

from crm import codes
from crm.db import db
from crm.domain.access import Language, Right, require
from crm.domain.errors import Invalid, Reason
from crm.models.town import Town
from crm.models.user import User


def add_town(actor: User | None, code: str) -> Town:
    """Make a municipality a member of the network; one that is a member already stays as it is.

    actor is None on the command line. Raises Invalid for a code no municipality has.
    """
    if actor is not None:
        require(actor, Right.OPERATE)
    town = db.session.get(Town, code)
    if town is not None:
        return town
    municipality = codes.municipality(code)
    if municipality is None:
        raise Invalid("code", Reason.UNKNOWN_TOWN, town=code)
    language = Language.SV if municipality.swedish_majority else Language.FI
    town = Town(
        code=code,
        name_fi=municipality.name_fi,
        name_sv=municipality.name_sv,
        language=language,
    )
    db.session.add(town)
    db.session.flush()
    return town
