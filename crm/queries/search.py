"""Finding firms and people over every town. Who they are is common to the network; what was
talked about is not searched here.

The one file where the databases differ: both answer "which texts contain these pieces", SQLite
through its FTS5 trigram tables, PostgreSQL through its pg_trgm indexes. The conditions, the
caps and the order are the same, and so are the hits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    text,
    true,
    union_all,
)

from crm.db import db
from crm.domain import search as rules
from crm.domain.access import Language
from crm.domain.companies import CompanyStatus, NameKind, SiteKind
from crm.domain.names import fold
from crm.domain.search import Candidate, MatchedBy, Query, Ranked, Readings
from crm.models.company import Company, CompanyName, Engagement, Site
from crm.models.person import Person, Position
from crm.models.town import Town
from crm.models.user import User

COMPANY, PERSON = "company", "person"
TABLES: dict[str, Any] = {COMPANY: Company, PERSON: Person}
POOL = 200  # compared one by one, of each kind


@dataclass(frozen=True)
class Hit:
    """A company or a person. detail: for a company its town and Y-tunnus, for a person the firm
    and the title. company_id is the firm to open or to log with; a person may have none.
    matched is the other name, number or person in which the text was found."""

    kind: str
    id: int
    text: str
    detail: tuple[str, ...]
    score: int
    company_id: int | None
    matched_by: MatchedBy
    matched: str = ""
    name_kind: NameKind | None = None
    ceased: bool = False
    place: str = ""
    business_id: str = ""


def find(actor: User | None, text: str, *, limit: int = 20) -> list[Hit]:
    """Companies and people like text, the likest first. At most five queries.

    Without an actor (the command line) no town comes before another.
    """
    query = rules.read(text)
    ranked = _ranked(actor, query, (COMPANY, PERSON))[:limit] if query else []
    return _hits(actor, ranked)


def find_companies(actor: User | None, text: str, *, limit: int = 8) -> list[Hit]:
    """Companies only: a person found stands for their firm."""
    firms: dict[int, Hit] = {}
    for hit in find(actor, text, limit=2 * limit):
        firm = _firm_of(hit) if hit.kind == PERSON else hit
        if firm:
            firms.setdefault(firm.id, firm)
    return list(firms.values())[:limit]


def _firm_of(person: Hit) -> Hit | None:
    if person.company_id is None:
        return None
    return replace(
        person,
        kind=COMPANY,
        id=person.company_id,
        text=person.detail[0],
        detail=(person.text, *person.detail[1:]),
        matched_by=MatchedBy.PERSON,
        matched=person.text,
    )


def as_rows(text: str, *, limit: int = 20) -> list[dict[str, Any]]:
    """What `seutu search` prints; docs of the fields in the contracts of the command line."""
    return [
        {
            "kind": hit.kind,
            "id": hit.id,
            "text": hit.text,
            "detail": " · ".join(hit.detail),
            "score": hit.score,
        }
        for hit in find(None, text, limit=limit)
    ]


def like_this(
    actor: User | None,
    name: str,
    *,
    business_id: str = "",
    town_code: str | None = None,
    limit: int = 3,
) -> list[Hit]:
    """Known firms that a new one with this name or Y-tunnus may be: the likest first, those of
    the town before others. Legal forms do not count; nothing below three letters."""
    rows = {row.candidate.id: row for row in _alike(actor, name)}
    rows |= {row.candidate.id: row for row in _same_number(actor, business_id)}
    likest = sorted(rows.values(), key=lambda row: (-row.likeness, not row.candidate.own))
    hits = _hits(actor, likest[: 3 * limit])
    town = _name_of_town(actor, town_code)
    return sorted(hits, key=lambda hit: (-hit.score, hit.place != town))[:limit]


def hits_of(actor: User | None, likely: Sequence[tuple[int, float]]) -> list[Hit]:
    """Companies by id with how likely each is, from 0 to 1, as hits in the same order."""
    rows = _companies(actor, [company_id for company_id, _likely in likely])
    return [
        _company_hit(_by_likelihood(company_id, probability), rows[company_id])
        for company_id, probability in likely
        if company_id in rows
    ]


def _by_likelihood(company_id: int, probability: float) -> Ranked:
    candidate = Candidate(COMPANY, company_id, "", False, False)
    return Ranked(candidate, round(probability * 100), MatchedBy.EVIDENCE, "", probability)


def _name_of_town(actor: User | None, code: str | None) -> str | None:
    towns = {m.town_code: m.town.name(actor.language) for m in actor.memberships} if actor else {}
    return towns.get(code or "")


def _same_number(actor: User | None, business_id: str) -> list[Ranked]:
    """The firm with this whole Y-tunnus; a part of one says nothing yet."""
    query = rules.read(business_id)
    if not any(len(form) == rules.BUSINESS_ID_DIGITS for form in query.digits):
        return []
    ranked = _ranked(actor, query, (COMPANY,))
    return [row for row in ranked if row.matched_by is MatchedBy.BUSINESS_ID][:1]


def _alike(actor: User | None, name: str) -> list[Ranked]:
    folded = fold(name[: rules.LONGEST_QUERY])
    if len(rules.core(folded)) < rules.SHORTEST_NAME:
        return []
    ranked = _ranked(actor, Query(words=rules.words_of(name)), (COMPANY,))
    alike = (rules.likest_name(folded, row) for row in ranked)
    return [row for row in alike if row]


def _ranked(actor: User | None, query: Query, kinds: Sequence[str]) -> list[Ranked]:
    """Asks further only while nothing found settles it: each question reads more of the network."""
    found = _candidates(actor, kinds, rules.as_written(query), [f" {w}" for w in query.words])
    ranked = rules.rank(query, found)
    for readings in [] if query.digits else rules.as_misspelt(query):
        if rules.settled(query, ranked):
            break
        more = _candidates(actor, kinds, readings, rules.marks(query.words))
        new = set(more).difference(found)
        found += new
        ranked = rules.in_order([*ranked, *rules.rank(query, list(new))])
    return ranked


def _candidates(
    actor: User | None, kinds: Sequence[str], readings: Readings, signs: Sequence[str]
) -> list[Candidate]:
    """Rows with these pieces; of many those with most signs, then the shortest and the oldest."""
    parts = [_of_kind(actor, kind, readings, signs) for kind in kinds]
    rows: Any = db.session.execute(union_all(*parts) if len(parts) > 1 else parts[0])
    return [Candidate(*row) for row in rows]


def _of_kind(
    actor: User | None, kind: str, readings: Readings, signs: Sequence[str]
) -> Select[Any]:
    table = TABLES[kind]
    column = table.search_text
    n_signs = sum((case((_has(column, sign), 1), else_=0) for sign in signs), literal(0))
    pool = (
        select(table.id, column, *([Company.status] if kind == COMPANY else []))
        .where(_condition(column, readings), _indexed(kind, readings))
        .order_by(n_signs.desc(), func.length(column), table.id)
        .limit(POOL)
        .subquery()
    )
    ceased = pool.c.status == CompanyStatus.CEASED if kind == COMPANY else literal(False)
    return select(
        literal(kind), pool.c.id, pool.c.search_text, ceased, _own(actor, kind, pool.c.id)
    )


def _towns(actor: User | None) -> list[str]:
    return actor.town_codes if actor else []


def _own(actor: User | None, kind: str, row_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Known in one of the actor's towns: the firm, or a firm of the person.

    Asked row by row: as EXISTS PostgreSQL would gather every position of the network first.
    """
    engaged = select(Engagement.id).where(Engagement.town_code.in_(_towns(actor)))
    if kind == COMPANY:
        engaged = engaged.where(Engagement.company_id == row_id)
    else:
        firm = Position.company_id == Engagement.company_id
        engaged = engaged.join(Position, firm).where(Position.person_id == row_id)
    return engaged.limit(1).scalar_subquery().is_not(None)


