from tests.make import KRISTIINA, make_company, make_person


def test_the_page_shows_firms_and_people_in_groups(as_aino, kuusi):
    make_person(kuusi, "Kuusamo Salo")
    page = as_aino.get("/search?q=kuus").text
    assert "Kuusen Konepaja Oy" in page
    assert "Kuusamo Salo" in page


def test_an_empty_answer_says_what_to_do_next(as_aino):
    answer = as_aino.get("/search?q=eiloydy")
    assert answer.status_code == 200
    assert "eiloydy" in answer.text


def test_the_palette_gets_a_listbox_part_and_not_a_page(as_aino, kuusi):
    part = as_aino.get("/search?q=kuusen&partial=palette").text
    assert 'role="option"' in part
    assert "<html" not in part
    assert f"/companies/{kuusi.id}" in part


def test_the_picker_offers_firms_by_their_people_too(as_aino, kuusi):
    make_person(kuusi, "Hjördis Mäkelä")
    assert f'data-id="{kuusi.id}"' in as_aino.get("/companies/pick?q=hjordis").text


def test_the_picker_offers_a_firm_whose_name_is_typed_in_the_other_language(as_aino, kuusi):
    firm = make_company("Kristiinankaupungin Kirjapaino Oy", towns=(KRISTIINA,))
    part = as_aino.get("/companies/pick?q=Kristinestads+Tryckeri").text
    assert f'data-id="{firm.id}"' in part
    assert f'data-id="{kuusi.id}"' not in part


def test_a_new_company_that_is_known_is_warned_of_with_a_link_to_use(as_aino, kuusi):
    part = as_aino.get("/companies/check?name=kuusen+konepaja").text
    assert f"/companies/{kuusi.id}" in part
    assert "9100000-5" in part
    assert as_aino.get("/companies/check?name=aivan+muu").text.strip() == ""


def test_a_reader_cannot_ask_for_the_warning_and_a_stranger_nothing(as_vilma, client):
    assert as_vilma.get("/companies/check?name=kuusen").status_code == 403
    for address in ("/search?q=kuusi", "/companies/pick?q=kuusi", "/companies/check?name=kuusi"):
        assert client.get(address).status_code == 302


def test_names_are_shown_as_text_and_never_as_code(as_aino):
    make_company("<script>alert(1)</script> Oy")
    for address in (
        "/search?q=script",
        "/search?q=script&partial=palette",
        "/companies/pick?q=script",
    ):
        assert "<script>alert" not in as_aino.get(address).text
