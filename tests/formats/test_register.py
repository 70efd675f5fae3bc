"""Answers of the business register, real ones and their traps."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.companies import CompanyStatus, IndustryStandard, NameKind, SiteKind
from crm.domain.errors import Invalid, Reason
from crm.domain.imports.records import Address, ReadRow, Record
from crm.formats.register import looks_like_register, read_register

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "prh"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def firm(**keys: Any) -> dict[str, Any]:
    """A living firm as short as the API's text allows."""
    return {
        "businessId": {"value": "9100000-5"},
        "names": [{"name": "Kuusi Oy", "type": "1", "version": 1}],
        "tradeRegisterStatus": "1",
        "status": "2",
        **keys,
    }


def rows_of(*companies: dict[str, Any]) -> list[ReadRow]:
    return read_register(json.dumps({"totalResults": 1, "companies": companies}).encode())


def record(**keys: Any) -> Record:
    (row,) = rows_of(firm(**keys))
    assert row.record is not None
    return row.record


def refusal(data: bytes) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_register(data)
    return caught.value


def test_a_real_answer_gives_the_firm_its_names_industry_and_addresses():
    (row,) = read_register(sample("companies_businessId_0112038-9.json"))
    nokia = row.record
    assert nokia is not None
    assert (nokia.name, nokia.business_id) == ("Nokia Oyj", "0112038-9")
    assert nokia.status is CompanyStatus.ACTIVE
    assert (nokia.industry_code, nokia.industry_standard) == ("70100", IndustryStandard.TOL2025)
    assert nokia.registered_on == date(1896, 12, 19)
    assert nokia.website == "https://www.nokia.com"
    kinds = {name.name: name.kind for name in nokia.other_names}
    assert kinds["Oy Nokia Ab"] is NameKind.FORMER
    assert kinds["Nokia Corporation"] is NameKind.PARALLEL
    assert kinds["Vertu"] is NameKind.AUXILIARY
    assert "Nokia Oyj" not in kinds


def test_the_finnish_city_is_taken_though_the_swedish_comes_first_and_types_are_numbers():
    (row,) = read_register(sample("companies_businessId_0112038-9.json"))
    assert row.record is not None
    assert row.record.addresses == (
        Address(SiteKind.VISITING, "Karakaari 7", "02610", "Espoo", "049"),
        Address(SiteKind.POSTAL, "PL 226", "00045", "Nokia Group", "091"),
    )


def test_a_firm_that_ended_is_ceased_though_its_status_is_that_of_living_firms():
    (row,) = read_register(sample("companies_ceased_0157684-5.trimmed.json"))
    assert row.record is not None
    assert row.record.name == "Nostonokia Oy"
    assert row.record.status is CompanyStatus.CEASED
    assert row.record.ended_on == date(2006, 7, 1)
    assert (row.record.industry_code, row.record.addresses) == (None, ())


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ({}, CompanyStatus.ACTIVE),
        ({"endDate": None}, CompanyStatus.ACTIVE),
        ({"endDate": ""}, CompanyStatus.ACTIVE),
        ({"endDate": "2024-01-01"}, CompanyStatus.CEASED),
        ({"tradeRegisterStatus": "4"}, CompanyStatus.CEASED),
        ({"tradeRegisterStatus": "3"}, CompanyStatus.ACTIVE),
        ({"companySituations": [{"type": "KONK"}]}, CompanyStatus.BANKRUPT),
        ({"companySituations": [{"type": "SELTILA"}]}, CompanyStatus.LIQUIDATION),
        ({"companySituations": [{"type": "SANE", "endDate": None}]}, CompanyStatus.RESTRUCTURING),
        ({"companySituations": [{"type": "KONK", "endDate": "2020-01-01"}]}, CompanyStatus.ACTIVE),
        ({"companySituations": [{"type": "SANE"}, {"type": "KONK"}]}, CompanyStatus.BANKRUPT),
    ],
)
def test_who_is_alive_follows_from_dates_and_situations(
    keys: dict[str, Any], status: CompanyStatus
):
    assert record(**keys).status is status


def test_the_industry_keeps_the_classification_it_was_given_in():
    old = record(mainBusinessLine={"type": "45112", "typeCodeSet": "TOIMI3"})
    older = record(mainBusinessLine={"type": "50100", "typeCodeSet": "TOIMI2"})
    assert (old.industry_code, old.industry_standard) == ("45112", IndustryStandard.TOL2008)
    assert older.industry_standard is None