def _has(column: Any, piece: str) -> ColumnElement[bool]:
    """Pieces are letters, digits, blanks and hyphens: nothing in them to escape."""
    like: ColumnElement[bool] = column.like(f"%{piece}%")
    return like


def _condition(column: Any, readings: Readings) -> ColumnElement[bool]:
    return or_(
        *(
            and_(*(or_(*(and_(*(_has(column, p) for p in way)) for way in ways)) for ways in words))
            for words in readings
        )
    )


def _indexed(kind: str, readings: Readings) -> ColumnElement[bool]:
    """SQLite looks pieces up in its own trigram table; PostgreSQL reads its index by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        return true()
    name = f"{kind}_search"
    found = text(f"SELECT rowid FROM {name} WHERE {name} MATCH :{name}")
    key = TABLES[kind].id
    matched: ColumnElement[bool] = key.in_(
        found.bindparams(**{name: _match(readings)}).columns(key)
    )
    return matched


def _match(readings: Readings) -> str:
    """The condition in FTS5's words: each piece by its trigrams, shorter ones left to the check."""
    return " OR ".join(
        f"({' AND '.join(f'({_any_way(ways)})' for ways in words)})" for words in readings
    )


def _any_way(ways: rules.Ways) -> str:
    return " OR ".join(f"({' AND '.join(_trigrams(way))})" for way in ways)


