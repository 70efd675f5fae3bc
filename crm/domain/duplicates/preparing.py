"""Records as arrays: what the rest of the engine compares, without a text in sight."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates import fields
from crm.domain.duplicates.folding import Hashes, fold_all, hash_all, mix, sorted_once
from crm.domain.duplicates.parallel import each
from crm.domain.duplicates.places import NOWHERE, Places
from crm.domain.duplicates.records import TEXTS, Columns
from crm.domain.duplicates.several_names import MOST_NAMES, more_names
from crm.domain.duplicates.vocabulary import Ids, Kind, Vocabulary
from crm.domain.duplicates.words import ABBREVIATIONS, LEGAL_FORMS, PHRASES

MOST_WORDS = 12
CHUNK = 200_000
_LETTERS_ALONE = re.compile(r"(?<= )\w(?: \w)+(?= )")
_THOUSANDS = re.compile(r" 000(?<=\d 000)(?= )")
_FORMS_IN_LETTERS = frozenset("nv bv sa ag ab oy ky as".split())
_MOJIBAKE = {"Ã¤": "ä", "Ã¶": "ö", "Ã¥": "å", "Ã„": "Ä", "Ã–": "Ö", "Ã…": "Å", "Ã©": "é", "Ã¼": "ü"}
_SPOILT = ("?", "Ã", "\ufffd", "'", "’", "&amp;")
_ARTICLE = re.compile(r"\b[LlDd]['’](?=\w)")
_LOST = re.compile(r"(?<!\S)[?\ufffd](?=\w)|(?<=\w)[?\ufffd](?=\w)")
FIELDS = tuple(
    "business_id phone site domain email street house address postcode area city country".split()
)


@dataclass
class Names:
    """Names, one row each; record says whose it is.

    words: numbers of meanings, each once, without legal forms and small words, 0 behind the last;
    core: the same as text in their order; joined: hash of that text without blanks; bag: hash of
    the words in any order; initials: the first letters of all words.
    """

    record: Ids
    words: Ids
    core: list[str]
    joined: Hashes
    bag: Hashes
    form: NDArray[np.uint8]
    initials: Hashes

    def __len__(self) -> int:
        return len(self.record)

    def take(self, rows: Ids, record: Ids) -> "Names":
        """Some names, with new records for them."""
        return Names(
            record=record,
            words=self.words[rows],
            core=[self.core[at] for at in rows],
            joined=self.joined[rows],
            bag=self.bag[rows],
            form=self.form[rows],
            initials=self.initials[rows],
        )


@dataclass
class Prepared:
    """n records. start has n + 1 positions: names start[i] to start[i + 1] are of record i.

    values: FIELDS as hashes, 0 where unknown; streets are the words of streets.
    """

    size: int
    names: Names
    start: Ids
    values: dict[str, Hashes]
    id_valid: NDArray[np.bool_]
    id_texts: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    street_written: NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    signature: Hashes = field(default_factory=lambda: np.zeros(0, np.uint64))

    def __post_init__(self) -> None:
        """signature: equal for records that agree in everything."""
        if not len(self.signature) and self.size:
            texts = hash_all(self.names.core) + self.names.form
            whole = mix(np.add.reduceat(texts, self.start[:-1]))
            for at, name in enumerate(sorted(self.values)):
                whole = mix(whole * np.uint64(31) + self.values[name] + np.uint64(at))
            self.signature = whole

    def take(self, rows: Ids) -> "Prepared":
        """Some of the records, in the order of rows."""
        several = self.start[rows + 1] - self.start[rows]
        start = np.concatenate(([0], np.cumsum(several))).astype(np.int32)
        record = np.repeat(np.arange(len(rows), dtype=np.int32), several)
        nth = np.arange(len(record)) - start[record]
        return Prepared(
            size=len(rows),
            names=self.names.take(self.start[rows][record] + nth, record),
            start=start,
            values={name: hashes[rows] for name, hashes in self.values.items()},
            id_valid=self.id_valid[rows],
            id_texts=[self.id_texts[at] for at in rows],
            streets=[self.streets[at] for at in rows],
            street_written=self.street_written[rows],
            signature=self.signature[rows],
        )


def prepare(
    columns: Columns, vocabulary: Vocabulary, places: Places = NOWHERE, processes: int = 1
) -> Prepared:
    """All records read. Words that are new are added to the vocabulary."""
    size = len(columns)
    texts, record = _names(columns)

    def half(which: str) -> Any:
        if which == "names":
            return read_names(texts, record, vocabulary)
        return _values(columns, size, places)

    # The names stay in this process: its vocabulary grows.
    halves = dict(each(half, ("names", "values"), processes if size > CHUNK else 1))
    values, streets, id_texts = halves[1]
    return Prepared(
        size=size,
        names=halves[0],
        start=np.searchsorted(record, np.arange(size + 1)).astype(np.int32),
        values=values,
        id_valid=fields.valid_ids(id_texts) if size else np.zeros(0, dtype=np.bool_),
        id_texts=id_texts,
        streets=streets.words,
        street_written=streets.written,
    )


def joined(parts: Sequence[Prepared]) -> Prepared:
    """The records of all parts, one part after the other."""
    sizes = np.cumsum([0] + [part.size for part in parts])
    names = np.cumsum([0] + [len(part.names) for part in parts])
    record = [part.names.record + at for part, at in zip(parts, sizes, strict=False)]
    start = [part.start[:-1] + at for part, at in zip(parts, names, strict=False)]
    return Prepared(
        size=int(sizes[-1]),
        names=Names(
            record=np.concatenate(record).astype(np.int32),
            words=np.concatenate([part.names.words for part in parts]),
            core=[core for part in parts for core in part.names.core],
            joined=np.concatenate([part.names.joined for part in parts]),
            bag=np.concatenate([part.names.bag for part in parts]),
            form=np.concatenate([part.names.form for part in parts]),
            initials=np.concatenate([part.names.initials for part in parts]),
        ),
        start=np.concatenate([*start, names[-1:]]).astype(np.int32),
        values={name: np.concatenate([part.values[name] for part in parts]) for name in FIELDS},
        id_valid=np.concatenate([part.id_valid for part in parts]),
        id_texts=[text for part in parts for text in part.id_texts],
        streets=[street for part in parts for street in part.streets],
        street_written=np.concatenate([part.street_written for part in parts]),
        signature=np.concatenate([part.signature for part in parts]),
    )


def _names(columns: Columns) -> tuple[list[str], Ids]:
    """Every name of every record, also what stands beside a name in its cell."""
    texts = list(columns.name)
    more = [
        (at, text) for at, names in columns.other_names.items() for text in names[: MOST_NAMES - 2]
    ]
    more += more_names(texts)
    record = np.arange(len(texts), dtype=np.int32)
    if not more:
        return texts, record
    record = np.concatenate((record, np.array([at for at, _text in more], dtype=np.int32)))
    order = np.argsort(record, kind="stable")
    texts += [text for _at, text in more]
    return [texts[at] for at in order], record[order]


def read_names(texts: Sequence[str], record: Ids, vocabulary: Vocabulary) -> Names:
    parts = [
        _read_chunk(texts[at : at + CHUNK], vocabulary) for at in range(0, len(texts), CHUNK)
    ] or [_read_chunk([], vocabulary)]
    return Names(
        record=record,
        words=np.concatenate([part.words for part in parts]),
        core=[core for part in parts for core in part.core],
        joined=np.concatenate([part.joined for part in parts]),
        bag=np.concatenate([part.bag for part in parts]),
        form=np.concatenate([part.form for part in parts]),
        initials=np.concatenate([part.initials for part in parts]),
    )


def _cut(texts: Sequence[str]) -> list[str]:
    """The words of all texts, "|" behind each; letters that stand alone are joined."""
    joined = " | ".join(fold_all(_mended(texts)))
    joined = _LETTERS_ALONE.sub(_one_word, f" {joined} | ")
    joined = _THOUSANDS.sub("000", joined).replace(" i |", " 1 |")
    for phrase, word in PHRASES.items():
        joined = joined.replace(f" {phrase} ", f" {word} ")
    return [ABBREVIATIONS.get(word, word) for word in joined.split()]


def _one_word(letters: re.Match[str]) -> str:
    """ "d s m" as one word, and its legal form as another: "d s m n v" is "dsm nv"."""
    word = letters[0].replace(" ", "")
    if len(word) > 3 and word[-2:] in _FORMS_IN_LETTERS:
        return f"{word[:-2]} {word[-2:]}"
    return word


def _mended(texts: Sequence[str]) -> Sequence[str]:
    """Letters that a wrong encoding spoilt; a lost one inside a word leaves no gap."""
    whole = "".join(texts)
    spoilt = [mark for mark in _SPOILT if mark in whole]
    for mark in spoilt:
        texts = [_mend(text) if mark in text else text for text in texts]
    return texts


def _mend(text: str) -> str:
    for spoilt, letter in _MOJIBAKE.items():
        text = text.replace(spoilt, letter)
    return _ARTICLE.sub("", _LOST.sub("", text.replace("&amp;", "&")))


def _read_chunk(texts: Sequence[str], vocabulary: Vocabulary) -> Names:
    size = len(texts)
    words = _cut(texts) if size else []
    written = vocabulary.read(words)
    gap = written == vocabulary.read(["|"])[0]
    row = np.cumsum(gap).astype(np.int32)[~gap]
    written = written[~gap]
    spoken = np.array(words, dtype=object)[~gap]
    kinds = vocabulary.kinds[vocabulary.first[written]]
    telling = _telling(row, kinds, size)
    telling &= ~_behind_the_form(row, kinds, telling)
    core, letters = _texts_of(row, spoken, telling, size)
    matrix, bag = _matrix(row[telling], written[telling], vocabulary, size)
    return Names(
        record=np.zeros(size, dtype=np.int32),
        words=matrix,
        core=core,
        joined=hash_all([text.replace(" ", "") for text in core]),
        bag=bag,
        form=_forms(row, spoken, kinds, size),
        initials=hash_all(letters),
    )


def _telling(row: Ids, kinds: NDArray[np.uint8], size: int) -> NDArray[np.bool_]:
    """Which words tell firms apart. A name of nothing but legal forms keeps them."""
    telling = (kinds & (Kind.LEGAL | Kind.STOP)) == 0
    some = np.bincount(row[telling], minlength=size) > 0
    kept: NDArray[np.bool_] = telling | ~some[row]
    return kept


def _behind_the_form(
    row: Ids, kinds: NDArray[np.uint8], telling: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Words after the legal form, where a telling word stands before it: they say where the firm
    is ("Gist N.V., Delft"). Not in names that begin with their form or with a common word, as
    "Kiinteistö Oy" does, nor words that are common themselves."""
    if not len(row):
        return telling
    own = telling & ((kinds & (Kind.COMMON | Kind.FIRST_NAME | Kind.TOWN)) == 0)
    own_so_far = _running(own, row)
    form = ((kinds & Kind.LEGAL) > 0) & (own_so_far > 0)
    behind: NDArray[np.bool_] = (_running(form, row) > 0) & telling
    dropped: NDArray[np.bool_] = behind & ((kinds & (Kind.COMMON | Kind.LEGAL)) == 0)
    return dropped


