"""CSV and XLSX as they come from Finnish Excel, and back."""

import io
import unicodedata
import zipfile
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.errors import Invalid, Reason
from crm.formats.spreadsheets import read_table, write_csv, write_xlsx

LIST = "Y-tunnus;Yritys;Kaupunki\r\n9100000-5;Kuusen Sähkö Oy;Rauma\r\n"


def xlsx(rows: list[list[Any]], *, top: int = 0, left: int = 0) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Yritykset")
        day = book.add_format({"num_format": "d.m.yyyy"})
        percent = book.add_format({"num_format": "0 %"})
        for number, row in enumerate(rows, top):
            for column, cell in enumerate(row, left):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif isinstance(cell, float) and cell < 1:
                    sheet.write_number(number, column, cell, percent)
                else:
                    sheet.write(number, column, cell)
    return out.getvalue()


def refusal(data: bytes, filename: str = "lista.csv") -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_table(data, filename)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_that_excel_writes_keeps_the_letters(encoding: str):
    table = read_table(LIST.encode(encoding), "lista.csv")
    assert table.headings == ["Y-tunnus", "Yritys", "Kaupunki"]
    assert table.rows == [["9100000-5", "Kuusen Sähkö Oy", "Rauma"]]
    assert (table.first_row, table.kind) == (2, "csv")


@pytest.mark.parametrize("mark", [";", "\t", ",", "|"])
def test_the_delimiter_is_found(mark: str):
    table = read_table(LIST.replace(";", mark).encode(), "lista.csv")
    assert table.rows[0][1] == "Kuusen Sähkö Oy"


def test_commas_in_notes_do_not_pass_for_the_delimiter():
    text = "Yritys;Huom\r\n" + "".join(
        f"Firma {n};soitti, kysyi, odottaa, ei vastaa, uudelleen\r\n" for n in range(9)
    )
    table = read_table(text.encode(), "lista.csv")
    assert table.headings == ["Yritys", "Huom"]
    assert len(table.rows[0]) == 2


def test_the_line_that_names_the_delimiter_is_no_heading_and_still_counts_as_a_row():
    table = read_table(b"sep=,\r\nYritys,Kunta\r\nKuusi,Rauma\r\n", "lista.csv")
    assert table.headings == ["Yritys", "Kunta"]
    assert table.first_row == 3


def test_a_title_above_the_headings_is_passed_over_and_row_numbers_stay_the_files():
    text = "Rauman yritykset 2026\r\n\r\n" + LIST + "\r\n9100001-3;Mänty Oy;Rauma\r\n"
    table = read_table(text.encode(), "lista.csv")
    assert table.headings[0] == "Y-tunnus"
    assert table.first_row == 4
    assert [row[:1] for row in table.rows] == [["9100000-5"], [], ["9100001-3"]]


def test_a_list_of_names_alone_is_a_table():
    table = read_table("Yritys\nKuusi Oy\nMänty Oy\n".encode(), "lista.csv")
    assert (table.headings, table.rows) == (["Yritys"], [["Kuusi Oy"], ["Mänty Oy"]])


def test_a_cell_with_line_breaks_quotes_and_delimiters_stays_one_cell():
    table = read_table(b'Yritys;Huom\r\nKuusi;"a ""b""; c\r\nd"\r\n', "lista.csv")
    assert table.rows == [["Kuusi", 'a "b"; c\r\nd']]


def test_headings_of_the_same_name_are_kept_apart_and_nameless_ones_get_a_letter():
    table = read_table(b"Nimi;Puhelin;puhelin;;Puhelin (2)\na;1;2;3;4;5\n", "lista.csv")
    assert table.headings == ["Nimi", "Puhelin", "puhelin (2)", "D", "Puhelin (2) (2)", "F"]
    assert table.rows == [["a", "1", "2", "3", "4", "5"]]


def test_formula_looking_cells_are_kept_as_text():
    table = read_table(b'Nimi;Huom\nKuusi;"=HYPERLINK(""http://x.example"")"\n', "lista.csv")
    assert table.rows[0][1] == '=HYPERLINK("http://x.example")'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.FILE_EMPTY),
        (b" \r\n;;\r\n", Reason.FILE_EMPTY),
        (b"Y-tunnus;Yritys\r\n", Reason.NO_ROWS),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", Reason.FILE_NOT_TEXT),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x05<<", Reason.FILE_NOT_TEXT),
        (b"Yritys;Kunta\nKuu\x00si;Rauma\n", Reason.FILE_NOT_TEXT),
        ("Yritys;Kunta\nKuu\0si;Rauma\n".encode("utf-16"), Reason.FILE_NOT_TEXT),
        ("Yritys;Kunta\nMäkinen;Rauma\n".encode("cp850"), Reason.FILE_ENCODING),
        ("Yritys;Kunta\nMäkinen;Rauma\n".encode() + b"\xff", Reason.FILE_ENCODING),
        (b"Yritys;Kunta\nM\x81kinen;Rauma\n", Reason.FILE_ENCODING),
        (b"\xff\xfeY\x00r\x00x", Reason.FILE_ENCODING),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Reason.FILE_OLD_EXCEL),
        (b"Nimi;Huom\na;" + b"x" * 200_000 + b"\n", Reason.CELL_TOO_LONG),
        (b"Nimi;Huom\na;" + b"x" * 300_000 + b"\n", Reason.CELL_TOO_LONG),
        (b";".join([b"a"] * 201) + b"\n1\n", Reason.TOO_MANY_COLUMNS),
        (b"Nimi\n" + b"a\n" * 50_001, Reason.TOO_MANY_ROWS),
        (b"PK\x03\x04 no zip at all", Reason.FILE_UNREADABLE),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_its_reason(data: bytes, reason: Reason):
    assert refusal(data).reason is reason


