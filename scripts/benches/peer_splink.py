"""The peer that statisticians use: Splink on DuckDB, as its own guide advises.

Usage: python scripts/benches/peer_splink.py IN.csv OUTPUT_FOLDER

Cleans in SQL, drops platforms' sites, adjusts for term frequency, estimates by EM on two blocks,
blocks on eleven rules, and clusters at the threshold of Splink's guide (DEFAULT). Runs in its own
environment (requirements-bench.txt). Writes what run_report says.
"""

import sys
from array import array
from pathlib import Path

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scripts.benches.pairwise import Pairs
from scripts.benches.run_report import CANNOT, report

DEFAULT = 0.95
LEAST = 0.01
MAX_PAIRS = 2e6  # 1e7 takes five times as long and gains 0.001 of F1 at 100,000 records
COMMON = 25  # a site or number that more records have is a platform's or stands for nothing
FORMS = (
    "oy|ab|oyj|abp|ky|kb|ay|ob|tmi|toiminimi|fn|firma|osk|osuuskunta|andelslag|ry|rf|sr|as|co|the|"
    "osakeyhtio|aktiebolag|ltd|limited|inc|llc|corp|gmbh|ag|bv|nv|sa|asunto|kiinteisto"
)


def _folded(text: str) -> str:
    return f"replace(replace(strip_accents(lower({text})), 'ae', 'a'), 'oe', 'o')"


def _words(text: str) -> str:
    return f"trim(regexp_replace({text}, '[^0-9a-z]+', ' ', 'g'))"


_NAME = _folded("replace(name, '&', ' ja ')")
_UNDOTTED = rf"regexp_replace({_NAME}, '\b(\w)\.(\w)\.(\w)?\.?', '\1\2\3', 'g')"
COLUMNS = ("street", "postcode", "city", "website", "phone", "business_id")

CLEAN = rf"""
create table cleaned as
with folded as (
  select row_number() over () - 1 as unique_id,
    {_words(_UNDOTTED)} as all_words,
    {_words(_folded("street"))} as street,
    regexp_replace(postcode, '\D', '', 'g') as postcode,
    {_words(_folded("city"))} as city,
    regexp_extract(lower(trim(website)),
      '^(?:https?://)?(?:[^@/]*@)?(?:www\.)?([a-z0-9.-]+\.[a-z]{{2,}})', 1) as site,
    regexp_replace(regexp_replace(phone, '\D', '', 'g'), '^0*(358)?0*', '') as phone,
    regexp_replace(business_id, '\D', '', 'g') as business_id
  from read_rows
), named as (
  select *, trim(regexp_replace(regexp_replace(
    all_words, '\b({FORMS})\b', ' ', 'g'), ' +', ' ', 'g')) as core from folded
), sorted as (
  select *, list_sort(string_split(case when core = '' then all_words else core end, ' ')) as words
  from named
)
select unique_id, array_to_string(words, ' ') as name, replace(core, ' ', '') as joined, words,
  nullif(words[1], '') as first_word, nullif(words[-1], '') as last_word,
  nullif(street, '') as street, nullif(regexp_extract(street, '\d+'), '') as house,
  nullif(left(street, 5), '') as street_start,
  nullif(left(postcode, 5), '') as postcode, nullif(city, '') as city,
  case when count(*) over (partition by site) <= {COMMON} then nullif(site, '') end as site,
  case when length(phone) >= 6 and count(*) over (partition by phone) <= {COMMON}
    then phone end as phone,
  case when length(business_id) = 8 and count(*) over (partition by business_id) <= {COMMON}
    then business_id end as business_id
from sorted order by unique_id
"""


def read(connection: duckdb.DuckDBPyConnection, source: Path) -> None:
    """The table read_rows, with an empty column for every field the file does not have."""
    given = connection.read_csv(str(source), header=True, all_varchar=True).columns
    fields = [f"coalesce({c}, '') as {c}" if c in given else f"'' as {c}" for c in COLUMNS]
    connection.execute(
        f"create table read_rows as select coalesce(name, '') as name, {', '.join(fields)}"
        " from read_csv(?, header=true, all_varchar=true, parallel=false)",
        [str(source)],
    )


def name_comparison() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.CustomLevel("joined_l = joined_r", "same letters"),
            cll.JaroWinklerLevel("name", 0.95),
            cll.CustomLevel(
                "len(list_intersect(words_l, words_r)) = least(len(words_l), len(words_r))"
                " and len(list_intersect(words_l, words_r)) > 1",
                "one has all words of the other",
            ),
            cll.JaroWinklerLevel("name", 0.88),
            cll.JaroWinklerLevel("joined", 0.88),
            cll.CustomLevel("len(list_intersect(words_l, words_r)) > 0", "a word in common"),
            cll.ElseLevel(),
        ],
    )


