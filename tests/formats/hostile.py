"""Files made to hurt whoever opens them."""

import io
import zipfile

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}"/></Relationships>'
)
BOOK = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(sheet_data: str, *, doctype: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """A minimal XLSX whose one sheet holds sheet_data between <sheetData> tags."""
    sheet = (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}'
        f'<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>'
    )
    parts = {
        "[Content_Types].xml": TYPES.encode(),
        "_rels/.rels": RELS.format(kind="officeDocument", target="xl/workbook.xml").encode(),
        "xl/workbook.xml": BOOK.encode(),
        "xl/_rels/workbook.xml.rels": RELS.format(
            kind="worksheet", target="worksheets/sheet1.xml"
        ).encode(),
        "xl/worksheets/sheet1.xml": sheet.encode(),
        **(extra or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEADINGS = f'<row r="1">{text_cell("A1", "Nimi")}{text_cell("B1", "Kunta")}</row>'


def plain_file() -> bytes:
    return workbook(
        f'{HEADINGS}<row r="2">{text_cell("A2", "Kuusi")}{text_cell("B2", "Rauma")}</row>'
    )


def zip_bomb() -> bytes:
    """200 MB of blanks in some 200 kB."""
    return workbook(HEADINGS, extra={"xl/sharedStrings.xml": b" " * 200_000_000})


def many_parts() -> bytes:
    return workbook(HEADINGS, extra={f"xl/media/{n}.png": b"x" for n in range(101)})


def many_empty_cells(number: int = 3_000_000) -> bytes:
    """Cells that hold nothing, in rows of 100: 14 kB that became gigabytes elsewhere."""
    row = "<row>" + "<c/>" * 100 + "</row>"
    return workbook(HEADINGS + row * (number // 100))


def many_cells(number: int = 1_500_000) -> bytes:
    row = "<row>" + "<c><v>1</v></c>" * 100 + "</row>"
    return workbook(HEADINGS + row * (number // 100))


def last_row() -> bytes:
    """A stray cell at the bottom of the sheet."""
    return workbook(f'{HEADINGS}<row r="1048576">{text_cell("A1048576", "x")}</row>')


def last_corner() -> bytes:
    """Two cells that span the whole sheet: 17,000 million cells when made dense."""
    return workbook(f'{HEADINGS}<row r="1048576">{text_cell("XFD1048576", "x")}</row>')


def outside_entity() -> bytes:
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    return workbook(f'{HEADINGS}<row r="2">{text_cell("A2", "&e;")}</row>', doctype=doctype)


def laughing_entities() -> bytes:
    levels = ['<!ENTITY a0 "ha">']
    levels += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    doctype = f"<!DOCTYPE x [{''.join(levels)}]>"
    return workbook(f'{HEADINGS}<row r="2">{text_cell("A2", "&a9;")}</row>', doctype=doctype)


def lying_sizes() -> bytes:
    """A bomb whose directory says that it is small."""
    data = bytearray(zip_bomb())
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (1000).to_bytes(4, "little")
    return bytes(data)


def truncated() -> bytes:
    return plain_file()[:-300]


def huge_cell() -> bytes:
    return workbook(f'{HEADINGS}<row r="2">{text_cell("A2", "x" * 200_000)}</row>')


def deep_json() -> bytes:
    return b'{"companies":' + b"[" * 200_000
