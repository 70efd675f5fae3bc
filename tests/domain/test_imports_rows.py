"""What a row of a firm list says, and what a person is told about it."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm import codes
from crm.actions.imports import LOOKUPS
from crm.domain.companies import CompanyStatus, IndustryStandard, NameKind, SiteKind
from crm.domain.errors import Invalid, Reason
from crm.domain.imports.plain import plain_row, read_row
from crm.domain.imports.records import Address, Column, OtherName, ReadRow, Record
from crm.domain.imports.rows import LARGEST, read_rows


def rows_of(*rows: dict[Column, str], headings: dict[Column, str] | None = None) -> list[ReadRow]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return read_rows(
        [(headings or {}).get(column, column.value) for column in columns],
        [[row.get(column, "") for column in columns] for row in rows],
        dict(enumerate(columns)),
        first_row=2,
        lookups=LOOKUPS,
    )


def row_of(**cells: str) -> ReadRow:
    (row,) = rows_of({Column.NAME: "Kuusi Oy", **{Column(key): cells[key] for key in cells}})
    return row


def told(row: ReadRow) -> list[tuple[str, Reason, bool]]:
    return [(problem.column, problem.code, problem.blocking) for problem in row.problems]


def test_a_full_row_is_read_whole():
    row = row_of(
        name="Kuusen  Sähkö Oy",
        business_id="91000005",
        street="Satamakatu 1",
        postcode="26100",
        city="Rauma",
        industry="25.110 Metallirakenteet",
        phone="040 123 4567",
        email="info@KUUSI.fi",
        website="www.kuusi.fi",
        staff="12",
        turnover="1,2 M€",
        contact_name="Liisa Kuusi",
        contact_phone="02 834 111",
        note="soita",
        registered_on="1.2.1998",
    )
    assert row.problems == ()
    assert row.record == Record(
        name="Kuusen Sähkö Oy",
        business_id="9100000-5",
        industry_code="25110",
        website="https://www.kuusi.fi",
        email="info@kuusi.fi",
        phone="+358401234567",
        description="soita",
        registered_on=date(1998, 2, 1),
        staff=12,
        turnover=1_200_000,
        contact_name="Liisa Kuusi",
        contact_phone="+3582834111",
        addresses=(Address(SiteKind.VISITING, "Satamakatu 1", "26100", "Rauma", "684"),),
    )


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"name": ""}, Reason.NAME_MISSING),
        ({"name": "x" * 100_000}, Reason.TOO_LONG),
        ({"business_id": "9100000-6"}, Reason.BUSINESS_ID_CHECK_DIGIT),
        ({"business_id": "kesken"}, Reason.BUSINESS_ID_FORM),
        ({"business_id": "1" * 30_000}, Reason.TOO_LONG),
    ],
)
def test_a_row_that_cannot_be_trusted_is_rejected(cells: dict[str, str], reason: Reason):
    row = row_of(**cells, phone="040 123 4567")
    assert row.rejected
    assert told(row) == [(next(iter(cells)), reason, True)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"phone": "vaihde"}, Reason.NOT_A_PHONE),
        ({"email": "info(at)kuusi"}, Reason.NOT_AN_EMAIL),
        ({"website": "javascript:alert(1)"}, Reason.NOT_A_WEBSITE),
        ({"website": "www." + "x" * 300 + ".fi"}, Reason.TOO_LONG),
        ({"staff": "useita"}, Reason.NOT_A_NUMBER),
        ({"staff": "-3"}, Reason.NUMBER_NEGATIVE),
        ({"staff": "99 999 999 999 999"}, Reason.OUT_OF_RANGE),
        ({"turnover": "999999999999999 M€"}, Reason.OUT_OF_RANGE),
        ({"industry": "kaikenlaista"}, Reason.UNKNOWN_INDUSTRY),
        ({"note": "x" * 5001}, Reason.TOO_LONG),
        ({"business_id": "SE556012579001"}, Reason.FOREIGN_VAT),
    ],
)
def test_a_cell_that_cannot_be_read_is_left_out_and_said(cells: dict[str, str], reason: Reason):
    row = row_of(**cells)
    column = next(iter(cells))
    assert told(row) == [(column, reason, False)]
    assert row.record == Record(name="Kuusi Oy")


def test_empty_cells_and_dashes_are_no_problem():
    row = row_of(business_id="", phone="-", staff="–", email=" ")
    assert (row.record, row.problems) == (Record(name="Kuusi Oy"), ())


@pytest.mark.parametrize(
    ("cells", "address"),
    [
        ({"postcode": "64100"}, (None, "64100", None, "287")),
        ({"postcode": "100", "city": "Helsinki"}, (None, "00100", "Helsinki", "091")),
        ({"postcode": "FI-26100"}, (None, "26100", None, "684")),
        ({"city": "Kristinestad"}, (None, None, "Kristinestad", "287")),
        ({"city": "26100 RAUMA"}, (None, "26100", "RAUMA", "684")),
        ({"street": "Katu 1"}, ("Katu 1", None, None, None)),
    ],
)
def test_the_municipality_follows_from_the_postal_code_or_the_city(
    cells: dict[str, str], address: tuple[str | None, ...]
):
    row = row_of(**cells)
    assert row.record is not None
    assert row.problems == ()
    (found,) = row.record.addresses
    assert (found.street, found.postcode, found.city, found.municipality_code) == address


def test_an_unknown_town_or_postal_code_is_kept_as_written_and_said():
    row = row_of(city="Atlantis", postcode="99998")
    assert {problem.code for problem in row.problems} == {
        Reason.UNKNOWN_MUNICIPALITY,
        Reason.UNKNOWN_POSTCODE,
    }
    assert row.record is not None
    assert row.record.addresses[0].city == "Atlantis"
    assert row.record.addresses[0].municipality_code is None


def test_the_second_row_with_a_business_id_is_rejected_with_the_first_rows_number():
    first, second = rows_of(
        {Column.NAME: "Kuusi Oy", Column.BUSINESS_ID: "9100000-5"},
        {Column.NAME: "Kuusi Ab", Column.BUSINESS_ID: "FI91000005"},
    )
    assert not first.rejected
    assert second.rejected
    assert (second.problems[0].code, second.problems[0].details) == (
        Reason.BUSINESS_ID_REPEATED,
        {"row": 2},
    )


def test_rows_keep_the_files_numbers_over_empty_ones_and_problems_name_the_heading():
    rows = rows_of(
        {Column.NAME: "Kuusi Oy"},
        {},
        {Column.NAME: "Mänty Oy", Column.PHONE: "?"},
        headings={Column.PHONE: "Puhelin"},
    )
    assert [row.number for row in rows] == [2, 4]
    assert rows[1].problems[0].column == "Puhelin"


def test_the_unit_in_the_heading_counts():
    (row,) = rows_of(
        {Column.NAME: "Kuusi Oy", Column.TURNOVER: "320"},
        headings={Column.TURNOVER: "Liikevaihto (t€) 2025"},
    )
    assert row.record is not None
    assert row.record.turnover == 320_000


def test_a_list_without_a_name_column_is_refused():
    with pytest.raises(Invalid) as caught:
        read_rows(["Puhelin"], [["1"]], {0: Column.PHONE}, first_row=2, lookups=LOOKUPS)
    assert (caught.value.field, caught.value.reason) == ("mapping", Reason.NO_NAME_COLUMN)


def test_an_industry_can_be_named_in_words():
    name = codes.industry("62010", IndustryStandard.TOL2008)
    assert name is not None
    row = row_of(industry=name.upper())
    assert row.record is not None
    assert (row.record.industry_code or "").startswith("620")


def test_a_record_survives_being_kept_as_plain_values():
    record = Record(
        name="Kuusi Oy",
        status=CompanyStatus.CEASED,
        industry_standard=IndustryStandard.TOL2025,
        staff=0,
        other_names=(OtherName("Kuusi Ab", NameKind.PARALLEL),),
        addresses=(Address(SiteKind.POSTAL, None, "26100", None, "684", "SE"),),
    )
    row = ReadRow(3, record, shown="Kuusi")
    assert read_row(json.loads(json.dumps(plain_row(row)))) == row


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(st.sampled_from(Column), st.text(max_size=40), max_size=8))
def test_any_cells_give_a_row_that_a_database_can_keep(cells: dict[Column, str]):
    (row,) = rows_of({Column.NAME: "Kuusi Oy"} | {k: v for k, v in cells.items() if v.strip()})
    assert row.rejected or row.record
    assert json.loads(json.dumps(plain_row(row)))["number"] == 2
    if row.record:
        assert all(0 <= (n or 0) <= LARGEST for n in (row.record.staff, row.record.turnover))


def test_a_day_that_the_calendar_does_not_have_is_told_and_the_row_comes_in():
    row = row_of(registered_on="31.2.2026")
    assert told(row) == [("registered_on", Reason.NOT_A_DATE, False)]
    assert row.record is not None
    assert row.record.registered_on is None