def street_comparison() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="street",
        comparison_levels=[
            cll.NullLevel("street"),
            cll.CustomLevel("street_l = street_r and house_l = house_r", "same street and house"),
            cll.CustomLevel(
                "street_start_l = street_start_r and house_l = house_r", "same start and house"
            ),
            cll.CustomLevel("street_start_l = street_start_r", "same start"),
            cll.ElseLevel(),
        ],
    )


def place_comparison() -> cl.CustomComparison:
    return cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.CustomLevel(
                "(postcode_l is null or postcode_r is null) and (city_l is null or city_r is null)",
                "not known",
            ).configure(is_null_level=True),
            cll.CustomLevel("postcode_l = postcode_r", "same postal code"),
            cll.CustomLevel("city_l = city_r", "same town"),
            cll.CustomLevel("left(postcode_l, 3) = left(postcode_r, 3)", "same region"),
            cll.ElseLevel(),
        ],
    )


def comparisons(known: set[str]) -> list[cl.CustomComparison | cl.ExactMatch]:
    """Of the name and of every field that somebody filled."""
    made = {
        "street": street_comparison(),
        "city": place_comparison(),
        "phone": cl.ExactMatch("phone").configure(term_frequency_adjustments=True),
        "site": cl.ExactMatch("site").configure(term_frequency_adjustments=True),
        "business_id": cl.ExactMatch("business_id"),
    }
    return [name_comparison(), *(each for field, each in made.items() if field in known)]


BLOCKS = [
    block_on("business_id"),
    block_on("phone"),
    block_on("site"),
    block_on("name"),
    block_on("joined"),
    block_on("postcode", "substr(first_word, 1, 4)"),
    block_on("postcode", "substr(last_word, 1, 4)"),
    block_on("street_start", "house", "postcode"),
    block_on("city", "first_word"),
    block_on("city", "last_word"),
    block_on("substr(joined, 1, 8)", "substr(city, 1, 3)"),
]
CERTAIN = [
    block_on("business_id"),
    block_on("name", "phone"),
    block_on("name", "postcode"),
    block_on("name", "city"),
    block_on("name", "site"),
]


def link(connection: duckdb.DuckDBPyConnection) -> tuple[str, str]:
    """The names of the tables of pairs and of clusters. Exits with CANNOT when there are only
    names: EM needs a second field to learn the first one from."""
    fields = ("street", "city", "phone", "site", "business_id")
    counts = connection.sql(f"select {', '.join(f'count({f})' for f in fields)} from cleaned")
    known = {field for field, n in zip(fields, counts.fetchall()[0], strict=True) if n}
    if not known:
        sys.exit(CANNOT)
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=comparisons(known),
        blocking_rules_to_generate_predictions=BLOCKS,
        retain_matching_columns=False,
    )
    rows = DuckDBAPI(connection).register("cleaned")
    linker = Linker(rows, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(CERTAIN, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=MAX_PAIRS, seed=1)
    for field in ("phone", "site", "name"):
        if field in known | {"name"}:
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(field))
    pairs = linker.inference.predict(threshold_match_probability=LEAST)
    found = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, DEFAULT)
    return pairs.physical_name, found.physical_name


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    connection = duckdb.connect()
    read(connection, source)
    connection.execute(CLEAN)
    pairs, found = link(connection)
    clusters = _column(connection, f"select cluster_id::int as c from {found} order by unique_id")
    ends = (
        _column(connection, f"select {column} from {pairs} order by unique_id_l, unique_id_r")
        for column in (
            "unique_id_l::int as c",
            "unique_id_r::int as c",
            "match_probability::float as c",
        )
    )
    kept = Pairs(array("i"), array("i"), array("f"))
    for column, values in zip(kept, ends, strict=True):
        column.frombytes(values)
    labels = array("i")
    labels.frombytes(clusters)
    report(folder, kept, labels)


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> bytes:
    """The numbers of a query's only column, as they lie in memory."""
    chunks = connection.sql(query).to_arrow_table().column("c").chunks
    width = chunks[0].type.bit_width // 8 if chunks else 0
    return b"".join(
        chunk.buffers()[1][chunk.offset * width : (chunk.offset + len(chunk)) * width].to_pybytes()
        for chunk in chunks
    )


if __name__ == "__main__":
    main()
