"""The shipped code lists: whole, joined to each other, and honest about what they lack."""

import pytest

from crm import codes
from crm.domain.companies import IndustryStandard

OLD, NEW = IndustryStandard.TOL2008, IndustryStandard.TOL2025


def test_a_municipality_has_its_names_and_its_regions():
    town = codes.municipality("287")
    assert town is not None
    assert (town.name_fi, town.name_sv) == ("Kristiinankaupunki", "Kristinestad")
    assert (town.seutukunta, town.maakunta) == ("Sydösterbotten", "Pohjanmaa")
    assert town.swedish_majority
    assert codes.municipality("999") is None


def test_the_municipalities_are_those_of_2026():
    assert len(codes.municipalities()) == 308
    assert codes.municipality("588") is None


@pytest.mark.parametrize("name", ["Rauma", "RAUMO", "rauma "])
def test_a_municipality_is_found_by_its_finnish_and_swedish_name(name: str):
    town = codes.municipality_by_name(name)
    assert town is not None
    assert town.code == "684"


def test_every_postal_code_leads_to_a_municipality():
    lost = [
        row.code
        for row in codes.postal_codes().values()
        if codes.municipality(row.municipality_code) is None
    ]
    assert not lost


def test_a_postal_code_keeps_its_leading_zeros():
    row = codes.postal_code("00100")
    assert row is not None
    assert (row.city_fi, row.city_sv, row.municipality_code) == ("HELSINKI", "HELSINGFORS", "091")
    assert codes.postal_code("99998") is None


def test_the_network_begins_with_its_ten_towns():
    towns = codes.network_towns()
    assert len(towns) == 10
    assert {"Rauma", "Kristiinankaupunki"} <= {town.name_fi for town in towns}


def test_an_industry_has_the_name_that_the_lists_honestly_have():
    assert codes.industry("25110", OLD) == "Metallirakenteiden ja niiden osien valmistus"
    assert codes.industry("70100", NEW, "en") == "Activities of head offices"
    assert codes.industry("45112", OLD) is not None
    assert codes.industry("04", OLD) is None


def test_division_45_that_tol_2025_does_not_have_gets_no_name_of_it():
    assert codes.industry("45112", NEW, "en") is None
    assert codes.industry("45112", NEW) is None


def test_an_industry_is_found_by_its_finnish_name():
    code = codes.industry_by_name("Metallirakenteiden ja niiden osien valmistus")
    assert code is not None
    assert code.startswith("2511")
    assert codes.industry_by_name("kaikenlaista") is None


def test_every_shipped_list_has_a_line_of_its_source():
    folder = codes.files("crm").joinpath("data")
    said = folder.joinpath("SOURCES.md").read_text("utf-8")
    lists = {each.name for each in folder.iterdir() if each.name.endswith((".csv", ".json"))}
    assert lists
    assert not {name for name in lists if name not in said}
