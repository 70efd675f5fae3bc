"""How people write the address, telephone number, site and business id of a firm."""

from collections.abc import Callable

from scripts.benches.firm_making import Firm
from scripts.benches.firm_names import Chance, pick
from scripts.benches.firm_words import STREETS

_STREET_SHORT = (
    ("katu", "k."),
    ("katu", "kt"),
    ("tie", "t."),
    ("kuja", "kj."),
    ("polku", "p."),
    ("gatan", "g."),
    ("vägen", "v."),
    ("gränden", "gr."),
)
_PHONES: tuple[Callable[[str, str], str], ...] = (
    lambda area, rest: f"{area} {rest}",
    lambda area, rest: f"{area}{rest}",
    lambda area, rest: f"{area} {rest[:3]} {rest[3:]}",
    lambda area, rest: f"{area}-{rest}",
    lambda area, rest: f"{area} {rest[:-4]} {rest[-4:]}",
    lambda area, rest: f"+358 {area[1:]} {rest}",
    lambda area, rest: f"+358{area[1:]}{rest}",
    lambda area, rest: f"+358 {area[1:]} {rest[:3]} {rest[3:]}",
    lambda area, rest: f"00358 {area[1:]} {rest}",
    lambda area, rest: f"({area}) {rest}",
    lambda area, rest: f"+358 (0){area[1:]} {rest}",
    lambda area, rest: f"358{area[1:]}{rest}",
    lambda area, rest: f"{area}/{rest}",
    lambda area, rest: f"p. {area} {rest}",
)
_PLAIN_PHONES = 4  # so many of them count as the usual spelling
_SITES = (
    *("www.{}", "www.{}", "www.{}", "http://www.{}", "https://www.{}", "https://www.{}/", "{}"),
    *("https://{}", "http://{}/", "HTTPS://WWW.{}", "WWW.{}", "www.{}/"),
)
_SUBPAGES = ("/yhteystiedot", "/fi/", "/index.html", "/sv/kontakt", "/etusivu?lang=fi", "/contact")
JUNK = {
    "phone": ("-", "ei tiedossa", "?", "0", "000000"),
    "website": ("-", "ei ole", "http://", "www"),
    "business_id": ("-", "puuttuu", "0000000-0", "ei ole", "?"),
    "street": ("-", "ei tiedossa", "."),
}
_ID_SPELLINGS: tuple[tuple[str, float, Callable[[str], str]], ...] = (
    ("id_vat", 0.06, lambda id: f"FI{id.replace('-', '')}"),
    ("id_no_hyphen", 0.08, lambda id: id.replace("-", "")),
    ("id_spaced", 0.02, lambda id: id.replace("-", " - ")),
)


def street(r: Chance, firm: Firm, kinds: list[str], moved: bool) -> str:
    """The street and house in one of the ways to write them, or a box at the post office."""
    if firm.box and r() < 0.4:
        kinds.append("po_box")
        return firm.box.replace("PL", "PB") if firm.swedish else firm.box
    at, house = firm.street, firm.house
    if moved:
        kinds.append("moved")
        at, house = (at + 1 + int(r() * (len(STREETS) - 1))) % len(STREETS), str(int(r() * 60) + 1)
    swedish = firm.swedish and firm.place.swedish > 0.1
    if firm.place.swedish > 0.1 and r() < 0.15:
        kinds.append("street_translated")
        swedish = not swedish
    name = STREETS[at][swedish]
    if r() < 0.16:
        ending, short = pick(
            r, [pair for pair in _STREET_SHORT if name.endswith(pair[0])] or [("", "")]
        )
        if short:
            kinds.append("street_short")
            name = name[: -len(ending)] + short
    if " " in house and r() < 0.4:
        kinds.append("house_written")
        number, rest = house.split(" ", 1)
        house = pick(
            r,
            (
                number,
                number,
                number + rest.replace(" ", ""),
                f"{number}, {rest}",
                f"{number} {rest.lower()}",
                f"{number} {rest.replace('as ', 'as. ')}",
            ),
        )
    elif r() < 0.02:
        kinds.append("house_missing")
        return name
    return f"{name} {house}"