def _trigrams(way: rules.Pieces) -> list[str]:
    found = [piece[at : at + 3] for piece in way for at in range(len(piece) - 2)]
    return [f'"{trigram}"' for trigram in dict.fromkeys(found)]


def _hits(actor: User | None, ranked: Sequence[Ranked]) -> list[Hit]:
    companies = _companies(actor, [r.candidate.id for r in ranked if r.candidate.kind == COMPANY])
    people = _people([r.candidate.id for r in ranked if r.candidate.kind == PERSON])
    known = {COMPANY: companies, PERSON: people}
    make = {COMPANY: _company_hit, PERSON: _person_hit}
    return [make[r.candidate.kind](r, known[r.candidate.kind][r.candidate.id]) for r in ranked]


def _companies(actor: User | None, ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Each company's rows, one for each of its names."""
    if not ids:
        return {}
    town_name = Town.name_sv if actor and actor.language == Language.SV else Town.name_fi
    town = (
        select(town_name)
        .join(Engagement, Engagement.town_code == Town.code)
        .where(Engagement.company_id == Company.id)
        .order_by(Engagement.town_code.in_(_towns(actor)).desc(), Engagement.town_code)
        .limit(1)
        .scalar_subquery()
    )
    city = (
        select(Site.city)
        .where(Site.company_id == Company.id, Site.city.is_not(None))
        .order_by((Site.kind == SiteKind.VISITING).desc(), Site.id)
        .limit(1)
        .scalar_subquery()
    )
    place = func.coalesce(town, city).label("place")
    name = (CompanyName.name.label("other_name"), CompanyName.kind.label("name_kind"))
    return _grouped(
        select(Company.id, Company.name, Company.business_id, place, *name)
        .outerjoin(CompanyName, CompanyName.company_id == Company.id)
        .where(Company.id.in_(ids))
        .order_by(CompanyName.id)
    )


def _people(ids: Sequence[int]) -> dict[int, list[Row[Any]]]:
    """Each person's rows, one for each position, those that last first."""
    if not ids:
        return {}
    merged = select(Company.id).where(Company.merged_into_id.is_not(None))
    return _grouped(
        select(
            Person.id, Person.name, Position.title, Position.company_id, Company.name.label("firm")
        )
        .select_from(Person)
        .outerjoin(
            Position,
            and_(Position.person_id == Person.id, Position.company_id.not_in(merged)),
        )
        .outerjoin(Company, Company.id == Position.company_id)
        .where(Person.id.in_(ids))
        .order_by(Position.until_on.is_not(None), Position.id.desc())
    )


def _grouped(statement: Any) -> dict[int, list[Row[Any]]]:
    groups: dict[int, list[Row[Any]]] = {}
    for row in db.session.execute(statement):
        groups.setdefault(row.id, []).append(row)
    return groups


def _company_hit(ranked: Ranked, rows: list[Row[Any]]) -> Hit:
    company = rows[0]
    other = next((row for row in rows if fold(row.other_name or "") == ranked.part), None)
    if ranked.matched_by != MatchedBy.OTHER_NAME:
        other = None
    return Hit(
        kind=COMPANY,
        id=company.id,
        text=company.name,
        detail=tuple(filter(None, (company.place, company.business_id))),
        score=ranked.likeness,
        company_id=company.id,
        matched_by=ranked.matched_by,
        matched=other.other_name if other else _found_in(ranked),
        name_kind=other.name_kind if other else None,
        ceased=ranked.candidate.ceased,
        place=company.place or "",
        business_id=company.business_id or "",
    )


def _person_hit(ranked: Ranked, rows: list[Row[Any]]) -> Hit:
    person = rows[0]
    return Hit(
        kind=PERSON,
        id=person.id,
        text=person.name,
        detail=tuple(filter(None, (person.firm, person.title))),
        score=ranked.likeness,
        company_id=person.company_id,
        matched_by=ranked.matched_by,
        matched=_found_in(ranked),
    )


def _found_in(ranked: Ranked) -> str:
    return "" if ranked.matched_by in {MatchedBy.NAME, MatchedBy.OTHER_NAME} else ranked.part
