"""Which column is what, guessed from headings and values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.imports.mapping import guess_mapping, left_out
from crm.domain.imports.records import Column

PROMISED = {
    Column.BUSINESS_ID: "Y-tunnus / FO-nummer / business id",
    Column.NAME: "yritys / yrityksen nimi / toiminimi / företag / name",
    Column.STREET: "katuosoite / osoite / gatuadress / address",
    Column.POSTCODE: "postinumero",
    Column.CITY: "postitoimipaikka / kaupunki / kunta",
    Column.INDUSTRY: "toimiala / TOL / bransch",
    Column.PHONE: "puhelin",
    Column.EMAIL: "sähköposti / e-post",
    Column.WEBSITE: "verkkosivu / kotisivu / webbplats",
    Column.STAFF: "henkilöstö / henkilömäärä / personal",
    Column.TURNOVER: "liikevaihto / omsättning",
    Column.CONTACT_NAME: "yhteyshenkilö / kontaktperson",
    Column.NOTE: "huomautus / lisätiedot",
}


@pytest.mark.parametrize(
    ("heading", "column"),
    [(each, column) for column, line in PROMISED.items() for each in line.split(" / ")],
)
def test_every_heading_the_contract_promises_is_known(heading: str, column: Column):
    for written in (heading, heading.upper(), f" {heading.capitalize()}: "):
        assert guess_mapping([written], []) == {0: column}


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Y tunnus", Column.BUSINESS_ID),
        ("Y-tunus", Column.BUSINESS_ID),
        ("Yritys:", Column.NAME),
        ("Yrityksen  nimi *", Column.NAME),
        ("Kontaktpersonens namn", Column.CONTACT_NAME),
        ("Kontaktperson namn", Column.CONTACT_NAME),
        ("Yhteyshenkilön puhelin", Column.CONTACT_PHONE),
        ("Yhteyshenkilön sähköposti", Column.CONTACT_EMAIL),
        ("Puhelinnro", Column.PHONE),
        ("Sahkoposti", Column.EMAIL),
        ("Liikevaihto (t€) 2025", Column.TURNOVER),
        ("Henkilöstö 2025", Column.STAFF),
        ("Antal anställda", Column.STAFF),
        ("Omsättning 1000 EUR", Column.TURNOVER),
    ],
)
def test_variants_and_slips_are_known_too(heading: str, column: Column):
    assert guess_mapping([heading], []) == {0: column}


@pytest.mark.parametrize("heading", ["", "Väri", "Sopimuksen loppupäivä", "X1", "Kasvuhalu"])
def test_other_headings_are_left_to_the_person(heading: str):
    assert guess_mapping([heading], []) == {0: None}


def test_a_column_with_an_odd_heading_is_known_by_its_values():
    rows = [
        ["9100000-5", "info@kuusi.example", "26100", "www.kuusi.example", "040 123 4567"],
        ["9100001-3", "posti@manty.example", "64100", "https://manty.example", "+358 2 834111"],
    ]
    guess = guess_mapping(["A", "B", "C", "D", "E"], rows)
    assert list(guess.values()) == [
        Column.BUSINESS_ID,
        Column.EMAIL,
        Column.POSTCODE,
        Column.WEBSITE,
        Column.PHONE,
    ]


def test_one_kind_is_given_to_one_column_only_the_better_heading_first():
    assert guess_mapping(["Postitoimipaikka", "Kunta"], []) == {0: Column.CITY, 1: None}
    assert guess_mapping(["Y-tunus", "Y-tunnus"], []) == {0: None, 1: Column.BUSINESS_ID}


@given(
    st.lists(st.text(max_size=20), max_size=8),
    st.lists(st.lists(st.text(max_size=10), max_size=10), max_size=5),
)
def test_any_headings_and_values_get_a_mapping_without_twins(
    headings: list[str], rows: list[list[str]]
):
    guess = guess_mapping(headings, rows)
    assert list(guess) == list(range(len(headings)))
    given_out = [column for column in guess.values() if column]
    assert len(set(given_out)) == len(given_out)


@pytest.mark.parametrize("heading", ["Perustettu", "Rekisteröintipäivä", "Grundad", "Founded"])
def test_the_day_a_firm_was_founded_is_known_by_its_heading(heading: str):
    assert guess_mapping([heading], []) == {0: Column.REGISTERED_ON}


def test_columns_that_hold_something_and_mean_nothing_are_named():
    headings = ["Yritys", "Kummi", "Tyhjä", ""]
    rows = [["Kuusi Oy", "Liisa", "", "x"], ["Mänty Oy"]]
    assert left_out(headings, rows, {0: Column.NAME, 1: None}) == ["Kummi", "4"]
