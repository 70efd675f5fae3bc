"""One typed name against the whole register, also while it is edited."""

from dataclasses import replace

import pytest

from crm.domain.duplicates import register as rooms
from crm.domain.duplicates.clues import Clue
from crm.domain.duplicates.judging import Knowledge, explain
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.duplicates.register import Register

KUUSI = Firm("kuusi", "Kuusen Konepaja Oy", street="Torikatu 1", city="Rauma", phone="02 8377001")
FIRMS = [
    KUUSI,
    Firm("sahko", "Savon Sähkö Oy", city="Kuopio"),
    Firm("genelec", "Genelec Oy", city="Iisalmi", business_id="0124670-7"),
    *(Firm(f"n{at}", f"Rakennus {name} Oy", city="Rauma") for at, name in enumerate("ABCDE")),
]


def keys(register: Register, firm: Firm) -> list[str]:
    return [match.key for match in register.check(firm)]


@pytest.mark.parametrize(
    "typed",
    ["kuusen konepaja", "Konepaja Kuusen", "Kuusen Konpaja Oy", "KuusenKonepaja", "Kuusen konep."],
)
def test_a_name_typed_in_another_way_finds_its_company(typed):
    assert keys(Register(FIRMS), Firm("", typed, city="Rauma"))[0] == "kuusi"


def test_a_telephone_number_alone_finds_its_company():
    assert keys(Register(FIRMS), Firm("", "Kuusi", phone="+358 2 8377001")) == ["kuusi"]


def test_a_name_nobody_has_finds_nobody():
    assert keys(Register(FIRMS), Firm("", "Täysin Tuntematon Ay")) == []


def test_an_empty_register_and_an_empty_name_find_nobody():
    assert Register([]).check(KUUSI) == []
    assert Register(FIRMS).check(Firm("", "")) == []


def test_a_company_put_is_found_and_one_removed_is_not():
    register = Register(FIRMS)
    register.put("uusi", Firm("", "Hietaperän Veistämö Oy", city="Rauma"))
    assert keys(register, Firm("", "hietaperan veistamo"))[0] == "uusi"
    register.remove("uusi")
    register.remove("kuusi")
    register.remove("nobody")
    assert keys(register, Firm("", "hietaperan veistamo")) == []
    assert "kuusi" not in keys(register, KUUSI)
    assert len(register) == len(FIRMS) - 1


def test_a_changed_company_is_found_by_its_new_name_only():
    register = Register(FIRMS)
    register.put("kuusi", replace(KUUSI, name="Hietaperän Veistämö Oy", phone="", street=""))
    assert keys(register, Firm("", "Hietaperän Veistämö")) == ["kuusi"]
    assert keys(register, Firm("", "Kuusen Konepaja", city="Rauma")) == []
    assert len(register) == len(FIRMS)


def test_a_register_started_empty_finds_what_was_put_when_parts_are_closed(monkeypatch):
    monkeypatch.setattr(rooms, "YOUNG", 4)
    register = Register([])
    for at in range(18):
        register.put(f"k{at}", Firm("", f"Hietaper{'aeiouyåäö'[at % 9] * (at // 9 + 1)}nkorpi Oy"))
    register.put("genelec", Firm("", "Genelec Oy", city="Iisalmi"))
    assert keys(register, Firm("", "Genelec"))[0] == "genelec"
    register.put("k3", Firm("", "Savon Sähkö Oy"))
    assert keys(register, Firm("", "Savon Sähkö"))[0] == "k3"
    assert len(register) == 19


def test_a_check_judges_as_the_list_does_and_gives_reasons():
    register = Register(FIRMS)
    typed = Firm("", "Kuusen Konepaja", phone="02 8377001")
    match = register.check(typed)[0]
    judged = explain(typed, KUUSI, Knowledge.of(Columns.of(FIRMS)))
    assert match.probability == pytest.approx(judged.probability, abs=1e-5)
    assert {each.clue for each in match.reasons} >= {Clue.NAME, Clue.PHONE}


def test_only_as_many_as_asked_for_come_back_the_likeliest_first():
    found = Register(FIRMS).check(Firm("", "Rakennus Oy", city="Rauma"), limit=2, least=0.0)
    assert len(found) == 2
    assert found[0].probability >= found[1].probability
