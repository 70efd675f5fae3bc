"""Firm lists to bring in: the same invented firms as CSV and XLSX, and as pages of the register."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from random import Random
from typing import Any

from crm.demo.firms import Firm, business_ids, firms
from crm.formats.spreadsheets import write_xlsx

SEED = 7
PAGE = 100  # companies in one answer of the register
HEADINGS = (
    *("Y-tunnus", "Yritys", "Katuosoite", "Postinumero", "Postitoimipaikka", "Toimiala"),
    *("Puhelin", "Sähköposti", "Verkkosivu", "Henkilöstö", "Liikevaihto", "Yhteyshenkilö"),
    *("Titteli", "Yhteyshenkilön puhelin", "Yhteyshenkilön sähköposti"),
)


def new_firms(n: int, *, known: int, today: date) -> list[Firm]:
    """n firms with numbers that none of the known ones of the demo has."""
    numbers = islice(business_ids(), known, None)
    made = firms(n, business_ids(), Random(SEED), today)
    return [replace(firm, business_id=number) for firm, number in zip(made, numbers, strict=False)]


def moved(known: Sequence[Firm]) -> list[Firm]:
    """The same firms in another street, with one person more on their staff."""
    return [
        replace(firm, street=f"Uusikatu {place % 90 + 1}", staff=[(0, firm.staff[-1][1] + 1)])
        for place, firm in enumerate(known)
    ]


def _cells(firm: Firm) -> list[str]:
    contact = firm.contacts[0]
    return [
        *(firm.business_id or "", firm.name, firm.street, firm.postcode, firm.city, firm.industry),
        *(contact.phone, f"info@{firm.domain}", f"www.{firm.domain}", str(firm.staff[-1][1])),
        *(str(firm.turnover[-1][1]), contact.name, contact.title, contact.phone, contact.email),
    ]


def csv_file(listed: Sequence[Firm]) -> bytes:
    """As Finnish Excel saves it: semicolons and Windows-1252."""
    rows = [HEADINGS, *map(_cells, listed)]
    return "\r\n".join(";".join(row) for row in rows).encode("cp1252", "replace")


def xlsx_file(listed: Sequence[Firm]) -> bytes:
    return write_xlsx(HEADINGS, map(_cells, listed))


def register_file(listed: Sequence[Firm]) -> bytes:
    """Answers of the register, one after the other as saved pages are."""
    pages = (listed[start : start + PAGE] for start in range(0, len(listed), PAGE))
    return "\n".join(json.dumps(_answer(page), ensure_ascii=False) for page in pages).encode()


def _answer(page: Sequence[Firm]) -> dict[str, Any]:
    return {"totalResults": len(page), "companies": [_company(firm) for firm in page]}


def _company(firm: Firm) -> dict[str, Any]:
    """What the reader looks at, in the shape of the register's answers (API version 3)."""
    since = firm.registered_on.isoformat()
    return {
        "businessId": {"value": firm.business_id, "registrationDate": since, "source": "3"},
        "names": list(_names(firm, since)),
        "mainBusinessLine": {
            "type": firm.industry,
            "descriptions": [{"languageCode": "1", "description": firm.industry}],
            "typeCodeSet": "TOIMI3",
            "registrationDate": since,
            "source": "2",
        },
        "companySituations": [],
        "addresses": [
            {
                "type": kind,
                "street": firm.street,
                "postCode": firm.postcode,
                "postOffices": [
                    {
                        "city": firm.city.upper(),
                        "languageCode": "1",
                        "municipalityCode": firm.towns[0],
                    }
                ],
                "source": "0",
            }
            for kind in (1, 2)
        ],
        "website": {"url": f"www.{firm.domain}", "registrationDate": since, "source": "0"},
        "tradeRegisterStatus": "1",
        "status": "2",
        "registrationDate": since,
        "lastModified": f"{since}T00:00:00",
    }


def _names(firm: Firm, since: str) -> Iterator[dict[str, Any]]:
    yield {"name": firm.name, "type": "1", "registrationDate": since, "version": 1, "source": "1"}
    if firm.former:
        ended = {"type": "1", "registrationDate": since, "endDate": since, "version": 2}
        yield {"name": firm.former, **ended, "source": "1"}