def test_a_quote_that_never_ends_is_refused_instead_of_swallowing_the_rows_below():
    caught = refusal(b'Nimi;Kunta\nKuusi;Rauma\n"Koivu;Rauma\nPaju;Rauma\n')
    assert (caught.reason, caught.details) == (Reason.FILE_QUOTES, {"row": 3})


def test_fifty_thousand_rows_are_still_taken():
    assert len(read_table(b"Nimi\n" + b"a\n" * 50_000, "lista.csv").rows) == 50_000


def test_a_million_empty_rows_below_the_list_do_no_harm_but_a_stray_cell_there_does():
    below = LIST.encode() + b";;\r\n" * 1_000_000
    assert len(read_table(below, "lista.csv").rows) == 1
    assert refusal(below + b"x\r\n").reason is Reason.TOO_MANY_ROWS


def test_hidden_sheets_are_not_read():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        hidden, shown = book.add_worksheet("Vanha"), book.add_worksheet("Uusi")
        shown.activate()
        hidden.hide()
        for sheet, name in ((hidden, "Koivu Oy"), (shown, "Kuusi Oy")):
            sheet.write_column(0, 0, ["Yritys", name])
    assert read_table(out.getvalue(), "lista.xlsx").rows == [["Kuusi Oy"]]


def test_text_with_the_name_of_an_excel_file_is_refused():
    assert refusal(LIST.encode(), "lista.xlsx").reason is Reason.FILE_UNREADABLE


def test_an_excel_file_with_the_name_of_a_csv_is_read_all_the_same():
    assert read_table(xlsx([["Yritys"], ["Kuusi Oy"]]), "lista.csv").rows == [["Kuusi Oy"]]


def test_numbers_days_and_leading_zeros_of_excel_become_plain_text():
    rows = [
        ["Nimi", "Postinumero", "Henkilöstö", "Liikevaihto", "Kasvu", "Perustettu"],
        ["Kuusi", "00100", 12345.0, 14.235, 0.25, date(2026, 11, 27)],
    ]
    table = read_table(xlsx(rows), "lista.xlsx")
    assert table.kind == "xlsx"
    assert table.rows[0] == ["Kuusi", "00100", "12345", "14,235", "0,25", "2026-11-27"]


def test_rows_of_excel_are_numbered_as_on_the_sheet():
    table = read_table(xlsx([["Nimi", "Kunta"], ["a", "b"], ["c", "d"]], top=6, left=3), "a.xlsx")
    assert table.first_row == 8
    assert table.rows[0][-2:] == ["a", "b"]


def test_a_sheet_without_rows_is_refused():
    assert refusal(xlsx([]), "lista.xlsx").reason is Reason.FILE_EMPTY
    assert refusal(xlsx([["Nimi", "Kunta"]]), "lista.xlsx").reason is Reason.NO_ROWS


def test_a_formula_in_our_excel_files_is_text_and_in_our_csv_files_harmless():
    assert read_table(write_xlsx(["N", "H"], [["a", "=1+1"]]), "x.xlsx").rows == [["a", "=1+1"]]
    with zipfile.ZipFile(io.BytesIO(write_xlsx(["N"], [["=1+1"]]))) as parts:
        assert b'quotePrefix="1"' in parts.read("xl/styles.xml")
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert write_csv(["N"], [["=1+1"]]).decode("utf-8-sig").splitlines() == ["N", "'=1+1"]


kept = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")),
    min_size=1,
    max_size=30,
).map(lambda text: " ".join(text.split())).filter(bool)  # fmt: skip
formulas = st.builds(lambda mark, rest: mark + rest, st.sampled_from("=+-@'\uff1d"), kept)
tables = st.lists(st.lists(kept | formulas, min_size=3, max_size=3), min_size=1, max_size=6)


@settings(deadline=None)
@given(tables)
def test_our_own_exports_read_back_as_they_were(rows: list[list[str]]):
    rows = [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]
    headings = ["Nimi", "Kunta", "Huomautus"]
    for data, name in (
        (write_csv(headings, rows), "a.csv"),
        (write_xlsx(headings, rows), "a.xlsx"),
    ):
        table = read_table(data, name)
        assert (table.headings, table.rows) == (headings, rows)


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=300)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "ignore"))
    | st.text('";,\t|\r\n a1=', max_size=80).map(str.encode)
    | st.binary(max_size=200).map(lambda rest: b"PK\x03\x04" + rest),
    st.sampled_from(["a.csv", "a.xlsx", "", "\0"]),
)
def test_any_bytes_are_a_table_or_refused(data: bytes, filename: str):
    with suppress(Invalid):
        table = read_table(data, filename)
        assert all(len(row) in {0, len(table.headings)} for row in table.rows)
        assert not any("\0" in cell for row in table.rows for cell in row)
