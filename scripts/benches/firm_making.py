"""Invented firms, one by one: what is true of each, before anyone writes it down."""

from dataclasses import dataclass
from random import Random

from crm.domain.names import fold
from scripts.benches.firm_names import Chance, Name, brand, invent, person, pick
from scripts.benches.firm_places import Place, choose
from scripts.benches.firm_words import NATURE_FI, STREETS, TRADES

# Business ids from 9000000 up belong to nobody. The last tenth is for pairs of neighbours.
FIRST_NUMBER, N_NUMBERS = 9_000_000, 900_000
FIRST_NEIGHBOUR = FIRST_NUMBER + N_NUMBERS
_STEP = 387_421  # has no divisor in common with N_NUMBERS: every number comes once
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_MOBILE = ("040", "040", "044", "045", "050", "050", "041", "046", "0400")
_HOUSEHOLDS = {"asoy": 0.06, "koy": 0.05, "ry": 0.25, "rf": 0.25, "tmi": 0.35, "fn": 0.35}


@dataclass(slots=True)
class Firm:
    """One firm as it is: what its records distort.

    kept is a part of the name that tells it from a relative; strict says that the name does not
    tell it from its neighbours, shared that a relative has its address, phone or site, placed that
    only its town tells it from a namesake, form_tells that only its legal form does. others are
    (kind, name): auxiliary, parallel and former names. near is the business id of another firm
    that this one's is mistaken for.
    """

    name: Name
    place: Place
    swedish: bool
    owner: tuple[str, str]
    trade: int
    style: float
    street: int
    house: str
    home: int
    box: str
    phone: str
    second_phone: str
    domain: str
    path: str
    business_id: str
    family: str = ""
    group: int = 0
    kept: str = ""
    strict: bool = False
    shared: bool = False
    placed: bool = False
    form_tells: bool = False
    near: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def town(self) -> str:
        return self.place.sv if self.swedish else self.place.fi


def business_id(number: int) -> str:
    """With its check digit, or empty: a number whose check digit would be ten is never given."""
    rest = sum(int(d) * w for d, w in zip(str(number), _WEIGHTS, strict=True)) % 11
    return "" if rest == 1 else f"{number}-{11 - rest if rest else 0}"


class Maker:
    """Makes firms; knows which names, domains and numbers are taken."""

    def __init__(self, random: Random) -> None:
        self.r: Chance = random.random
        self._start = int(self.r() * N_NUMBERS)
        self._given = self._pairs = self.group = 0
        self._names: set[str] = set()
        self._local: set[tuple[str, int, str]] = set()
        self._domains: set[str] = set()

    def number(self) -> str:
        """The next business id, in no order. Raises ValueError when all are given."""
        while self._given < N_NUMBERS:
            self._given += 1
            place = (self._start + self._given * _STEP) % N_NUMBERS
            if found := business_id(FIRST_NUMBER + place):
                return found
        raise ValueError("There are not enough unallocated business ids for so many firms.")

    def neighbours(self) -> tuple[str, str]:
        """Two business ids that differ in the seventh digit and in the check digit."""
        while True:
            self._pairs += 1
            first = FIRST_NEIGHBOUR + 2 * self._pairs
            one, two = business_id(first), business_id(first + 1)
            if one and two:
                return one, two

    def firm(
        self,
        place: Place | None = None,
        owner: tuple[str, str] | None = None,
        name: Name | None = None,
        trade: int = -1,
    ) -> Firm:
        r = self.r
        place = place or choose(r)
        swedish = r() < place.swedish
        owner = owner or person(r, swedish)
        crowded = False
        if name is None:
            name, crowded = self.new_name(place, swedish, owner, trade)
        trade = name.trade if name.trade >= 0 else int(r() * len(TRADES))
        sole = name.form in ("tmi", "fn")
        made = Firm(
            **{"name": name, "place": place, "swedish": swedish, "owner": owner, "trade": trade},
            **self._address(place),
            **{"style": r(), "strict": crowded, "others": ()},
            phone=self.phone(place) if r() < 0.88 else "",
            second_phone=self.phone(place) if r() < 0.3 else "",
            **self.site(name, place),
            business_id="" if sole and r() < 0.35 else self.number(),
        )
        made.others = self._other_names(made)
        return made

    def new_name(
        self, place: Place, swedish: bool, owner: tuple[str, str], trade: int
    ) -> tuple[Name, bool]:
        """A name nobody in the town has, rarely one of the country; and whether that failed."""
        for attempt in range(8):
            name = invent(self.r, place, swedish, owner, trade)
            local = (name.last if name.word else name.root, name.trade, place.code)
            if local in self._local or (name.core in self._names and attempt < 4):
                continue
            self._local.add(local)
            if name.form not in ("tmi", "fn"):
                self._names.add(name.core)
            return name, False
        return name, True

    def _address(self, place: Place) -> dict[str, object]:
        r = self.r
        street = int(r() * len(STREETS)) if r() < 0.94 else -1
        house = str(1 + int(r() * r() * 90))
        if r() < 0.3:
            house += pick(r, (" A", " B", " C", " A 2", " B 4", " A 12", " as 3", " C 1"))
        box = f"PL {1 + int(r() * 300)}" if r() < 0.08 else ""
        home = 0 if street % 5 < 3 else street % len(place.codes)  # most are in the centre
        return {"street": street, "house": house, "home": home, "box": box}

    def phone(self, place: Place) -> str:
        """In the national form, digits only."""
        number = str(int(self.r() * 9_000_000) + 1_000_000)
        if self.r() < 0.3:
            return place.area + number[: 10 - len(place.area) - 1]
        prefix = pick(self.r, _MOBILE)
        return prefix + number[: 10 - len(prefix)]

    def site(self, name: Name, place: Place) -> dict[str, str]:
        """A domain of its own, or a page on a platform that thousands have."""
        r = self.r
        slug = fold(name.core).replace(" ", "" if r() < 0.6 else "-")[:40]
        if r() > _HOUSEHOLDS.get(name.form, 0.62):
            return {"domain": "", "path": ""}
        if r() < 0.06:
            return {"domain": "facebook.com", "path": f"/{slug}{int(r() * 1000)}"}
        ending = "fi" if r() < 0.85 else pick(r, ("com", "com", "net", "eu"))
        for domain in (f"{slug}.{ending}", f"{slug}-{fold(place.fi)}.{ending}"):
            if domain not in self._domains:
                self._domains.add(domain)
                return {"domain": domain, "path": ""}
        return {"domain": "", "path": ""}

    def _other_names(self, firm: Firm) -> tuple[tuple[str, str], ...]:
        """Auxiliary, former and parallel names, of firms with a business id."""
        name, r = firm.name, self.r
        if not firm.business_id or name.form in ("asoy", "koy", "tmi", "fn", "ry", "rf", "sr", ""):
            return ()
        word = TRADES[firm.trade][1 if firm.swedish else 0].replace("|", "")
        others = []
        if r() < 0.1:
            other = pick(r, (f"{word} {pick(r, NATURE_FI)}", f"{word} {firm.owner[0]}", brand(r)))
            others.append(("auxiliary_name", other))
        if r() < 0.08:
            old, taken = self.new_name(firm.place, firm.swedish, firm.owner, firm.trade)
            others += [] if taken else [("former_name", old.core)]
        branded = not name.last and not name.town and name.root in name.core
        if r() < 0.12 and len(name.root) > 4 and branded:
            world = pick(r, ("Ltd", "International Ltd", "Finland Ltd", "Group Ltd"))
            others.append(("parallel_name", f"{name.root} {world}"))
        return tuple(others)
