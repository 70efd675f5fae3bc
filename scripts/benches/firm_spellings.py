"""How people write the name of a firm: every kind of difference, one function each.

A function gets a source of chance, the firm and the name so far, and returns another spelling, or
None where the kind does not apply.
"""

import re
from collections.abc import Callable

from scripts.benches.firm_making import Firm
from scripts.benches.firm_names import Chance, pick
from scripts.benches.firm_places import genitive, of_swedish
from scripts.benches.firm_words import TRADES

# The legal form around the name as the register has it, as people write it, in the other language.
OFFICIAL = {
    "oy": ("{} Oy",),
    "ab": ("{} Ab", "{} Ab", "Ab {}"),
    "oyab": ("Oy {} Ab", "{} Oy Ab", "{} Ab Oy"),
    "oyj": ("{} Oyj",),
    "abp": ("{} Abp",),
    "ky": ("{} Ky",),
    "kb": ("{} Kb",),
    "ay": ("{} Ay", "Avoin yhtiö {}"),
    "tmi": ("Tmi {}", "{} Tmi", "{} Tmi"),
    "fn": ("{} Fn", "Firma {}", "{}"),
    "osk": ("Osuuskunta {}", "{} Osuuskunta"),
    "alag": ("Andelslaget {}", "{} Andelslag"),
    "ry": ("{} ry",),
    "rf": ("{} rf",),
    "sr": ("{} säätiö sr",),
    "asoy": ("Asunto Oy {}",),
    "koy": ("Kiinteistö Oy {}",),
    "fab": ("Fastighets Ab {}",),
    "": ("{}",),
}
_SPELLED = {
    "oy": ("{} OY", "{} oy", "{} Oy.", "{} O.Y.", "{} Osakeyhtiö", "{}, Oy", "Oy {}"),
    "ab": ("{} AB", "{} ab", "{} A.B.", "{} Aktiebolag", "{}, Ab", "Ab {}", "{} Ab"),
    "oyab": ("{} OY AB", "{} Oy/Ab", "{} Oy-Ab", "Oy Ab {}", "{} oy ab"),
    "oyj": ("{} OYJ", "{} oyj", "{} Julkinen Osakeyhtiö"),
    "abp": ("{} ABP", "{} Publikt Aktiebolag"),
    "ky": ("{} KY", "{} ky", "{} Kommandiittiyhtiö", "Ky {}"),
    "kb": ("{} KB", "{} Kommanditbolag", "Kb {}"),
    "ay": ("{} AY", "{} Avoin yhtiö", "{} A.Y."),
    "tmi": (
        "{} tmi",
        "T:mi {}",
        "{} t:mi",
        "Toiminimi {}",
        "{} TMI",
        "Yksityinen elinkeinonharjoittaja {}",
    ),
    "fn": ("{} Firmanamn", "F:a {}", "Fma {}"),
    "osk": ("{} Osk", "{} osk.", "Osk. {}", "{}-osuuskunta"),
    "alag": ("{} Alag", "Alag {}", "{} andelslag"),
    "ry": ("{} r.y.", "{} RY", "{} Ry.", "{}, ry", "{} rekisteröity yhdistys"),
    "rf": ("{} r.f.", "{} RF", "{} registrerad förening"),
    "sr": ("{} säätiö", "{} Säätiö s.r.", "{} Stiftelse sr"),
    "asoy": (
        "As Oy {}",
        "As. Oy {}",
        "Asunto-Oy {}",
        "AsOy {}",
        "Asunto-osakeyhtiö {}",
        "{} As Oy",
    ),
    "koy": ("KOy {}", "Kiint. Oy {}", "Kiinteistö-Oy {}", "Kiint.Oy {}", "K Oy {}"),
    "fab": ("FAb {}", "Fastighets-Ab {}", "Fast. Ab {}"),
}
_TRANSLATED = {
    **{"oy": "{} Ab", "ab": "{} Oy", "oyab": "{} Oy", "oyj": "{} Abp", "abp": "{} Oyj"},
    **{"ky": "{} Kb", "kb": "{} Ky", "ay": "{} Öb", "tmi": "Firma {}", "fn": "{} Tmi"},
    **{"osk": "{} Andelslag", "alag": "Osuuskunta {}", "ry": "{} rf", "rf": "{} ry"},
    **{
        "sr": "{} Stiftelse sr",
        "asoy": "Bostads Ab {}",
        "koy": "Fastighets Ab {}",
        "fab": "Kiinteistö Oy {}",
    },
}
_SHORT = {fi.replace("|", ""): short for fi, _sv, short in TRADES if short}
_SEAMS = {
    word.replace("|", ""): word.replace("|", " ", 1).replace("|", "")
    for fi, sv, _short in TRADES
    for word in (fi, sv)
    if "|" in word
}
_VARIANTS = {
    **{"Rakennus": "Rakennusliike", "Rakennusliike": "Rakennus", "Rakennuspalvelu": "Rakennus"},
    **{"Kuljetus": "Kuljetusliike", "Kuljetusliike": "Kuljetus", "Maalaus": "Maalausliike"},
    **{"Maalausliike": "Maalaus", "Sähkö": "Sähköasennus", "Sähköasennus": "Sähkö"},
    **{"Putki": "Putkiasennus", "Putkiasennus": "Putki", "Parturi-Kampaamo": "Kampaamo"},
    **{"Autokorjaamo": "Autohuolto", "Autohuolto": "Autokorjaamo", "Hieronta": "Hierontapalvelu"},
    **{"Siivouspalvelu": "Siivous", "Metsäpalvelu": "Metsäpalvelut", "Taksi": "Taksipalvelu"},
    **{"Bygg": "Byggnadsfirma", "Byggnadsfirma": "Bygg", "Transport": "Transporter"},
}
_KEYS = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "t": "r", "s": "a", "l": "k", "u": "y"}
_UMLAUTS_LOST = str.maketrans("äöåÄÖÅüÜéÉ", "aoaAOAuUeE")
_UMLAUTS_SPELLED = {"ä": "ae", "ö": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Å": "Aa"}
_HAS_UMLAUT = re.compile("[äöåÄÖÅ]")

Spelling = Callable[[Chance, Firm, str], str | None]


def official(firm: Firm, core: str) -> str:
    templates = OFFICIAL[firm.name.form]
    return templates[int(firm.style * len(templates))].format(core)


def translated(r: Chance, firm: Firm, core: str) -> str | None:
    """The parts that have a name in the other language, where that language is spoken."""
    if firm.place.swedish < 0.1:
        return None
    for here, there in firm.name.pairs:
        core = core.replace(here, there, 1)
    return core


def abbreviated(r: Chance, firm: Firm, core: str) -> str | None:
    short = _SHORT.get(firm.name.word)
    return core.replace(firm.name.word, short, 1) if short else None


def initials(r: Chance, firm: Firm, core: str) -> str | None:
    first = firm.name.first
    if not first or firm.strict:
        return None
    short = "-".join(part[0] + "." for part in first.split("-"))
    return core.replace(first, pick(r, (short, short, short.replace(".", ""))), 1)


def first_name_dropped(r: Chance, firm: Firm, core: str) -> str | None:
    first = firm.name.first
    if not first or firm.strict or not firm.name.word:
        return None
    return core.replace(f"{first} ", "", 1)


def town_turned(r: Chance, firm: Firm, core: str) -> str | None:
    """Iisalmen Sähkö: Sähkö Iisalmi, Iisalmi Sähkö."""
    town = firm.name.town
    if not town or firm.kept or not core.startswith(town):
        return None
    plain = firm.town
    rest = core[len(town) :].strip()
    return pick(r, (f"{rest} {plain}", f"{plain} {rest}", f"{rest}, {plain}"))


def town_added(r: Chance, firm: Firm, core: str) -> str | None:
    if firm.name.town or firm.kept:
        return None
    plain = firm.town
    own = of_swedish(plain) if firm.swedish else genitive(plain)
    return pick(r, (f"{core} {plain}", f"{core}, {plain}", f"{core} / {plain}", f"{own} {core}"))


def trade_dropped(r: Chance, firm: Firm, core: str) -> str | None:
    """Where more than a family name is left."""
    word, root, last = firm.name.word, firm.name.root, firm.name.last
    if not word or firm.strict or firm.kept or firm.name.town or root == last:
        return None
    if len(root) < 5 or root not in core:
        return None
    return core.replace(word, "", 1).strip(" -") or None


def trade_added(r: Chance, firm: Firm, core: str) -> str | None:
    if firm.name.word or firm.kept or firm.name.form not in ("oy", "ab", "oyab", "ky", "tmi"):
        return None
    word = TRADES[firm.trade][1 if firm.swedish else 0].replace("|", "")
    return f"{core} {word}" if r() < 0.6 else f"{word} {core}"


def trade_changed(r: Chance, firm: Firm, core: str) -> str | None:
    other = _VARIANTS.get(firm.name.word)
    if other is None or firm.strict:
        return None
    return core.replace(firm.name.word, other, 1)


def ampersand(r: Chance, firm: Firm, core: str) -> str | None:
    if "&" not in core:
        return None
    other = "och" if firm.swedish else "ja"
    if re.search(r"\b\w&\w\b", core):
        return core.replace("&", pick(r, (" & ", "+", f" {other} ", "")))
    return core.replace(" & ", pick(r, (f" {other} ", f" {other} ", "&", " + ", " ")))


def number_written(r: Chance, firm: Firm, core: str) -> str | None:
    return core.replace(*firm.name.number) if firm.name.number else None


def joined(r: Chance, firm: Firm, core: str) -> str | None:
    """Two neighbouring words as one, or with a hyphen."""
    gaps = [at for at, letter in enumerate(core) if letter in " -"]
    if not gaps:
        return None
    at = pick(r, gaps)
    head, tail = core[:at], core[at + 1 :]
    if not head[-1:].isalpha() or not tail[:1].isalpha():
        return None
    return f"{head}-{tail}" if core[at] == " " and r() < 0.5 else f"{head}{tail}"


def split(r: Chance, firm: Firm, core: str) -> str | None:
    two = _SEAMS.get(firm.name.word)
    if two is None:
        return None
    if r() < 0.3:
        two = two.replace(" ", "-")
    elif r() < 0.4:
        two = two.title()
    return core.replace(firm.name.word, two, 1)


def token_order(r: Chance, firm: Firm, core: str) -> str | None:
    """Virtanen Matti; Virtanen Rakennus; Saha, Kivilahden."""
    name = firm.name
    full = f"{name.first} {name.last}"
    if name.first and full in core:
        return core.replace(full, f"{name.last} {name.first}", 1)
    words = core.split()
    if len(words) != 2 or "&" in core:
        return None
    return f"{words[1]}{pick(r, (' ', ' ', ', '))}{words[0]}"


def contact_added(r: Chance, firm: Firm, core: str) -> str | None:
    if firm.strict or firm.name.form in ("asoy", "koy", "fab", "ry", "rf"):
        return None
    full = " ".join(firm.owner)
    return None if full in core else pick(r, ("{} / {}", "{}, {}", "{} ({})")).format(core, full)


def name_beside(r: Chance, firm: Firm, core: str) -> str | None:
    """The auxiliary or former name beside the right one."""
    if not firm.others:
        return None
    kind, other = pick(r, firm.others)
    if kind == "former_name":
        return f"{core} ({pick(r, ('ent.', 'entinen', 'f.d.'))} {other})"
    return pick(r, ("{} / {}", "{} ({})", "{}, {}", "{} aputoiminimi {}")).format(core, other)


def form_dropped(r: Chance, firm: Firm, core: str) -> str | None:
    return None if firm.name.form in ("asoy", "koy", "fab") or firm.form_tells else core


def form_spelled(r: Chance, firm: Firm, core: str) -> str | None:
    templates = _SPELLED.get(firm.name.form)
    return pick(r, templates).format(core) if templates else None


def form_translated(r: Chance, firm: Firm, core: str) -> str | None:
    template = _TRANSLATED.get(firm.name.form)
    return template.format(core) if template and firm.place.swedish > 0.1 else None


def umlauts_lost(r: Chance, firm: Firm, text: str) -> str | None:
    return text.translate(_UMLAUTS_LOST) if _HAS_UMLAUT.search(text) else None


def umlauts_spelled(r: Chance, firm: Firm, text: str) -> str | None:
    if not _HAS_UMLAUT.search(text):
        return None
    return _HAS_UMLAUT.sub(lambda found: _UMLAUTS_SPELLED[found[0]], text)


def umlauts_garbled(r: Chance, firm: Firm, text: str) -> str | None:
    """UTF-8 read as Latin-1."""
    return text.encode().decode("cp1252", "replace") if _HAS_UMLAUT.search(text) else None


def typo(r: Chance, firm: Firm, text: str) -> str | None:
    """One slip of the finger inside a word; numbers are left alone."""
    for _ in range(4):
        at = 1 + int(r() * (len(text) - 2)) if len(text) > 4 else 0
        if at and text[at].isalpha() and text[at - 1].isalpha():
            break
    else:
        return None
    letter, chance = text[at], r()
    if chance < 0.3:
        return text[:at] + text[at + 1 :]
    if chance < 0.5:
        return text[:at] + letter.lower() + text[at:]
    if chance < 0.8 and text[at + 1].isalpha() and text[at + 1] != letter:
        return text[:at] + text[at + 1] + letter + text[at + 2 :]
    return text[:at] + _KEYS.get(letter, "e") + text[at + 1 :]


def upper(r: Chance, firm: Firm, text: str) -> str | None:
    return text.upper()


def lower(r: Chance, firm: Firm, text: str) -> str | None:
    return text.lower()


def spacing(r: Chance, firm: Firm, text: str) -> str | None:
    return pick(
        r, (text.replace(" ", "  ", 1), f"{text} ", f"{text}.", f"\u00a0{text}", f'"{text}"')
    )