def _running(marked: NDArray[np.bool_], row: Ids) -> NDArray[np.int64]:
    """How many are marked so far in each row."""
    total = np.cumsum(marked)
    first = np.searchsorted(row, row)
    before: NDArray[np.int64] = total - marked
    result: NDArray[np.int64] = total - before[first]
    return result


def _texts_of(
    row: Ids, spoken: NDArray[np.object_], telling: NDArray[np.bool_], size: int
) -> tuple[list[str], list[str]]:
    """The telling words of each name as one text; their first letters when there are 3 to 8."""
    words: list[str] = spoken[telling].tolist()
    ends = np.cumsum(np.bincount(row[telling], minlength=size)).tolist()
    cores, letters, start = [], [], 0
    for end in ends:
        cores.append(" ".join(words[start:end]))
        few = 3 <= end - start <= 8
        letters.append("".join([word[0] for word in words[start:end]]) if few else "")
        start = end
    return cores, letters


def _matrix(row: Ids, written: Ids, vocabulary: Vocabulary, size: int) -> tuple[Ids, Hashes]:
    """Meanings a row, each once, and the hash of each row's set of meanings."""
    second = vocabulary.second[written]
    two = second > 0
    row = np.concatenate((row, row[two])).astype(np.int64)
    meaning = np.concatenate((vocabulary.first[written], second[two])).astype(np.int64)
    packed = sorted_once((row << 32) | meaning)
    row, meaning = packed >> 32, packed & 0xFFFFFFFF
    hashes = vocabulary.hashes[meaning]
    place = np.arange(len(row)) - np.searchsorted(row, row)
    matrix = np.zeros((size, MOST_WORDS), dtype=np.int32)
    few = place < MOST_WORDS
    matrix[row[few], place[few]] = meaning[few]
    bag = np.zeros(size, dtype=np.uint64)
    some, first = np.unique(row, return_index=True)
    if len(some):
        bag[some] = mix(np.add.reduceat(mix(hashes), first))
    return matrix, bag


