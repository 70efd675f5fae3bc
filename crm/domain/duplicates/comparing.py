"""What speaks for and against two records being one firm, as numbers, for many pairs at once."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from crm.domain.duplicates.comparing_names import NameFeature, NameTable, compare_names
from crm.domain.duplicates.folding import Hashes
from crm.domain.duplicates.preparing import Prepared
from crm.domain.duplicates.statistics import Lexicon, Statistics
from crm.domain.duplicates.vocabulary import Ids

Features = NDArray[np.float32]
Flags = NDArray[np.bool_]


class Feature(IntEnum):
    """Columns of the features of a pair; 0 where nothing is known. The first are of the names."""

    ANYHOW = 0
    NAME_SHARED = 1
    NAME_CONFLICT = 2
    NAME_EXTRA = 3
    NAME_COVERED = 4
    NAME_SAME = 5
    NAME_LETTERS = 6
    NUMBER_DIFFERS = 7
    MARKER_ADDED = 8
    FORM_DIFFERS = 9
    FIRST_NAME_DIFFERS = 10
    TOWN_DIFFERS = 11
    ACRONYM = 12
    NAME_COMMON = 13
    NUMBER_ADDED = 14
    FIRST_NAME_ADDED = 15
    TOWN_ADDED = 16
    ADDRESS_SAME = 17
    ADDRESS_COMMON = 18
    HOUSE_DIFFERS = 19
    STREET_DIFFERS = 20
    POSTCODE_SAME = 21
    POSTCODE_DIFFERS = 22
    CITY_SAME = 23
    CITY_DIFFERS = 24
    COUNTRY_DIFFERS = 25
    PHONE_SAME = 26
    PHONE_COMMON = 27
    PHONE_DIFFERS = 28
    SITE_SAME = 29
    DOMAIN_SAME = 30
    DOMAIN_COMMON = 31
    DOMAIN_DIFFERS = 32
    DOMAIN_IS_NAME = 33
    EMAIL_SAME = 34
    ID_SAME = 35
    ID_NEAR = 36
    ID_DIFFERS = 37


TELLS_APART = [
    *(Feature.MARKER_ADDED, Feature.NUMBER_DIFFERS, Feature.TOWN_DIFFERS),
    *(Feature.FORM_DIFFERS, Feature.FIRST_NAME_DIFFERS),
]
SHARED_BY_OWNERS = [
    *(Feature.ADDRESS_SAME, Feature.ADDRESS_COMMON, Feature.PHONE_SAME, Feature.PHONE_COMMON),
    *(Feature.SITE_SAME, Feature.DOMAIN_SAME, Feature.DOMAIN_COMMON, Feature.DOMAIN_IS_NAME),
    Feature.EMAIL_SAME,
]
OWNERS_SHARE = np.float32(0.1)


@dataclass
class Table:
    """Everything comparing looks up, a row a record or a name. id_wrong: the identifier has the
    length of a Finnish one and a wrong check digit."""

    prepared: Prepared
    names: NameTable
    joined: Hashes
    common: dict[str, NDArray[np.float32]]
    id_wrong: Flags

    @classmethod
    def of(cls, prepared: Prepared, statistics: Statistics, lexicon: Lexicon) -> "Table":
        common = {
            each: np.log(counts(prepared.values[each])).astype(np.float32)
            for each, counts in statistics.fields.items()
        }
        joined = prepared.names.joined[prepared.start[:-1]]
        finnish = (len(text) == 8 and text.isdigit() for text in prepared.id_texts)
        wrong = np.fromiter(finnish, np.bool_, prepared.size) & ~prepared.id_valid
        return cls(prepared, NameTable.of(prepared, statistics, lexicon), joined, common, wrong)


def compare(table: Table, left: Ids, right: Ids) -> Features:
    """A row of features a pair of records; the same whichever is called left."""
    left, right = oriented(table, left, right)
    features = compare_fields(table, left, right)
    add_names(table, left, right, features)
    return features


def oriented(table: Table, left: Ids, right: Ids) -> tuple[Ids, Ids]:
    """Each pair in an order that does not depend on the order of the records."""
    turn = table.prepared.signature[left] > table.prepared.signature[right]
    return np.where(turn, right, left), np.where(turn, left, right)


def compare_fields(table: Table, left: Ids, right: Ids) -> Features:
    """The features without those of the names."""
    features = np.zeros((len(left), len(Feature)), dtype=np.float32, order="F")
    _compare_places(table, left, right, features)
    _compare_contacts(table, left, right, features)
    _compare_ids(table, left, right, features)
    return features


def add_names(table: Table, left: Ids, right: Ids, features: Features) -> None:
    features[:, : len(NameFeature)] = compare_names(table.names, left, right)
    features[:, Feature.DOMAIN_IS_NAME] *= 1 - features[:, Feature.NAME_SAME]
    # Firms of one owner share a house, a phone and a site: beside a name that tells two firms
    # apart these say little.
    owned = features[:, TELLS_APART].any(axis=1)
    for each in SHARED_BY_OWNERS:
        features[owned, each] *= OWNERS_SHARE


def _both(table: Table, each: str, left: Ids, right: Ids) -> tuple[Flags, Flags]:
    """Where a field is the same, and where both are known and differ."""
    ours, theirs = table.prepared.values[each][left], table.prepared.values[each][right]
    known = (ours != 0) & (theirs != 0)
    same = known & (ours == theirs)
    return same, known & ~same


def _compare_places(table: Table, left: Ids, right: Ids, features: Features) -> None:
    city, city_differs = _both(table, "city", left, right)
    postcode, postcode_differs = _both(table, "postcode", left, right)
    same, half, street, differs = _compare_streets(table, left, right)
    elsewhere = city_differs & postcode_differs
    same &= ~elsewhere
    half &= ~elsewhere & (city | postcode)
    features[:, Feature.ADDRESS_SAME] = np.where(same, 1, 0.5 * half)
    features[:, Feature.ADDRESS_COMMON] = same * table.common["address"][left]
    features[:, Feature.HOUSE_DIFFERS] = street & _both(table, "house", left, right)[1]
    features[:, Feature.STREET_DIFFERS] = differs
    far = _both(table, "area", left, right)[1]
    features[:, Feature.POSTCODE_SAME] = postcode & ~same
    features[:, Feature.POSTCODE_DIFFERS] = (0.5 * postcode_differs + 0.5 * far) * ~same
    features[:, Feature.CITY_SAME] = city & ~postcode & ~same
    features[:, Feature.CITY_DIFFERS] = city_differs & ~postcode
    features[:, Feature.COUNTRY_DIFFERS] = _both(table, "country", left, right)[1]


def _compare_streets(table: Table, left: Ids, right: Ids) -> tuple[Flags, Flags, Flags, Flags]:
    """Same street and house; perhaps the same; same street; another street. A box is no street,
    and a street in another language may be the same one."""
    same, _differs = _both(table, "address", left, right)
    street, differs = _both(table, "street", left, right)
    house, house_differs = _both(table, "house", left, right)
    streets, written = table.prepared.streets, table.prepared.street_written
    for at in np.flatnonzero(differs & house):
        if _same_street(streets[left[at]], streets[right[at]]):
            same[at], street[at], differs[at] = True, True, False
    ours, theirs = written[left], written[right]
    unlike = differs & (ours != theirs) & (ours > 0) & (theirs > 0)
    maybe = (street & ~same & ~house_differs) | (unlike & house)
    return same, maybe, street, differs & ~unlike


def _same_street(one: str, other: str) -> bool:
    """One is the beginning of the other, or all but two letters agree."""
    short, long = sorted((one.split(":")[0], other.split(":")[0]), key=len)
    if len(short) < 4:
        return False
    return long.startswith(short[:-1]) or _similar(short, long) >= 0.79


def _compare_contacts(table: Table, left: Ids, right: Ids, features: Features) -> None:
    for each, at in (("phone", Feature.PHONE_SAME), ("domain", Feature.DOMAIN_SAME)):
        same, differs = _both(table, each, left, right)
        features[:, at] = same
        features[:, at + 1] = same * table.common[each][left]
        features[:, at + 2] = differs
    features[:, Feature.DOMAIN_IS_NAME] = _domain_is_name(table, left, right)
    features[:, Feature.SITE_SAME] = _both(table, "site", left, right)[0]
    features[:, Feature.EMAIL_SAME] = _both(table, "email", left, right)[0]


def _domain_is_name(table: Table, left: Ids, right: Ids) -> Flags:
    """One has no site, and the other's is its name."""
    domain, joined = table.prepared.values["domain"], table.joined
    ours, theirs = domain[left], domain[right]
    found: Flags = ((ours != 0) & (theirs == 0) & (ours == joined[right])) | (
        (theirs != 0) & (ours == 0) & (theirs == joined[left])
    )
    return found


def _compare_ids(table: Table, left: Ids, right: Ids, features: Features) -> None:
    same, differs = _both(table, "business_id", left, right)
    valid = table.prepared.id_valid
    features[:, Feature.ID_SAME] = same & ~table.id_wrong[left]
    features[:, Feature.ID_NEAR] = same & table.id_wrong[left]
    features[:, Feature.ID_DIFFERS] = differs & valid[left] & valid[right]
    texts = table.prepared.id_texts
    for at in np.flatnonzero(differs & ~(valid[left] & valid[right])):
        features[at, Feature.ID_NEAR] = _similar(texts[left[at]], texts[right[at]]) > 0.7


def _similar(one: str, other: str) -> float:
    return float(OSA.normalized_similarity(one, other))
