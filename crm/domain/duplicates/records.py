"""A firm as any list may write it, alone or as columns of a million."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields


@dataclass(frozen=True)
class Firm:
    """Texts as they were written; empty when unknown. other_names: former, parallel, auxiliary."""

    key: str
    name: str
    other_names: tuple[str, ...] = ()
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    website: str = ""
    phone: str = ""
    email: str = ""
    business_id: str = ""


TEXTS = tuple(each.name for each in fields(Firm) if each.name not in ("key", "other_names"))


@dataclass(frozen=True)
class Columns:
    """Many firms, a list a field. A list that is empty stands for a field nobody filled.

    other_names maps the position of a firm to its other names; most have none.
    """

    key: Sequence[str]
    name: Sequence[str]
    other_names: dict[int, tuple[str, ...]] = field(default_factory=dict)
    street: Sequence[str] = ()
    postcode: Sequence[str] = ()
    city: Sequence[str] = ()
    country: Sequence[str] = ()
    website: Sequence[str] = ()
    phone: Sequence[str] = ()
    email: Sequence[str] = ()
    business_id: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.key)

    def __add__(self, more: "Columns") -> "Columns":
        """These firms and then more."""
        shifted = {at + len(self): names for at, names in more.other_names.items()}
        return Columns(
            key=[*self.key, *more.key],
            other_names=self.other_names | shifted,
            **{text: [*self._filled(text), *more._filled(text)] for text in TEXTS},
        )

    def _filled(self, text: str) -> Sequence[str]:
        return getattr(self, text) or [""] * len(self)

    @classmethod
    def of(cls, firms: Iterable[Firm]) -> "Columns":
        rows = list(firms)
        return cls(
            key=[firm.key for firm in rows],
            other_names={at: firm.other_names for at, firm in enumerate(rows) if firm.other_names},
            **{text: [getattr(firm, text) for firm in rows] for text in TEXTS},
        )

    def firm(self, at: int) -> Firm:
        """The firm at a position, to explain it or to show it."""
        texts = {text: (getattr(self, text) or [""] * (at + 1))[at] for text in TEXTS}
        return Firm(key=self.key[at], other_names=self.other_names.get(at, ()), **texts)
