"""What a method missed and what it merged wrongly, by kind of difference and of near-collision."""

from collections.abc import Sequence

from scripts.benches.pairwise import Kind, merges_by_family, recall_by_kind

SHOWN = ("entity_id", "name", "street", "postcode", "city", "website", "phone", "business_id")


def kinds_text(
    rows: list[dict[str, str]], clusters: Sequence[int], method: str, n_examples: int
) -> str:
    """Two tables in Markdown, the worst first, and examples after each. Sets without kinds have
    one line in each."""
    truth = [row["entity_id"] for row in rows]
    kinds = [row.get("kinds", "") for row in rows]
    families = [row.get("family", "") for row in rows]
    missed = recall_by_kind(truth, clusters, kinds, n_examples)
    merged = merges_by_family(truth, clusters, families, n_examples)
    return "\n".join(
        [
            f"\n### {method}: pairs of one firm found, by what differs\n",
            *_table(("Difference", "Found", "Of", "Recall"), missed),
            *_examples(rows, missed),
            f"\n### {method}: pairs of two firms merged, by near-collision\n",
            *_table(("Near-collision", "Merged", "Of", "Share"), merged),
            *_examples(rows, merged),
        ]
    )


def _table(heads: tuple[str, ...], found: dict[str, Kind]) -> list[str]:
    lines = [f"| {' | '.join(heads)} |", "|---|--:|--:|--:|"]
    for name, kind in found.items():
        share = f"{kind.found / kind.total:.3f}" if kind.total else "–"
        lines.append(f"| {name} | {kind.found:,} | {kind.total:,} | {share} |")
    return lines


def _examples(rows: list[dict[str, str]], found: dict[str, Kind]) -> list[str]:
    lines = []
    for name, kind in found.items():
        for pair in kind.examples:
            lines += ["", f"{name}:"]
            lines += [
                f"    {' | '.join(rows[at].get(field, '') for field in SHOWN)}" for at in pair
            ]
    return lines
