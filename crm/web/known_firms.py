"""The register in memory, for checking a firm while it is typed."""

import logging
import threading
from dataclasses import replace

from flask import Flask, current_app
from flask_login import current_user

from crm.db import db, reading
from crm.domain.duplicates.records import Firm
from crm.domain.names import fold
from crm.domain.search import SHORTEST_NAME
from crm.labels.duplicates import reasons_in_a_row
from crm.queries import search
from crm.queries.known_firms import Known, KnownFirms
from crm.queries.search import Hit

log = logging.getLogger("seutu.duplicates")
MOST_ALIKE = 4
LONGEST_NAME = 200


def register(app: Flask) -> None:
    app.extensions["known_firms"] = KnownFirms()


def suggested(text: str, *, limit: int) -> list[Hit]:
    """Firms to choose from for what was typed: those the search finds, then those known under
    another spelling of it."""
    text = text[:LONGEST_NAME]
    hits = search.find_companies(current_user, text, limit=limit)
    if len(hits) == limit or len(fold(text)) < SHORTEST_NAME:
        return hits
    found = [(each.company_id, each.probability) for each in _likely(Firm("", text))]
    named = {hit.id for hit in hits}
    more = search.hits_of(current_user, [pair for pair in found if pair[0] not in named])
    return [*hits, *more][:limit]


def alike(firm: Firm, town_code: str | None = None) -> list[Hit]:
    """Known firms that this one may be: those of the same or a like name, then those for which
    other evidence speaks."""
    by_name = search.like_this(
        current_user, firm.name, business_id=firm.business_id, town_code=town_code
    )
    if len(fold(firm.name)) < SHORTEST_NAME:
        return by_name
    found = _likely(firm)
    why = {each.company_id: each.reasons for each in found}
    hits = search.hits_of(current_user, [(k.company_id, k.probability) for k in found])
    named = {hit.id for hit in by_name}
    more = [
        replace(hit, matched=reasons_in_a_row([vars(reason) for reason in why[hit.id]], 3))
        for hit in hits
        if hit.id not in named
    ]
    return [*by_name, *more][:MOST_ALIKE]


def _likely(firm: Firm) -> list[Known]:
    """Companies that this one may be. The first time the register is read beside the request, and
    nothing is said yet."""
    known: KnownFirms = current_app.extensions["known_firms"]
    if known.ready:
        return known.check(firm)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    thread = threading.Thread(target=_load, args=(app, known), daemon=True)
    thread.start()
    thread.join(0.5)
    return known.check(firm) if known.ready else []


def _load(app: Flask, known: KnownFirms) -> None:
    with app.app_context(), reading():
        try:
            known.load()
        except Exception:
            log.exception("the register could not be read")
        finally:
            db.session.remove()
