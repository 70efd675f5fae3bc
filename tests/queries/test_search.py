"""The search box finds a firm however it is typed, and both databases find the same."""

from random import Random

import pytest

from crm import demo
from crm.db import db
from crm.domain.companies import CompanyStatus, NameKind
from crm.models import Company, CompanyName, Person
from crm.queries import search
from tests.fixtures.databases import make_app
from tests.make import KRISTIINA, NOW, RAUMA, TODAY, make_company, make_person


def names(actor, text: str, limit: int = 5) -> list[str]:
    return [hit.text for hit in search.find(actor, text, limit=limit)]


@pytest.fixture
def firms(aino, bertil):
    make_company("Järvi-Metalli Oyj", business_id="9100001-3", towns=(KRISTIINA,))
    make_company("Koskenmäen Konepaja Oy", business_id="9100000-5", phone="+35821234567")
    make_company("Varkauden Konepaja Oy", towns=(KRISTIINA,))
    make_company("Björkskär Växthus Ab", towns=(KRISTIINA,))
    renamed = make_company("Uusi Nimi Oy")
    renamed.names.append(CompanyName(name="Rautaruukin Vanha Oy", kind=NameKind.FORMER))
    person = make_person(make_company("Merituuli Oy"), "Hjördis Mäkelä")
    person.phone = "+358401112223"
    db.session.flush()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("koskenmäen", "Koskenmäen Konepaja Oy"),
        ("mäen konepa", "Koskenmäen Konepaja Oy"),
        ("koskenmaen konepaja", "Koskenmäen Konepaja Oy"),
        ("koskenmäen konepja", "Koskenmäen Konepaja Oy"),
        ("kosknemäen", "Koskenmäen Konepaja Oy"),
        ("konepaja koskenmäen oy", "Koskenmäen Konepaja Oy"),
        ("9100000-5", "Koskenmäen Konepaja Oy"),
        ("91000005", "Koskenmäen Konepaja Oy"),
        ("02 123 4567", "Koskenmäen Konepaja Oy"),
        ("jarvimetalli", "Järvi-Metalli Oyj"),
        ("vaxthus", "Björkskär Växthus Ab"),
        ("rautaruukin", "Uusi Nimi Oy"),
        ("hjordis makela", "Hjördis Mäkelä"),
        ("mäkelä hjördis", "Hjördis Mäkelä"),
        ("040 111 2223", "Hjördis Mäkelä"),
        ("+358 40 111 2223", "Hjördis Mäkelä"),
    ],
)
def test_a_firm_or_person_is_found_first_however_it_is_typed(aino, firms, typed, found):
    assert names(aino, typed)[:1] == [found]


def test_what_is_like_nothing_finds_nothing(aino, firms):
    assert names(aino, "qwxzqwxz") == []


@pytest.mark.parametrize(
    "typed", ["", "   ", "%", "_", "'", '"', "*", "a OR b", "((((", "\0", "NEAR("]
)
def test_signs_of_a_query_language_are_only_letters(aino, firms, typed):
    assert isinstance(names(aino, typed), list)


def test_a_very_long_text_is_no_burden(aino, firms):
    assert isinstance(names(aino, "konepaja " * 5000), list)


def test_an_operating_firm_comes_before_a_ceased_one_of_the_same_name(aino):
    make_company("Kuusi Oy", status=CompanyStatus.CEASED)
    make_company("Kuusi Oy")
    hits = search.find(aino, "kuusi oy", limit=2)
    assert [hit.ceased for hit in hits] == [False, True]


def test_a_firm_of_the_own_town_comes_before_a_like_one_of_another(aino, bertil):
    make_company("Kuusi Oy", towns=(KRISTIINA,))
    make_company("Kuusi Oy", towns=(RAUMA,))
    assert search.find(aino, "kuusi oy", limit=1)[0].place == "Rauma"
    assert search.find(bertil, "kuusi oy", limit=1)[0].place == "Kristinestad"


def test_the_index_follows_a_name_that_is_changed_or_removed(aino, firms):
    company = db.session.query(Company).filter_by(name="Merituuli Oy").one()
    company.name = "Vaskikello Oy"
    company.names[0].name = "Vaskikello Oy"
    db.session.flush()
    assert names(aino, "vaskikello")[:1] == ["Vaskikello Oy"]
    assert "Vaskikello Oy" not in names(aino, "merituuli")
    db.session.delete(db.session.query(Person).filter_by(name="Hjördis Mäkelä").one())
    db.session.flush()
    assert names(aino, "hjordis") == []


def test_a_search_costs_few_queries(aino, firms):
    from sqlalchemy import event

    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    aino.town_codes  # noqa: B018 – read before counting
    asked.clear()
    search.find(aino, "koskenmäen konepja")
    assert len(asked) <= 4


def test_a_new_company_that_looks_like_a_known_one_is_told_of(aino, firms):
    for typed in ("Koskenmäen Konepaja", "KOSKENMÄEN KONEPAJA OY", "Koskenmaen konepaja Ab"):
        hits = search.like_this(aino, typed)
        assert [hit.text for hit in hits][:1] == ["Koskenmäen Konepaja Oy"]
    by_number = search.like_this(aino, "Aivan Muu Oy", business_id="9100000-5")
    assert [hit.text for hit in by_number] == ["Koskenmäen Konepaja Oy"]


@pytest.mark.parametrize("typed", ["", "K", "Ko", "Oy", "Aivan Muu Oy", "Satamapalvelu Oy"])
def test_nothing_is_told_of_a_name_that_is_like_no_other(aino, firms, typed):
    assert search.like_this(aino, typed) == []


def typed_queries(random: Random) -> list[str]:
    """Parts, slips, lost dots, numbers and people of what is in the database."""
    companies = db.session.query(Company).order_by(Company.id).all()
    people = db.session.query(Person).order_by(Person.id).all()
    queries = []
    for company in random.sample(companies, 120):
        words = company.name.split()
        queries += [company.name[: random.randint(4, 12)], random.choice(words)]
        queries.append(slip(company.name, random))
        queries.append(company.business_id or company.name.lower())
    for person in random.sample(people, 60):
        queries += [person.name, slip(person.name, random), person.phone]
    return random.sample(queries, 300)


def slip(text: str, random: Random) -> str:
    at = random.randrange(1, len(text) - 1)
    kind = random.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text.replace("ä", "a").replace("ö", "o")


@pytest.mark.one_database
@pytest.mark.slow
def test_both_databases_give_the_same_hits_in_the_same_order(databases):
    answers = []
    queries: list[str] = []
    for kind in ("sqlite", "postgresql"):
        address = databases.make(kind)
        app = make_app(address)
        with app.app_context():
            demo.seed(db.session, companies=600, interactions=50, today=TODAY, now=NOW)
            db.session.commit()
            queries = queries or typed_queries(Random(11))
            answers.append(
                [[(h.kind, h.text, h.score) for h in search.find(None, q)] for q in queries]
            )
            db.session.remove()
            db.engine.dispose()
        databases.remove(address)
    differ = [q for q, a, b in zip(queries, *answers, strict=True) if a != b]
    assert differ == []
    lost = [q for q, hits in zip(queries, answers[0], strict=True) if len(q) > 4 and not hits]
    assert lost == []
