"""Records of invented Finnish firms whose identity is known, as many towns' lists would hold them.

Usage: python scripts/benches/firms.py N OUT.csv [--seed S] [--kinds]

Where: one firm in six is in the ten towns of the network, the rest anywhere in Finland, more in
municipalities with many postal codes. Swedish names: three in four where most speak Swedish, one
in eight where a town has two names. Names are a family's and a trade (25 %), a brand (19 %), a
trade and a person (9 %), a person (8 %), a place's (7 %), a town's (6 %), or one of ten rarer kinds
(firm_names). No two firms of a town have the same name unless that is the point. Business ids
start at 9000000, which nobody has; sole traders have none in one case of three.

How many records a firm has: 1 (50 %), 2 (27 %), 3 (13 %), 4 (6 %), 5 to 8 (4 %).

Who wrote a record: a register (26 %: the official name, nearly always a business id, no telephone),
an advisor (36 %: any spelling, three fields in ten missing or more), a directory (23 %: telephone
and address, seldom a number), an old list (15 %: the sloppiest, often in capitals, umlauts lost).
So a business id is there in 43 %, a telephone number in 51 %, a street in 69 %, a postal code in
68 %, a town in 91 %, a site in 19 % of the records.

What differs from the firm's true data, in percent of all records (more than one in three of five;
12 % of the records have no difference):
  legal form dropped 21, otherwise written 12, in the other language 1; abbreviated 5; parts in
  another order 4; in the other language 1; town added 3, turned (Iisalmen Sähkö, Sähkö Iisalmi)
  1; words joined 3, split 2; trade dropped 1, added 1, changed 1; initials 2, first name dropped
  0.6; ampersand 2; contact added 1; number in words 0.3; auxiliary name 1, former 0.7, parallel
  0.4, one beside the right name 0.8; typo 7, two 0.9; umlauts lost 3, as ae and oe 0.8, garbled
  0.4; capitals 8, small letters 1.5; blanks and quotation marks 2;
  street abbreviated 10, in the other language 1.3, house otherwise 8, missing 1; another address 2;
  box 2; all in one field 1; postal code wrong 1.7, a neighbour's 1.2, otherwise written 2, its
  zeros lost 0.7; municipality for locality 11, town in the other language 1; telephone number
  written another way 36, another number 4; site written another way 8, subpage 1.6, other ending
  0.5, an e-mail address 1; business id without hyphen 3, as VAT 2.6, spaced 0.7, mistyped 1.6
  (a third of them in the check digit or as a neighbour's); "-", "ei tiedossa" 2.

Near-collisions, in percent of all firms (29 together): firms of one building 4.4, one person's two
firms with one address and telephone number 3.8 (a fifth of them with one name and two forms), one
family name and trade in one town 3.5, branches of a chain 3, one name in two towns 3, Holding or
Invest 2.1, Kiinteistö Oy 2.2, Palvelut or another sister 2.2, a company of the same name in another
town 2, told apart by a number only 1.7, business ids that differ by one digit 1.1.

Fields are added to a record until a careful human with all fields could tell whose it is
(firm_writing), but for 4 % of the records. What a relative has too counts for nothing there.
"""

import argparse
import csv
import sys
from bisect import bisect
from itertools import accumulate
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scripts.benches.firm_families import some_firms
from scripts.benches.firm_making import Maker
from scripts.benches.firm_writing import write

COLUMNS = (
    *("record_id", "entity_id", "name", "street", "postcode", "city", "country", "website"),
    *("phone", "business_id"),
)
# How many records a firm has, and the share of firms with so many, of a hundred.
RECORDS_A_FIRM = ((1, 50.0), (2, 27.0), (3, 13.0), (4, 6.0), (5, 2.5), (6, 1.0), (8, 0.5))
_COUNTS = [count for count, _ in RECORDS_A_FIRM]
_COUNT_WEIGHTS = list(accumulate(share for _, share in RECORDS_A_FIRM))


def records(n: int, seed: int = 1) -> list[dict[str, str]]:
    """n records in the format of `seutu dedupe file` with entity_id; the same for the same seed.

    Raises ValueError when there are too few unallocated business ids (about 1,500,000 records).
    """
    return [{column: row[column] for column in COLUMNS} for row in labelled(n, seed)]


def labelled(n: int, seed: int = 1) -> list[dict[str, str]]:
    """records(), each also with its `kinds` of difference (by |) and `family` (kind:number)."""
    random = Random(seed)
    maker, r = Maker(random), random.random
    rows: list[dict[str, str]] = []
    entity = 0
    while len(rows) < n:
        for firm in some_firms(maker):
            label = f"{firm.family}:{firm.group}" if firm.family else ""
            for _ in range(_COUNTS[bisect(_COUNT_WEIGHTS, r() * _COUNT_WEIGHTS[-1])]):
                row, kinds = write(r, firm)
                row["entity_id"] = f"e{entity:07}"
                row["kinds"], row["family"] = "|".join(kinds), label
                rows.append(row)
            entity += 1
    del rows[n:]
    random.shuffle(rows)
    for index, row in enumerate(rows):
        row["record_id"] = f"r{index:07}"
    return rows


def save(rows: list[dict[str, str]], path: Path, columns: tuple[str, ...] = COLUMNS) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description="Writes records of invented Finnish firms.")
    parser.add_argument("n", type=int, help="how many records")
    parser.add_argument("out", type=Path, help="the CSV file to write")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", action="store_true", help="with what is different in each")
    given = parser.parse_args()
    columns = (*COLUMNS, "kinds", "family") if given.kinds else COLUMNS
    save(labelled(given.n, given.seed), given.out, columns)


if __name__ == "__main__":
    main()
