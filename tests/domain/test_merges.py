from datetime import date

import pytest

from crm.domain.cadence import Tier
from crm.domain.companies import FigureKind, NameKind, SiteKind, Source
from crm.domain.merges import (
    Choices,
    MergeField,
    Side,
    Standing,
    Stated,
    better_survivor,
    joined_engagement,
    joined_figure,
    joined_site,
    proposed,
    same_people,
    same_site,
    same_work,
    settled_names,
)

OLD, NEW = date(2024, 1, 1), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("field", "kept", "other", "side"),
    [
        (MergeField.PHONE, (None, Source.PERSON, NEW), ("1", Source.DEMO, OLD), "loser"),
        (MergeField.PHONE, ("1", Source.DEMO, OLD), (None, Source.PERSON, NEW), "survivor"),
        (MergeField.PHONE, ("1", Source.FILE, OLD), ("1", Source.PERSON, NEW), "survivor"),
        (MergeField.NAME, ("A", Source.PERSON, NEW), ("B", Source.REGISTER, OLD), "loser"),
        (MergeField.PHONE, ("1", Source.PERSON, OLD), ("2", Source.REGISTER, NEW), "survivor"),
        (MergeField.PHONE, ("1", Source.FILE, NEW), ("2", Source.PERSON, OLD), "loser"),
        (MergeField.EMAIL, ("1", Source.FILE, OLD), ("2", Source.FILE, NEW), "loser"),
        (MergeField.EMAIL, ("1", Source.FILE, NEW), ("2", Source.FILE, OLD), "survivor"),
        (MergeField.EMAIL, ("1", Source.FILE, NEW), ("2", Source.FILE, NEW), "survivor"),
    ],
)  # fmt: skip
def test_what_is_known_then_the_source_then_the_day_decides(field, kept, other, side):
    assert proposed(field, Stated(*kept), Stated(*other)) == side


def name(row_id, text, kind=NameKind.MAIN):
    return {"id": row_id, "name": text, "kind": kind, "until_on": None}


def test_the_name_not_chosen_stays_as_a_former_one():
    cells = settled_names([name(1, "Kuusi Oy")], [name(2, "Konepaja Oy")], "Kuusi Oy")
    assert cells[1]["kind"] is NameKind.MAIN
    assert cells[2] == {"kind": NameKind.FORMER}


def test_another_spelling_of_the_chosen_name_takes_its_place_and_makes_no_second_main_name():
    cells = settled_names([name(1, "KUUSI OY")], [name(2, "Kuusi Oy")], "Kuusi Oy")
    assert cells == {1: {"name": "Kuusi Oy", "kind": NameKind.MAIN, "until_on": None}}


def test_an_auxiliary_name_keeps_its_kind():
    theirs = [name(2, "Konepaja Oy"), name(3, "Kuusipaja", NameKind.AUXILIARY)]
    assert 3 not in settled_names([name(1, "Kuusi Oy")], theirs, "Kuusi Oy")


def relation(**given):
    blank = {
        "owner_id": None,
        "tier": Tier.KNOWN,
        "own_cadence_days": None,
        "last_contact_on": None,
    }
    return blank | given


def test_a_joined_relationship_keeps_its_owner_and_takes_the_closer_tier_and_the_later_contact():
    mine = relation(owner_id=1, tier=Tier.ENGAGED, last_contact_on=OLD)
    theirs = relation(owner_id=2, tier=Tier.ANCHOR, own_cadence_days=30, last_contact_on=NEW)
    assert joined_engagement(mine, theirs, Choices({})) == {
        "owner_id": 1,
        "tier": Tier.ANCHOR,
        "own_cadence_days": 30,
        "last_contact_on": NEW,
    }


def test_a_relationship_without_an_owner_takes_the_other_one():
    joined = joined_engagement(relation(), relation(owner_id=2), Choices({}))
    assert (joined["owner_id"], joined["last_contact_on"]) == (2, None)


def figure(value, source, on):
    return {"kind": FigureKind.STAFF, "year": 2025, "value": value, "source": source,
            "stated_on": on}  # fmt: skip


def test_a_year_both_have_goes_by_its_source_unless_a_person_chose():
    mine, theirs = figure(9, Source.FILE, NEW), figure(7, Source.PERSON, OLD)
    assert joined_figure(mine, theirs, Choices({}))["value"] == 7
    by_hand = frozenset({MergeField.STAFF})
    assert joined_figure(mine, theirs, Choices({MergeField.STAFF: Side.SURVIVOR}, by_hand)) == {}


def site(kind, **given):
    blank = {"street": None, "postcode": None, "city": None, "municipality_code": None}
    return blank | {"kind": kind, "country": "FI"} | given


def test_an_address_is_taken_whole_and_only_when_chosen():
    mine = site(SiteKind.VISITING, street="Rantatie 1", postcode="26100")
    theirs = site(SiteKind.VISITING, street="Satamakatu 2")
    assert joined_site(mine, theirs, Choices({})) == {}
    taken = joined_site(mine, theirs, Choices({MergeField.ADDRESS: Side.LOSER}))
    assert (taken["street"], taken["postcode"]) == ("Satamakatu 2", None)


def test_addresses_in_two_towns_are_two_places_and_postal_ones_are_one():
    rauma, other = ({"municipality_code": code} for code in ("684", "287"))
    visiting, postal = SiteKind.VISITING, SiteKind.POSTAL
    assert same_site(site(visiting, **rauma)) != same_site(site(visiting, **other))
    assert same_site(site(postal, **rauma)) == same_site(site(postal, **other))


def test_an_ended_position_is_no_double_of_one_that_lasts():
    lasting = {"id": 1, "person_id": 5, "company_id": 7, "until_on": None}
    ended = lasting | {"id": 2, "until_on": OLD}
    assert same_work(lasting) == same_work(lasting | {"id": 3})
    assert same_work(lasting) != same_work(ended)


class Somebody:
    def __init__(self, name, phone=None, email=None):
        self.name, self.phone, self.email = name, phone, email


def test_people_alike_by_name_phone_or_e_mail_are_paired_with_the_earlier_one():
    one, two = Somebody("Matti Salo", "+358401"), Somebody("MATTI SALO")
    three = Somebody("M. Salo", "+358401", "matti@kuusi.fi")
    other = Somebody("Liisa Ranta", None, None)
    assert same_people([one, two, three, other]) == [(one, two), (one, three)]


def test_the_row_with_a_business_id_from_the_better_source_is_proposed_to_stay():
    numbered = Standing(9, "9100000-5", Source.FILE, 1)
    registered = Standing(8, "9100001-3", Source.REGISTER, 1)
    bare = Standing(1, None, Source.PERSON, 5)
    assert better_survivor(bare, numbered) == 9
    assert better_survivor(numbered, registered) == 8
    assert better_survivor(bare, Standing(2, None, Source.PERSON, 6)) == 2
