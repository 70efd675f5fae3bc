"""What makes two records one firm, a sentence a rule."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.duplicates.clues import CLUE_OF, Clue
from crm.domain.duplicates.comparing import Feature
from crm.domain.duplicates.finding import find_duplicates
from crm.domain.duplicates.judging import Knowledge, explain
from crm.domain.duplicates.records import Columns, Firm

GENELEC = Firm(
    key="1",
    name="Genelec Oy",
    street="Olvitie 5",
    postcode="74100",
    city="Iisalmi",
    phone="017 83881",
    website="https://www.genelec.com",
    business_id="0124670-7",
)
OTHERS = [
    Firm(key=str(at), name=name, city=city)
    for at, (name, city) in enumerate(
        [
            ("Rakennus Virtanen Oy", "Iisalmi"),
            ("Kuljetus Korhonen Ky", "Rauma"),
            ("Kalle Konepaja Oy", "Kuusamo"),
            ("Savon Sähkö Oy", "Kuopio"),
        ],
        2,
    )
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.of(Columns.of([GENELEC, *OTHERS]))


def likely(knowledge: Knowledge, left: Firm, right: Firm) -> float:
    return explain(left, right, knowledge).probability


def named(name: str, **fields: str) -> Firm:
    return Firm(key=name, name=name, **fields)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Genelec Oy", "GENELEC OY AB"),
        ("Genelec Oy", "Genelec"),
        ("Järvisen Veistämö Oy", "Jarvisen Veistamo oy"),
        ("Järvisen Veistämö Oy", "Jaervisen Veistaemoe"),
        ("Rak. Hietaperä Oy", "Rakennus Hietaperä Oy"),
        ("Ins.tsto Hietaperä", "Insinööritoimisto Hietaperä Oy"),
        ("Hietaperä & Pojat Oy", "Hietaperä ja Pojat Oy"),
        ("Hietaperän Konepaja Oy", "Konepaja Hietaperän Oy"),
        ("Hietaperän Konepaja Oy", "HietaperänKonepaja Oy"),
        ("Hietaperän Kone Paja Oy", "Hietaperän Konepaja Oy"),
        ("Hietaperän Konepaja Oy", "Hietaparen Konepaja Oy"),
        ("Hietaper?n Konepaja Oy", "Hietaperän Konepaja Oy"),
        ("HietaperÃ¤n Konepaja Oy", "Hietaperän Konepaja Oy"),
        ("Hietaperä Tryckeri Ab", "Kirjapaino Hietaperä Oy"),
        ("Kuopion Kirjapaino Oy", "Kirjapaino Kuopio Oy"),
        ("Kristinestads Bageri Ab", "Kristiinankaupungin Leipomo Oy"),
        ("T:mi Hietaperä Oskari", "Oskari Hietaperä"),
        ("K.F. Hein Stichting", "K F Hein Fund"),
        ("Genelec N.V., Delft", "GENELEC NV"),
        ("Genelec Aktiengesellschaft", "Genelec AG"),
        ("Hietaperän Koulutuksen Instituutti (HKI)", "HKI"),
    ],
)
def test_another_spelling_of_a_name_is_the_same_firm(knowledge, one, other):
    assert likely(knowledge, named(one), named(other)) > 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hietaperä Oy", "Hietaperä Holding Oy"),
        ("Hietaperä Oy", "Kiinteistö Oy Hietaperä"),
        ("Hietaperä Oy", "Hietaperä Palvelut Oy"),
        ("Rakennus Matti Hietaperä", "Rakennus Pekka Hietaperä"),
        ("Tmi Oskari Hietaperä", "Hietaperä Oy"),
        ("Hietaperän Tuulipuisto 1 Oy", "Hietaperän Tuulipuisto 2 Oy"),
        ("K-Market Rauma", "K-Market Kuusamo"),
        ("Hietaperä Oy", "Savisaari Oy"),
        ("Genelec (Asia) Limited", "Genelec (London) plc"),
    ],
)
def test_a_sister_a_parent_or_another_branch_is_not_the_same_firm(knowledge, one, other):
    assert likely(knowledge, named(one), named(other)) < 0.4


def test_the_same_valid_business_id_outweighs_a_changed_name(knowledge):
    renamed = replace(GENELEC, name="Uusi Nimi Oy", street="", phone="", website="")
    assert likely(knowledge, GENELEC, renamed) > 0.9


def test_two_valid_business_ids_are_two_firms_whatever_else_agrees(knowledge):
    assert likely(knowledge, GENELEC, replace(GENELEC, business_id="0112038-9")) < 0.4


def test_a_mistyped_business_id_is_no_evidence_against(knowledge):
    mistyped = replace(GENELEC, business_id="0124671-7")
    clues = {each.clue for each in explain(GENELEC, mistyped, knowledge).reasons}
    assert Clue.BUSINESS_ID not in clues
    assert likely(knowledge, GENELEC, mistyped) > 0.9


def test_words_that_say_nothing_is_known_are_nothing_known(knowledge):
    one, other = (replace(GENELEC, business_id=text) for text in ("ei tiedossa", "0000000-0"))
    clues = {each.clue for each in explain(one, other, knowledge).reasons}
    assert not clues & {Clue.BUSINESS_ID, Clue.BUSINESS_ID_NEAR}


@pytest.mark.parametrize("field", ["street", "postcode", "city", "phone", "website", "business_id"])
def test_a_missing_field_is_never_evidence_against(knowledge, field):
    gone = replace(GENELEC, **{field: ""})
    against = [each for each in explain(GENELEC, gone, knowledge).reasons if each.weight < 0]
    assert {each.clue for each in against} <= {Clue.NAME_COMMON}


@pytest.mark.parametrize(
    "written", ["+358 17 83881", "00358 (0)17 83881", "017-83881", "(017) 83881, 040 1234567"]
)
def test_a_telephone_number_is_the_same_however_it_is_written(knowledge, written):
    reasons = explain(GENELEC, replace(GENELEC, phone=written), knowledge).reasons
    assert next(each for each in reasons if each.clue is Clue.PHONE).weight > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kauppakatu 5", "Kauppak. 5 A 12"),
        ("Kauppakatu 5", "KAUPPAKATU 5b"),
        ("Rantakatu 7", "Strandgatan 7"),
        ("2121 N Keeler Ave.", "2121 N. Keeler"),
    ],
)
def test_an_address_is_the_same_in_another_spelling_or_language(knowledge, one, other):
    left, right = (replace(GENELEC, street=street) for street in (one, other))
    reasons = explain(left, right, knowledge).reasons
    assert next(each for each in reasons if each.clue is Clue.ADDRESS).weight > 0


def test_another_house_in_the_street_speaks_against(knowledge):
    reasons = explain(GENELEC, replace(GENELEC, street="Olvitie 7"), knowledge).reasons
    assert next(each for each in reasons if each.clue is Clue.HOUSE).weight < 0


def test_a_name_that_stands_in_many_towns_says_less():
    towns = ("Rauma", "Raahe", "Heinola", "Keuruu", "Kuusamo", "Iisalmi")
    everywhere = [Firm(str(at), "Halivala Oy", city=town) for at, town in enumerate(towns)]
    once = Knowledge.of(Columns.of(everywhere[:1] + OTHERS))
    often = Knowledge.of(Columns.of(everywhere + OTHERS))
    halivala = named("Halivala Oy")
    assert likely(often, halivala, halivala) < likely(once, halivala, halivala)


def test_every_feature_belongs_to_a_clue():
    assert set(Feature) - set(CLUE_OF) == {Feature.ANYHOW}


def test_the_reasons_and_the_start_add_up_to_the_probability(knowledge):
    import math

    from crm.domain.duplicates.weights import DEFAULT

    moved = replace(GENELEC, business_id="", street="Olvitie 7", website="")
    judged = explain(GENELEC, moved, knowledge)
    total = DEFAULT.values[Feature.ANYHOW] + sum(each.weight for each in judged.reasons)
    assert judged.probability == pytest.approx(1 / (1 + math.exp(-min(12, total))), abs=0.02)


def test_one_pair_is_judged_as_it_was_in_its_list():
    firms = [
        GENELEC,
        replace(GENELEC, key="9", name="Genelek", phone="", business_id=""),
        *OTHERS,
        Firm("7", "Rakennus Wirtanen", city="Iisalmi"),
    ]
    found = find_duplicates(firms, min_probability=0.1)
    knowledge = Knowledge.of(Columns.of(firms))
    assert len(found.pairs) >= 2
    for left, right, probability in zip(
        found.pairs.left, found.pairs.right, found.pairs.probability, strict=True
    ):
        judged = explain(firms[left], firms[right], knowledge)
        assert judged.probability == pytest.approx(float(probability), abs=1e-5)


WORDS = st.sampled_from(
    "Genelec Rakennus Hietaperä Oy Ab Matti Pekka Rauma 12 Holding Säätiö & Tmi Å".split()
)
FIRMS = st.builds(
    Firm,
    key=st.just("x"),
    name=st.lists(WORDS, max_size=5).map(" ".join) | st.text(max_size=30),
    street=st.sampled_from(["", "Kauppakatu 5", "Kauppak. 5 A", "Torikatu 1", "PL 5"]),
    city=st.sampled_from(["", "Rauma", "Raumo", "Iisalmi"]),
    phone=st.sampled_from(["", "040 1234567", "+358401234567", "x"]),
    business_id=st.sampled_from(["", "0124670-7", "0112038-9", "123"]),
)


@given(FIRMS, FIRMS)
def test_it_does_not_matter_which_record_is_named_first(one, other):
    knowledge = Knowledge.of(Columns.of([GENELEC, *OTHERS]))
    there, back = explain(one, other, knowledge), explain(other, one, knowledge)
    assert there.probability == pytest.approx(back.probability, abs=1e-6)
    assert 0 <= there.probability <= 1
