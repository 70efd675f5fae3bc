"""What people ask the pages for, drawn from the database that is measured."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

from sqlalchemy import func, select

from crm.db import db
from crm.domain.names import fold
from crm.models import Company, Engagement, Person
from scripts.benches import worst

AINO, CARITA = "aino.virtanen@seutu.example", "carita.lindholm@seutu.example"
JUSSI = worst.OWNER
WHO = {AINO: "advisor", CARITA: "coordinator", JUSSI: "big advisor", "": "nobody"}
SEARCH_MS, COMPANY_MS, DAY_MS = 60, 60, 80
DRAWN = 400
COMMON = ("oy", "konepaja", "metalli oy", "matti salo", "salo", "rakennus", "kivilahden metalli")
LETTERS = "abcdefghijklmnoprstuvyäö"


@dataclass(frozen=True)
class Page:
    """Addresses that are asked for in turn by one person. target_ms is that of the p95."""

    name: str
    person: str
    addresses: tuple[str, ...]
    target_ms: int | None = None
    rare: bool = False  # takes seconds: asked for a few times only


class Drawn:
    """A sample of the firms and people of the database."""

    def __init__(self, random: Random) -> None:
        self.random = random
        last = db.session.scalar(select(func.max(Company.id))) or 0
        ids = sorted({random.randint(1, last) for _ in range(DRAWN)})
        self.firms = list(db.session.scalars(select(Company).where(Company.id.in_(ids))))
        last = db.session.scalar(select(func.max(Person.id))) or 0
        ids = sorted({random.randint(1, last) for _ in range(DRAWN)})
        self.people = list(db.session.scalars(select(Person).where(Person.id.in_(ids))))
        random.shuffle(self.firms)
        random.shuffle(self.people)
        self.most_visited = worst.most_visited()
        self.town = self._own_town()

    def _own_town(self) -> list[int]:
        rows = select(Engagement.company_id).where(Engagement.town_code == worst.RAUMA)
        found = list(db.session.scalars(rows.order_by(Engagement.company_id).limit(2000)))
        return self.random.sample(found, min(100, len(found)))

    def searched(self, ask: Callable[[Company], str]) -> tuple[str, ...]:
        return tuple(search(ask(firm)) for firm in self.firms)


def search(text: str, **more: str) -> str:
    extra = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/search?q={quote(text)}{extra}"


def pages(random: Random) -> list[Page]:
    """Every page that is measured, in the order of the table."""
    drawn = Drawn(random)
    return [*_baselines(), *_searches(drawn), *_companies(drawn), *_days(), *_lists()]


def _baselines() -> Iterator[Page]:
    yield Page("Sign-in page (baseline)", "", ("/sign-in",))
    yield Page("/healthz", "", ("/healthz",))
    yield Page("Help: a frame and text", AINO, ("/help",))


def _searches(drawn: Drawn) -> Iterator[Page]:
    random = drawn.random
    asked = {
        "part of a name": drawn.searched(lambda firm: _part(firm.name, random)),
        "whole name": drawn.searched(lambda firm: firm.name),
        "mistyped": drawn.searched(lambda firm: _mistyped(firm.name, random)),
        "without å ä ö": drawn.searched(lambda firm: fold(firm.name)),
        "Y-tunnus": tuple(search(f.business_id) for f in drawn.firms if f.business_id),
        "person": tuple(search(person.name) for person in drawn.people),
        "phone": tuple(search(_dialled(p.phone)) for p in drawn.people if p.phone),
    }
    for name, addresses in asked.items():
        yield Page(f"Search: {name}", AINO, addresses, SEARCH_MS)
    mixed = [address for addresses in asked.values() for address in addresses]
    random.shuffle(mixed)
    yield Page("Search: all of these", CARITA, tuple(mixed), SEARCH_MS)
    typed = (search(firm.name[: random.randint(2, 12)], partial="palette") for firm in drawn.firms)
    yield Page("Search: while typing", AINO, tuple(typed), SEARCH_MS)
    picked = (f"/companies/pick?q={quote(_part(firm.name, random))}" for firm in drawn.firms)
    yield Page("Search: company picker", AINO, tuple(picked), SEARCH_MS)
    checked = (f"/companies/check?name={quote(firm.name)}" for firm in drawn.firms)
    yield Page("Search: is it known already", AINO, tuple(checked), SEARCH_MS)
    short = ("".join(random.choices(LETTERS, k=random.randint(1, 2))) for _ in range(50))
    yield Page("Search: 1 or 2 letters", AINO, tuple(map(search, short)), SEARCH_MS)
    yield Page("Search: very common words", AINO, tuple(map(search, COMMON)), SEARCH_MS)
    yield Page("Search: nothing like it", AINO, drawn.searched(lambda f: f.name[::-1]), SEARCH_MS)
    long = (" ".join(f.name for f in random.sample(drawn.firms, 6))[:100] for _ in range(50))
    yield Page("Search: 100 characters", AINO, tuple(map(search, long)), SEARCH_MS)
    one_word = ("".join(random.choices(LETTERS, k=100)) for _ in range(50))
    yield Page("Search: a word of 100 letters", AINO, tuple(map(search, one_word)), SEARCH_MS)


def _part(name: str, random: Random) -> str:
    """The beginning of a word, or a piece within a long one."""
    word = random.choice([word for word in name.split() if len(word) > 3] or [name])
    start = random.choice((0, 0, 0, len(word) // 3))
    return word[start : start + random.randint(4, 8)]


def _mistyped(name: str, random: Random) -> str:
    """One slip of the finger: a letter too few, too many, wrong, or two swapped."""
    at = random.randint(1, max(1, min(len(name) - 2, 12)))
    before, letter, after = name[:at], name[at : at + 1], name[at + 1 :]
    wrong = random.choice(LETTERS)
    return random.choice(
        (before + after, before + wrong + letter + after, before + wrong + after)
        if len(after) < 1
        else (before + after, before + wrong + after, before + after[0] + letter + after[1:])
    )


def _dialled(phone: str) -> str:
    local = "0" + phone.removeprefix("+358")
    return f"{local[:3]} {local[3:6]} {local[6:]}"


def _companies(drawn: Drawn) -> Iterator[Page]:
    everywhere = tuple(f"/companies/{firm.id}" for firm in drawn.firms)
    own = tuple(f"/companies/{key}" for key in drawn.town)
    most = f"/companies/{drawn.most_visited}"
    yield Page("Company: of the own town", AINO, own, COMPANY_MS)
    yield Page("Company: any of the network", AINO, everywhere, COMPANY_MS)
    yield Page("Company: any of the network", CARITA, everywhere, COMPANY_MS)
    yield Page("Company: the most visited", AINO, (most,), COMPANY_MS)
    yield Page("Company: the most visited, calls", AINO, (f"{most}?channel=call",), COMPANY_MS)
    yield Page("Company: 100 meetings shown", AINO, (f"{most}?show=100",))
    yield Page("Company: 500 meetings shown", AINO, (f"{most}?show=500",), rare=True)
    yield Page("Company: history of changes", AINO, tuple(f"{page}/history" for page in own))
    log = tuple(f"/interactions/new?company={key}" for key in drawn.town)
    yield Page("Log a meeting", AINO, log)


def _days() -> Iterator[Page]:
    for person in (AINO, CARITA, JUSSI):
        yield Page("My day", person, ("/",), DAY_MS)
    yield Page("My day, everything", AINO, ("/?all=1",))
    yield Page("My day, everything", JUSSI, ("/?all=1",))


def _lists() -> Iterator[Page]:
    companies = {
        "Companies": "town=684",
        "Companies: every town": "town=all",
        "Companies: mine": "mine=1",
        "Companies: quiet": "quiet=1",
        "Companies: of a tier": "town=all&tier=growth",
        "Companies: of an industry": "town=684&industry=25",
        "Companies: of an industry, every town": "town=all&industry=25",
        "Companies: of a rare industry, every town": "town=all&industry=99",
        "Companies: with a name": "town=all&q=konepaja",
        "Companies: by last contact": "town=684&sort=contact",
        "Companies: page 40": "town=684&page=40",
        "Companies: page 1000": "town=all&page=1000",
    }
    for name, asked in companies.items():
        yield Page(name, AINO, (f"/companies?{asked}",))
    for name in ("every town", "mine", "quiet"):
        asked = companies[f"Companies: {name}"]
        yield Page(f"Companies: {name}", JUSSI, (f"/companies?{asked}",))
    yield Page("Companies: of a town of half the firms", JUSSI, ("/companies?town=678",))
    yield Page("Companies: of a town of half the firms", CARITA, ("/companies?town=678",))
    yield Page("Companies: as an Excel file", AINO, ("/companies.xlsx?town=684",), rare=True)
    for person in (AINO, CARITA, JUSSI):
        yield Page("Meetings", person, ("/interactions",))
    for name, asked in {
        "Meetings: my own": "who=me",
        "Meetings: calls": "channel=call",
        "Meetings: about a topic": "topic=export",
        "Meetings: page 1000": "page=1000",
    }.items():
        yield Page(name, AINO, (f"/interactions?{asked}",))
    for person in (AINO, CARITA, JUSSI):
        yield Page("Tasks", person, ("/follow-ups",))
    for name, asked in {
        "Tasks: everybody's": "who=all",
        "Tasks: done": "state=done",
        "Tasks: done, everybody's, page 1000": "state=done&who=all&page=1000",
    }.items():
        yield Page(name, AINO, (f"/follow-ups?{asked}",))
    yield Page("Imports", AINO, ("/imports",))
    yield Page("Imports", CARITA, ("/imports",))
