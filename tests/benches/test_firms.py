"""The invented firm records: the same every time, valid where they should be, nothing left out."""

import csv
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from random import Random

import pytest
from stdnum.exceptions import ValidationError
from stdnum.fi import ytunnus

from scripts.benches import firm_fields, firms
from scripts.benches.firm_families import FAMILIES
from scripts.benches.firm_making import FIRST_NUMBER, Maker, business_id
from scripts.benches.firm_writing import CORE, FORM, LETTERS, UMLAUTS

ROOT = Path(__file__).resolve().parents[2]
FIELD_KINDS = set(
    "po_box moved street_translated street_short house_written house_missing postcode_wrong "
    "postcode_neighbour postcode_written postcode_zero_lost city_translated city_municipality "
    "phone_other phone_written site_mail site_subpage site_other site_written id_near "
    "id_check_digit id_mistyped id_vat id_no_hyphen id_spaced address_together junk".split()
)
OTHER_NAMES = {"auxiliary_name", "former_name", "parallel_name"}
WRONG_IDS = {"id_near", "id_check_digit", "id_mistyped"}

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return firms.labelled(5000, seed=7)


def valid(text: str) -> bool:
    try:
        ytunnus.validate(text)
    except ValidationError:
        return False
    return True


def kinds(row: dict[str, str]) -> set[str]:
    return set(filter(None, row["kinds"].split("|")))


def entities(rows: Rows) -> dict[str, Rows]:
    found = defaultdict(list)
    for row in rows:
        found[row["entity_id"]].append(row)
    return found


def test_a_seed_gives_the_same_records_and_another_seed_others():
    assert firms.records(300, seed=3) == firms.records(300, seed=3)
    assert firms.records(300, seed=3) != firms.records(300, seed=4)


def test_records_have_the_columns_of_dedupe_file_and_their_entity_only(rows: Rows):
    record = firms.records(10, seed=7)[0]

    assert tuple(record) == firms.COLUMNS
    assert len({row["record_id"] for row in rows}) == len(rows) == 5000
    assert all(row["name"].strip() for row in rows)


def test_every_kind_of_difference_occurs(rows: Rows):
    written = {kind for kind, *_ in (*CORE, *FORM, *LETTERS, *UMLAUTS)}
    found = set().union(*(kinds(row) for row in rows))

    assert found == written | FIELD_KINDS | OTHER_NAMES | {"upper"}


def test_every_field_is_sometimes_missing_and_sometimes_there(rows: Rows):
    for column in firms.COLUMNS[3:]:
        filled = sum(bool(row[column]) for row in rows) / len(rows)
        assert 0.1 < filled < 0.97, column


def test_every_near_collision_occurs_and_is_two_firms_or_more(rows: Rows):
    groups = defaultdict(set)
    for row in rows:
        if row["family"]:
            groups[row["family"]].add(row["entity_id"])
    kinds_found = {family.split(":")[0] for family, members in groups.items() if len(members) > 1}

    assert kinds_found == set(FAMILIES)


def test_a_business_id_is_valid_and_unallocated_unless_it_was_mistyped(rows: Rows):
    typed = [row for row in rows if any(letter.isdigit() for letter in row["business_id"])]
    typed = [row for row in typed if row["business_id"] not in firm_fields.JUNK["business_id"]]

    for row in typed:
        digits = row["business_id"].removeprefix("FI").replace(" ", "")
        assert valid(digits) != bool(kinds(row) & WRONG_IDS), row
        assert int(digits[:7]) >= FIRST_NUMBER or kinds(row) & WRONG_IDS


def test_two_firms_never_share_a_business_id_and_one_firm_never_has_two(rows: Rows):
    owners = defaultdict(set)
    for row in rows:
        digits = row["business_id"].removeprefix("FI").replace(" ", "").replace("-", "")
        if valid(digits) and digits != "00000000":  # what some write where nothing is known
            owners[digits].add(row["entity_id"])

    assert all(len(entity) == 1 for entity in owners.values())
    assert len({next(iter(entity)) for entity in owners.values()}) == len(owners)


def test_a_changed_name_keeps_the_business_id_or_the_telephone_number(rows: Rows):
    changed = [row for row in rows if "former_name" in kinds(row)]

    signed = [row for row in changed if row["business_id"] or row["phone"] or row["website"]]
    assert len(changed) > 10
    assert len(signed) >= 0.85 * len(changed)


def test_a_mistyped_number_may_be_that_of_a_neighbour_but_for_its_check_digit(rows: Rows):
    firms_by_number = {
        row["business_id"].removeprefix("FI").replace(" ", "")[:7]: row["entity_id"]
        for row in rows
        if row["business_id"] and not kinds(row) & WRONG_IDS
    }
    near = [row for row in rows if "id_near" in kinds(row)]
    taken = [
        row
        for row in near
        if firms_by_number.get(row["business_id"].removeprefix("FI")[:7], row["entity_id"])
        != row["entity_id"]
    ]
    assert taken


def test_numbers_come_once_and_run_out_with_words():
    maker = Maker(Random(1))
    given = [maker.number() for _ in range(20000)]
    maker._given = 900_000

    assert len(set(given)) == len(given)
    assert all(valid(number) for number in given)
    with pytest.raises(ValueError, match="business ids"):
        maker.number()


def test_a_number_whose_check_digit_would_be_ten_is_not_given():
    none = [number for number in range(FIRST_NUMBER, FIRST_NUMBER + 200) if not business_id(number)]

    assert none
    assert not any(valid(f"{number}{digit}") for number in none for digit in range(10))


def test_about_half_of_the_firms_have_more_than_one_record(rows: Rows):
    sizes = [len(found) for found in entities(rows).values()]

    assert 0.45 < sum(size > 1 for size in sizes) / len(sizes) < 0.55
    assert max(sizes) <= 8


def test_the_command_writes_the_file_that_dedupe_file_reads(tmp_path: Path):
    out = tmp_path / "firms.csv"
    script = str(ROOT / "scripts" / "benches" / "firms.py")
    subprocess.run([sys.executable, script, "50", str(out), "--seed", "5"], check=True)

    with out.open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == firms.records(50, seed=5)