_FORM = {word: int(form) for word, form in LEGAL_FORMS.items()}


def _forms(
    row: Ids, spoken: NDArray[np.object_], kinds: NDArray[np.uint8], size: int
) -> NDArray[np.uint8]:
    """The legal form named first in each name."""
    legal = np.flatnonzero((kinds & Kind.LEGAL) > 0)[::-1]
    form = np.zeros(size, dtype=np.uint8)
    form[row[legal]] = [_FORM.get(word, 0) for word in spoken[legal]]
    return form


def _values(
    columns: Columns, size: int, places: Places
) -> tuple[dict[str, Hashes], fields.Streets, list[str]]:
    texts = {name: fields.column(getattr(columns, name), size) for name in TEXTS if name != "name"}
    apart = fields.taken_apart(texts["street"], texts["postcode"], texts["city"])
    streets = fields.read_streets(fields.folded(apart[0], size))
    postcodes = fields.each_once(fields.folded(apart[1], size), fields.postcode_key)
    countries = fields.each_once(fields.folded(texts["country"], size), fields.country_key)
    cities = fields.each_once(fields.folded(apart[2], size), fields.city_key)
    cities = fields.towns(cities, postcodes, countries, places)
    sites = fields.each_once(texts["website"], fields.site_key)
    emails = fields.each_once(texts["email"], fields.email_key)
    hosts = [site or mail.partition("@")[2] for site, mail in zip(sites, emails, strict=True)]
    ids = fields.each_once(texts["business_id"], fields.id_key)
    postcode, area = hash_all(postcodes), fields.hashed(postcodes, fields.area_key)
    values = {
        "business_id": hash_all(ids),
        "phone": fields.hashed(texts["phone"], fields.phone_key),
        "site": hash_all(sites),
        "domain": fields.hashed(hosts, fields.domain_key),
        "email": hash_all(emails),
        "street": streets.street,
        "house": streets.house,
        "address": fields.addresses(streets.street, streets.house),
        "postcode": postcode,
        "area": area,
        "city": hash_all(cities),
        "country": hash_all(countries),
    }
    return values, streets, ids
