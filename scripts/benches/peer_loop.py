"""The plain peer: block on a few keys, compare names with rapidfuzz, add points by simple rules.

Usage: python scripts/benches/peer_loop.py IN.csv OUTPUT_FOLDER

What a good programmer writes in an afternoon. Scores go up to 147; the bench looks for the best
threshold. Writes what run_report says.
"""

import csv
import re
import sys
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scripts.benches.pairwise import Pairs, clusters_of
from scripts.benches.run_report import report

FORMS = set(
    "oy ab oyj abp ky kb ay ob tmi tm toiminimi fn firma osk osuuskunta andelslag ry rf sr as "
    "osakeyhtio aktiebolag ltd limited inc llc corp gmbh ag bv nv sa co "
    "naamloze besloten vennootschap asunto the".split()
)
# A word that tells a sister from the firm it stands beside.
SISTERS = set(
    "holding invest group kiinteisto kiinteistot fastighets fastigheter palvelut service kauppa "
    "handel tuotanto produktion huolto".split()
)
CAP = 50  # in a block of more records each meets its neighbours by name only
NEIGHBOURS = 8
COMMON = 25  # a site that more records have is a platform's
LEAST = 55.0  # lower scores are not written
DEFAULT = 94.0
_DOTS = re.compile(r"\b((?:\w\.)+\w?)(?!\w)")
_GAPS = re.compile(r"[^0-9a-z]+")
_SITE = re.compile(r"^(?:https?://)?(?:[^@/]*@)?(?:www\.)?([a-z0-9.-]+\.[a-z]{2,})")
_HOUSE = re.compile(r"\d+")


class Record(NamedTuple):
    name: str
    words: tuple[str, ...]
    joined: str
    numbers: frozenset[str]
    street: str
    house: str
    postcode: str
    city: str
    site: str
    phone: str
    number: str


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return plain.replace("ae", "a").replace("oe", "o")


def clean(row: dict[str, str]) -> Record:
    text = fold(row["name"].replace("&", " ja "))
    text = _DOTS.sub(lambda found: found[1].replace(".", ""), text)
    words = _GAPS.sub(" ", text).split()
    core = tuple(sorted(word for word in words if word not in FORMS)) or tuple(sorted(words))
    street = _GAPS.sub(" ", fold(row.get("street", ""))).strip()
    house = _HOUSE.search(street)
    digits = re.sub(r"\D", "", row.get("phone", "")).lstrip("0")
    digits = digits.removeprefix("358").lstrip("0")
    site = _SITE.match(row.get("website", "").strip().casefold())
    number = re.sub(r"\D", "", row.get("business_id", ""))
    return Record(
        name=" ".join(core),
        words=core,
        joined="".join(word for word in words if word not in FORMS),
        numbers=frozenset(word for word in core if word.isdigit()),
        street=street[:5],
        house=house[0] if house else "",
        postcode=re.sub(r"\D", "", row.get("postcode", ""))[:5],
        city=_GAPS.sub(" ", fold(row.get("city", ""))).strip(),
        site=site[1] if site else "",
        phone=digits if len(digits) >= 6 else "",
        number=number if len(number) == 8 and number.strip("0") else "",
    )


def keys(record: Record, counts: Counter[str]) -> Iterator[str]:
    if record.phone:
        yield f"p{record.phone}"
    if record.site:
        yield f"s{record.site}"
    if record.number:
        yield f"n{record.number}"
    yield f"w{record.name}"
    yield f"j{record.joined[:12]}"
    if record.street and record.house:
        yield f"a{record.street}{record.house}{record.postcode or record.city}"
    place = record.city[:5]
    rare = sorted(record.words, key=lambda word: counts[word])[:2]
    for word in rare:
        yield f"r{word[:6]}{place}"
        if record.postcode:
            yield f"c{word[:5]}{record.postcode}"
    if len(rare) == 2:
        yield f"b{min(rare)[:6]}{max(rare)[:6]}"


def candidates(records: list[Record]) -> set[tuple[int, int]]:
    counts = Counter(word for record in records for word in record.words)
    blocks: defaultdict[str, list[int]] = defaultdict(list)
    for at, record in enumerate(records):
        for key in set(keys(record, counts)):
            blocks[key].append(at)
    pairs: set[tuple[int, int]] = set()
    for members in blocks.values():
        if len(members) <= CAP:
            pairs.update(combinations(members, 2))
            continue
        members.sort(key=lambda at: records[at].joined)
        for step in range(1, NEIGHBOURS + 1):
            pairs.update(
                (min(pair), max(pair)) for pair in zip(members, members[step:], strict=False)
            )
    return pairs


def compare(one: Record, two: Record, sites: Counter[str]) -> float:
    """Points: the likeness of the names, more for what agrees, less for what speaks against."""
    if one.number and one.number == two.number:
        return 130.0
    points = max(fuzz.ratio(one.name, two.name), fuzz.ratio(one.joined, two.joined))
    points = max(points, 0.9 * fuzz.token_set_ratio(one.name, two.name))
    if one.numbers != two.numbers:
        points -= 20
    if SISTERS & (set(one.words) ^ set(two.words)):
        points -= 25
    if one.number and two.number:
        points -= 35
    if one.phone and two.phone:
        points += 18 if one.phone == two.phone else -8
    if one.site and one.site == two.site and sites[one.site] <= COMMON:
        points += 14
    if one.house and two.house and one.street and two.street:
        points += 10 if one.house == two.house and one.street == two.street else -8
    if one.postcode and two.postcode and one.postcode != two.postcode:
        points -= 4 if one.postcode[:3] == two.postcode[:3] else 14
    if one.city and two.city and one.city[:5] == two.city[:5]:
        points += 4
    elif one.city and two.city and one.postcode != two.postcode:
        points -= 8
    return points


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    with source.open(encoding="utf-8", newline="") as file:
        records = [clean(row) for row in csv.DictReader(file)]
    sites = Counter(record.site for record in records)
    pairs = Pairs(array("i"), array("i"), array("f"))
    for left, right in candidates(records):
        points = compare(records[left], records[right], sites)
        if points >= LEAST:
            for column, value in zip(pairs, (left, right, points), strict=True):
                column.append(value)
    sure = ((left, right) for left, right, points in zip(*pairs, strict=True) if points >= DEFAULT)
    report(folder, pairs, clusters_of(len(records), sure))


if __name__ == "__main__":
    main()