def postcode(r: Chance, firm: Firm, kinds: list[str]) -> str:
    code = firm.place.codes[firm.home][0]
    if r() < 0.07:
        chance = r()
        if chance < 0.35:
            kinds.append("postcode_wrong")
            at = 2 + int(r() * 3)
            return f"{code[:at]}{(int(code[at]) + 1 + int(r() * 8)) % 10}{code[at + 1 :]}"
        if chance < 0.6 and len(firm.place.codes) > 1:
            kinds.append("postcode_neighbour")
            return firm.place.codes[(firm.home + 1) % len(firm.place.codes)][0]
        kinds.append("postcode_written")
        return pick(r, (f"FI-{code}", f"{code[:2]} {code[2:]}", f"{code}.0"))
    if code[0] == "0" and r() < 0.15:
        kinds.append("postcode_zero_lost")
        return code.lstrip("0")
    return code


def city(r: Chance, firm: Firm, kinds: list[str]) -> str:
    """The locality of the postal code or the municipality, in one of the languages."""
    _code, fi, sv = firm.place.codes[firm.home]
    swedish = firm.swedish and firm.place.swedish > 0.1
    if sv != fi and r() < 0.12:
        kinds.append("city_translated")
        swedish = not swedish
    name = sv if swedish else fi
    if r() < 0.2:
        town = firm.place.sv if swedish else firm.place.fi
        if town != name:
            kinds.append("city_municipality")
        name = town
    return name.upper() if r() < 0.2 else name


def phone(r: Chance, firm: Firm, kinds: list[str], second: bool) -> str:
    number = firm.second_phone if second else firm.phone
    if second:
        kinds.append("phone_other")
    at = int(r() * len(_PHONES))
    if at >= _PLAIN_PHONES:
        kinds.append("phone_written")
    area = 3 if number[:2] in ("04", "05", "01") else 2
    if number[:4] == "0400":
        area = 4
    return _PHONES[at](number[:area], number[area:])


def site(r: Chance, firm: Firm, kinds: list[str]) -> str:
    domain = firm.domain
    if firm.path:
        return f"{pick(r, ('https://www.', 'www.', ''))}{domain}{firm.path}"
    chance = r()
    if chance < 0.06:
        kinds.append("site_mail")
        return f"{pick(r, ('info', 'myynti', 'toimisto'))}@{domain}"
    if chance < 0.16:
        kinds.append("site_subpage")
        return f"https://www.{domain}{pick(r, _SUBPAGES)}"
    if chance < 0.2 and domain.endswith(".fi"):
        kinds.append("site_other")
        return f"www.{domain[:-3]}.{pick(r, ('com', 'net', 'eu'))}"
    text: str = pick(r, _SITES)
    if not text.startswith("www.{}"):
        kinds.append("site_written")
    return text.format(domain.upper() if text.isupper() else domain)


def business_id(r: Chance, firm: Firm, kinds: list[str], wrong: bool) -> str:
    """The number; wrong gives one with a digit mistyped, which its check digit always tells."""
    number = firm.business_id
    if wrong and firm.near:
        kinds.append("id_near")
        number = firm.near[:-1] + number[-1]
    elif wrong and r() < 0.3:
        kinds.append("id_check_digit")
        number = f"{number[:-1]}{(int(number[-1]) + 1 + int(r() * 8)) % 10}"
    elif wrong:
        kinds.append("id_mistyped")
        at = 1 + int(r() * 6)
        number = f"{number[:at]}{(int(number[at]) + 1 + int(r() * 8)) % 10}{number[at + 1 :]}"
    for kind, share, spell in _ID_SPELLINGS:
        if r() < share:
            kinds.append(kind)
            return spell(number)
    return number
