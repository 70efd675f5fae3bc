"""How right clusters are: precision, recall and F1 over pairs of records, whole or by kind.

Records are positions 0 to n - 1; truth and clusters are a label for each. A pair of records is
right when both labels agree in the truth and in the clusters. Standard library only: the peers'
environment has this file too.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

STEPS = 200  # the best threshold is looked for in so many steps from the highest score down


class Score(NamedTuple):
    precision: float
    recall: float
    f1: float


class Pairs(NamedTuple):
    """Columns of equal length: two positions and a score."""

    left: "array[int]"
    right: "array[int]"
    score: "array[float]"

    def save(self, path: Path) -> None:
        path.write_bytes(b"".join(column.tobytes() for column in self))

    @classmethod
    def load(cls, path: Path) -> "Pairs":
        data = path.read_bytes()
        third = len(data) // 3
        columns = array("i"), array("i"), array("f")
        for turn, column in enumerate(columns):
            column.frombytes(data[turn * third : (turn + 1) * third])
        return cls(*columns)


def pairs_in(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def of_counts(right: int, said: int, true: int) -> Score:
    """Nothing said is never wrong; nothing to find is wholly found."""
    precision = right / said if said else 1.0
    recall = right / true if true else 1.0
    return Score(precision, recall, 2 * right / (said + true) if said + true else 1.0)


def score(truth: Sequence[Hashable], clusters: Sequence[Hashable]) -> Score:
    both = Counter(zip(truth, clusters, strict=True))
    return of_counts(
        pairs_in(both.values()),
        pairs_in(Counter(clusters).values()),
        pairs_in(Counter(truth).values()),
    )


def clusters_of(n: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """The connected components: for each record the least position of its own."""
    parent = list(range(n))
    for left, right in pairs:
        one, two = _root(parent, left), _root(parent, right)
        parent[max(one, two)] = min(one, two)
    return [_root(parent, at) for at in range(n)]


def _root(parent: list[int], at: int) -> int:
    while parent[at] != at:
        parent[at] = at = parent[parent[at]]
    return at


def best_threshold(truth: Sequence[str], pairs: Pairs) -> tuple[float, Score]:
    """The threshold at which the connected components of the pairs have the highest F1.

    Joins pairs from the surest down and counts right and said pairs as clusters grow.
    """
    parent = list(range(len(truth)))
    members: list[dict[str, int]] = [{label: 1} for label in truth]
    sizes = [1] * len(truth)
    true = pairs_in(Counter(truth).values())
    order = sorted(range(len(pairs.score)), key=pairs.score.__getitem__, reverse=True)
    right = said = 0
    best = 2.0, of_counts(0, 0, true)
    every, looked = len(order) // STEPS, 0
    for turn, at in enumerate(order, 1):
        one, two = _root(parent, pairs.left[at]), _root(parent, pairs.right[at])
        if one != two:
            if len(members[one]) < len(members[two]):
                one, two = two, one
            said += sizes[one] * sizes[two]
            right += sum(n * members[one].get(label, 0) for label, n in members[two].items())
            parent[two] = one
            sizes[one] += sizes[two]
            for label, n in members[two].items():
                members[one][label] = members[one].get(label, 0) + n
            members[two] = {}
        level = pairs.score[at]
        whole = turn == len(order) or pairs.score[order[turn]] < level
        if whole and (turn - looked > every or turn == len(order)):
            looked, now = turn, of_counts(right, said, true)
            best = max(best, (level, now), key=lambda found: found[1].f1)
    return best


def right_share(truth: Sequence[str], pairs: Pairs, least: float) -> tuple[int, float]:
    """How many pairs are at least so sure, and the share of them that is right."""
    sure = [at for at, sure in enumerate(pairs.score) if sure >= least]
    right = sum(truth[pairs.left[at]] == truth[pairs.right[at]] for at in sure)
    return len(sure), right / len(sure) if sure else 1.0


class Kind(NamedTuple):
    """found of total; examples are pairs of positions that went wrong."""

    found: int
    total: int
    examples: tuple[tuple[int, int], ...]


def recall_by_kind(
    truth: Sequence[str], clusters: Sequence[Hashable], kinds: Sequence[str], n_examples: int = 3
) -> dict[str, Kind]:
    """For each kind of difference, how many of the true pairs are found that one of whose records
    has it and the other not; "(none)" is pairs without any."""
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    examples: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    written = [frozenset(filter(None, text.split("|"))) for text in kinds]
    for left, right in _inside(truth):
        together = clusters[left] == clusters[right]
        for kind in (written[left] ^ written[right]) or {""}:
            total[kind] += 1
            found[kind] += together
            if not together and len(examples[kind]) < n_examples:
                examples[kind].append((left, right))
    return {
        kind or "(none)": Kind(found[kind], total[kind], tuple(examples[kind]))
        for kind in sorted(total, key=lambda kind: found[kind] / total[kind])
    }


def merges_by_family(
    truth: Sequence[str],
    clusters: Sequence[Hashable],
    families: Sequence[str],
    n_examples: int = 3,
) -> dict[str, Kind]:
    """For each kind of near-collision, how many pairs of records of two firms of one group were
    merged, of all such pairs; "(strangers)" are wrong pairs of no group, of which total is 0."""
    wrong: Counter[str] = Counter()
    examples: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for left, right in _inside(clusters):
        if truth[left] == truth[right]:
            continue
        related = families[left] and families[left] == families[right]
        kind = families[left].split(":")[0] if related else "(strangers)"
        wrong[kind] += 1
        if len(examples[kind]) < n_examples:
            examples[kind].append((left, right))
    total: Counter[str] = Counter()
    for family, members in _groups(families).items():
        if family:
            sizes = Counter(truth[at] for at in members).values()
            total[family.split(":")[0]] += pairs_in([len(members)]) - pairs_in(sizes)
    return {
        kind: Kind(wrong[kind], total[kind], tuple(examples[kind]))
        for kind in sorted(total.keys() | wrong.keys(), key=lambda kind: -wrong[kind])
    }


def _groups(labels: Sequence[Hashable]) -> dict[Hashable, list[int]]:
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, label in enumerate(labels):
        groups[label].append(at)
    return groups


def _inside(labels: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    for members in _groups(labels).values():
        yield from combinations(members, 2)