@pytest.mark.parametrize(
    ("address", "street"),
    [
        ({"street": "Katu", "buildingNumber": "5", "entrance": "B", "apartmentNumber": "12",
          "apartmentIdSuffix": "a"}, "Katu 5 B 12a"),
        ({"street": None, "buildingNumber": "44", "co": "c/o Tilit Oy"}, "c/o Tilit Oy, 44"),
        ({"street": "Katu", "co": "Tilit Oy"}, "c/o Tilit Oy, Katu"),
        ({"street": "", "postOfficeBox": "12"}, "PL 12"),
        ({"country": "SE", "freeAddressLine": "Norgårdsvägen_3 _ SE-451_75 Uddevalla"},
         "Norgårdsvägen 3, SE-451 75, Uddevalla"),
    ],
)  # fmt: skip
def test_every_way_to_write_an_address_becomes_one_line(address: dict[str, Any], street: str):
    (found,) = record(addresses=[{"type": 1, **address}]).addresses
    assert found.street == street
    assert found.country == address.get("country", "FI")


def test_a_page_past_the_end_that_repeats_the_first_adds_nothing():
    page = sample("companies_search_mixed.trimmed.json")
    pages = b"[" + page + b"," + page + b"]"
    assert len(read_register(pages)) == 2
    assert len(read_register(page + b"\n" + page)) == 2


def test_pages_saved_one_after_the_other_lists_and_single_firms_are_all_read():
    one, two = firm(), firm(businessId={"value": "9100001-3"})
    page = {"totalResults": 2, "companies": [one]}
    for document in ([one, two], [page, {"companies": [two]}]):
        assert len(read_register(json.dumps(document).encode())) == 2
    assert len(read_register(json.dumps(one).encode())) == 1
    assert len(read_register(f"{json.dumps(one)}\n{json.dumps(two)}\n".encode("utf-8-sig"))) == 2


def test_a_firm_without_a_name_or_with_a_wrong_number_is_rejected_by_its_place():
    rows = rows_of(firm(names=[]), firm(businessId={"value": "9100000-6"}), firm())
    assert [(row.number, row.rejected) for row in rows] == [(1, True), (2, True), (3, False)]
    assert rows[0].problems[0].code is Reason.NAME_MISSING
    assert rows[1].problems[0].code is Reason.BUSINESS_ID_CHECK_DIGIT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"{", Reason.FILE_NOT_REGISTER),
        (b"", Reason.FILE_NOT_REGISTER),
        (b"{}", Reason.FILE_NOT_REGISTER),
        (b"[]", Reason.FILE_NOT_REGISTER),
        (b"[1, null]", Reason.FILE_NOT_REGISTER),
        (b'{"name": "package", "version": "1"}', Reason.FILE_NOT_REGISTER),
        (b'{"companies": "x"}', Reason.FILE_NOT_REGISTER),
        (b"[" * 100_000, Reason.FILE_NOT_REGISTER),
        (b"9" * 5000, Reason.FILE_NOT_REGISTER),
        (b'{"a": "\xff"}', Reason.FILE_NOT_REGISTER),
        (sample("companies_not_found.json"), Reason.NO_ROWS),
        (sample("error_400.synthetic.json"), Reason.REGISTER_ERROR),
    ],
)
def test_other_json_and_the_registers_own_errors_are_refused(data: bytes, reason: Reason):
    assert refusal(data).reason is reason


def test_the_registers_own_words_are_passed_on():
    assert refusal(sample("error_400.synthetic.json")).details == {"said": "Virheellinen pyyntö"}


def test_what_no_database_takes_is_left_out():
    strange = record(
        names=[{"name": "Kuusi\u0000\ud800 Oy", "type": "1"}],
        website={"url": "http://" + "x" * 300 + ".fi"},
        mainBusinessLine={"type": "123456789"},
        addresses=[
            {
                "type": 1,
                "street": "K" * 900,
                "postCode": "1" * 90,
                "country": "Suomi",
                "postOffices": [{"city": "R" * 300, "municipalityCode": "6840"}],
            }
        ],
    )
    (address,) = strange.addresses
    assert (strange.name, strange.website, strange.industry_code) == ("Kuusi Oy", None, None)
    assert len(address.street or "") == 200
    assert len(address.city or "") == 100
    assert len(address.postcode or "") == 20
    assert (address.municipality_code, address.country) == (None, "FI")


def test_a_register_answer_is_told_from_a_list_by_its_first_letter():
    assert looks_like_register(b"\xef\xbb\xbf \n{")
    assert not looks_like_register(b"Y-tunnus;Yritys")


keys = st.sampled_from(
    "businessId names name value type version endDate addresses postOffices city street "
    "companySituations mainBusinessLine website url registrationDate tradeRegisterStatus".split()
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(keys, junk))
def test_keys_of_any_kind_and_shape_give_a_row_or_a_refusal(values: dict[str, Any]):
    (row,) = rows_of(firm(**values))
    assert row.rejected or row.record


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text('{}[]",: 1a\\', max_size=60).map(str.encode))
def test_any_bytes_are_rows_or_refused(data: bytes):
    with suppress(Invalid):
        assert read_register(data)
