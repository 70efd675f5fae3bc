"""What people say of a pair of companies that may be one firm, and when it may be asked again."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PairState(StrEnum):
    OPEN = "open"
    ASKED = "asked"
    LATER = "later"
    DIFFERENT = "different"
    SAME = "same"


WAITING = (PairState.OPEN, PairState.ASKED, PairState.LATER)


class DifferentBecause(StrEnum):
    """Why two firms that look alike are two."""

    SAME_GROUP = "same_group"
    SAME_OWNER = "same_owner"
    SAME_NAME = "same_name"
    OTHER = "other"


LATER_DAYS = 14


@dataclass(frozen=True)
class Identifiers:
    """What tells a firm apart whatever it is called."""

    business_id: str | None
    phone: str | None
    email: str | None
    website: str | None


def fingerprint(left: Identifiers, right: Identifiers) -> str:
    """Changes when an identifier of either firm does, and with nothing else: a pair that was
    judged different is asked about again only then."""
    plain = "\n".join("\t".join(map(str, _parts(firm))) for firm in (left, right))
    return hashlib.sha256(plain.encode()).hexdigest()


def _parts(firm: Identifiers) -> Iterable[str | None]:
    return (firm.business_id, firm.phone, firm.email, firm.website)


BANDS = (0.98, 0.9, 0.75, 0.5, 0.0)


@dataclass(frozen=True)
class Band:
    """Decided pairs said to be at least `least` likely: how many people found the same firm."""

    least: float
    same: int
    different: int

    @property
    def precision(self) -> float | None:
        """Share that were the same firm; None without decisions."""
        n = self.same + self.different
        return self.same / n if n else None


def bands(decided: Iterable[tuple[float, bool]]) -> list[Band]:
    """Decisions as (probability, same firm) by band, the surest first."""
    counts = {least: [0, 0] for least in BANDS}
    for probability, same in decided:
        least = next(least for least in BANDS if probability >= least)
        counts[least][0 if same else 1] += 1
    return [Band(least, *numbers) for least, numbers in counts.items()]
