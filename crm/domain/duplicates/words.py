"""Words that say what kind of firm it is, not which one. All folded (å ä ö é as a o e).

Source: own list from the registers' abbreviations of company forms and from reading firm lists.
"""

from enum import IntEnum


class Form(IntEnum):
    """Kinds of legal form that one firm does not have at the same time."""

    NONE = 0
    LIMITED = 1
    PARTNERSHIP = 2
    SOLE = 3
    COOPERATIVE = 4
    ASSOCIATION = 5
    PROPERTY = 6


LEGAL_FORMS: dict[str, Form] = {
    word: form
    for form, words in {
        Form.LIMITED: (
            "oy ab oyj abp oyab aboy ltd limited plc inc incorporated llc llp lp corp "
            "corporation co "
            "company compagnie compania cie "
            "gmbh mbh ag kgaa se sce bv bvba nv cv vof as asa aps is sa sas sasu sarl srl "
            "spa sl slu lda ltda oü ou uab sia kft zrt nyrt bt rt sro spol doo dd ad ead eood ood "
            "spzoo pte pty ehf hf oao ooo zao pao jsc ojsc cjsc pjsc tov aktiebolag aktiebolaget "
            "osakeyhtio osakeyhtion aktiengesellschaft aktieselskab aktieselskabet aksjeselskap "
            "anpartsselskab naamloze vennootschap vennoot besloten hb gesmbh publ ae sab "
            "nyilvanosan"
        ),
        Form.PARTNERSHIP: (
            "ky kb ay ob kg ohg gbr snc scs ks hb kommandiittiyhtio kommanditbolag avoinyhtio "
            "da ans"
        ),
        Form.SOLE: "tmi toiminimi firma fma enskild ek eenmanszaak enk",
        Form.COOPERATIVE: "osk osuuskunta andelslag andelslaget hlf eg coop",
        Form.ASSOCIATION: "ry rf ev vzw asbl rek yhd",
        Form.PROPERTY: "koy asoy bostads bostadsaktiebolag fastighetsaktiebolag",
    }.items()
    for word in words.split()
}

# Several words that are one form or one kind of place; replaced before the words are cut.
PHRASES = {
    "gesellschaft mit beschrankter haftung": "gmbh",
    "limited liability company": "llc",
    "limited liability partnership": "llp",
    "open joint stock company": "ojsc",
    "public joint stock company": "pjsc",
    "joint stock company": "jsc",
    "public limited company": "plc",
    "societe anonyme": "sa",
    "sociedad anonima": "sa",
    "societa per azioni": "spa",
    "spolka akcyjna": "sa",
    "societas europaea": "se",
    "kommanditgesellschaft auf aktien": "kgaa",
    "anonim sirketi": "as",
    "naamloze vennootschap": "nv",
    "besloten vennootschap": "bv",
    "avoin yhtio": "ay",
    "oppet bolag": "ob",
    "julkinen osakeyhtio": "oyj",
    "publikt aktiebolag": "abp",
    "rekisteroity yhdistys": "ry",
    "registrerad forening": "rf",
    "asunto oy": "asoy",
    "as oy": "asoy",
    "asunto osakeyhtio": "asoy",
    "bostads ab": "asoy",
    "bostads aktiebolag": "asoy",
    "kiinteisto oy": "koy",
    "k oy": "koy",
    "kiinteisto osakeyhtio": "koy",
    "kiint oy": "koy",
    "kiint osakeyhtio": "koy",
    "fast ab": "koy",
    "bost ab": "asoy",
    "i oy": "1 oy",
    "i ab": "1 ab",
    "fastighets ab": "koy",
    "fastighets aktiebolag": "koy",
    "yksityinen elinkeinonharjoittaja": "tmi",
    "enskild naringsidkare": "tmi",
    "enskild firma": "tmi",
    "s p a": "spa",
    "t mi": "tmi",
    "ins tsto": "insinooritoimisto",
    "insinoori tsto": "insinooritoimisto",
    "til tsto": "tilitoimisto",
    "ark tsto": "arkkitehtitoimisto",
    "asianajo tsto": "asianajotoimisto",
    "university of applied sciences": "polytechnic",
    "universities of applied sciences": "polytechnic",
    "hochschule fur angewandte wissenschaften": "polytechnic",
    "hochschule fur technik": "polytechnic",
    "technische hochschule": "polytechnic",
    "university of technology": "techuniversity",
    "technical university": "techuniversity",
    "technological university": "techuniversity",
    "technische universitat": "techuniversity",
    "technische universiteit": "techuniversity",
    "tekniska universitet": "techuniversity",
    "tekniska hogskolan": "techuniversity",
    "teknillinen yliopisto": "techuniversity",
    "teknillinen korkeakoulu": "techuniversity",
    "united states": "usa",
    "research and development": "research",
}

STOP_WORDS = frozenset(
    "& and och ja und et en og y the of for in on at an de der den det des di del della la le "
    "les los el van von vom zu zum zur fur auf im i av till med ved pa om te het een du da do dos "
    "by to sur pour with och".split()
)

# A name with one of these beside the bare name is another firm of the same owners.
MARKERS = frozenset(
    "holding holdings kiinteisto kiinteistot fastighet fastigheter palvelu palvelut invest "
    "investment investments sijoitus consulting konsultointi kauppa rahoitus finance capital "
    "logistiikka logistics tuotanto production huolto service services myynti sales vuokraus "
    "rental tekniikka kehitys group yhtiot".split()
)

# A land in a name tells two firms apart as a town does. In the language of the glossary.
LANDS = frozenset(
    "finland sweden norway denmark germany netherlands estonia france spain italy poland austria "
    "switzerland belgium russia britain latvia lithuania iceland ireland portugal hungary greece "
    "turkey ukraine mexico brazil china japan india canada america usa asia africa".split()
)

# Words that mean the same as a marker and only say that it is a firm.
NO_MARKERS = frozenset("liike rorelse affar firma butik".split())

# What a tenth, a hundredth or a thousandth of firms have in their names, whatever the list: a
# small list cannot know how common they are. Names of people are below.
COMMON_WORDS = frozenset(
    "rakennus kuljetus palvelu palvelut huolto konsultointi consulting kiinteisto tilitoimisto "
    "group holding holdings international services service systems solutions engineering trading "
    "electronics technologies technology industries industrial industry products research "
    "institute "
    "center centre school college university foundation association society hospital museum bank "
    "european europe europa nordic nederland netherlands holland suomi finland sverige sweden "
    "norge "
    "norway danmark denmark deutschland germany finnish national royal koninklijke general global "
    "management development investment invest capital partners energy power medical pharma health "
    "care day child children early learning community public academy house youth church saint "
    "maatschappij beheer patent ip assets motor chemical chemie licensing properties international "
    "tekniikka asennus sahko lvi auto autohuolto korjaamo maalaus metalli konepaja puu metsa "
    "maatila "
    "kauppa market kahvila ravintola pizzeria parturi kampaamo hieronta fysio apteekki kukka taksi "
    "siivous media design studio data it software ohjelmistot teknik bygg transport el elektriska "
    "fastighets handel butik restaurang cafe bageri revision redovisning maskin skog marin "
    "tietotekniikka insinooritoimisto arkkitehtitoimisto asianajotoimisto mainostoimisto leipomo "
    "saha turve kala maansiirto maanrakennus urakointi remontti rakennuspalvelu kiinteistohuolto "
    "kiinteistopalvelu hoiva hoitokoti paivakoti koulu opisto yhdistys saatio seura liitto".split()
)

ABBREVIATIONS = {
    "rak": "rakennus",
    "kulj": "kuljetus",
    "kuljetusliike": "kuljetus",
    "met": "metalli",
    "sahk": "sahko",
    "kiint": "kiinteisto",
    "kons": "konsultointi",
    "tsto": "toimisto",
    "ltk": "liiketoiminta",
    "intl": "international",
    "int": "international",
    "internat": "international",
    "univ": "university",
    "inst": "institute",
    "dept": "department",
    "natl": "national",
    "assn": "association",
    "assoc": "association",
    "ctr": "center",
    "cntr": "center",
    "sch": "school",
    "elem": "elementary",
    "hosp": "hospital",
    "st": "saint",
    "mt": "mount",
    "bros": "brothers",
    "mfg": "manufacturing",
    "tech": "technology",
    "eng": "engineering",
    "svcs": "services",
    "svc": "service",
    "mgmt": "management",
    "dev": "development",
    "lab": "laboratory",
    "labs": "laboratory",
    "grp": "group",
    "hldg": "holding",
    "hldgs": "holdings",
    "bk": "bank",
    "bnk": "bank",
    "kon": "koninklijke",
    "velj": "veljekset",
    "autokorj": "autokorjaamo",
    "autoh": "autohuolto",
    "automaal": "automaalaamo",
    "rautak": "rautakauppa",
    "kukkak": "kukkakauppa",
    "konetekn": "konetekniikka",
    "tietotekn": "tietotekniikka",
    "putkias": "putkiasennus",
    "sahkoas": "sahkoasennus",
    "lvias": "lvi",
    "ass": "asennus",
    "insinoorits": "insinooritoimisto",
    "inststo": "insinooritoimisto",
    "instsoto": "insinooritoimisto",
    "arkktsto": "arkkitehtitoimisto",
    "asianajotsto": "asianajotoimisto",
    "tiltsto": "tilitoimisto",
}

NUMBERS = {
    word: str(value)
    for value, words in enumerate(
        (
            "",
            "i one first yksi ensimmainen ett forsta",
            "ii two second kaksi toinen tva andra",
            "iii three third kolme kolmas tre tredje",
            "iv four fourth nelja neljas fyra fjarde",
            "v_ five fifth viisi viides fem femte",
            "vi six sixth kuusi_ kuudes sex sjatte",
            "vii seven seventh seitseman seitsemas sju sjunde",
            "viii eight eighth kahdeksan kahdeksas atta attonde",
            "ix nine ninth yhdeksan yhdeksas nio nionde",
            "x_ ten tenth kymmenen kymmenes tio tionde",
            "xi eleven yksitoista elva",
            "xii twelve kaksitoista tolv",
            "xiii thirteen kolmetoista tretton",
        )
    )
    for word in words.split()
    if word != "i"
}

COUNTRIES = {
    name: code
    for code, names in {
        "fi": "finland suomi fin",
        "se": "sweden sverige ruotsi swe",
        "no": "norway norge norja nor",
        "dk": "denmark danmark tanska dnk",
        "ee": "estonia eesti viro est",
        "de": "germany deutschland saksa tyskland deu",
        "nl": "netherlands nederland alankomaat nld",
        "us": "usa unitedstates",
        "gb": "uk england greatbritain gbr",
    }.items()
    for name in names.split()
}

# What people write into a field of which they know nothing.
NOTHING = frozenset(
    (
        "- -- --- . .. ? ?? ??? x xx xxx 0 n/a na nan none null tyhjä ei ei_ole ei_tiedossa "
        "ei_tietoa tuntematon puuttuu unknown missing okänd saknas finns_ej ingen tbd www"
    )
    .replace("_", " ")
    .split(" ")
) | {"ei ole", "ei tiedossa", "ei tietoa", "finns ej", "not known", "no", "yes"}

FREE_DOMAINS = frozenset(
    "gmail.com hotmail.com hotmail.fi outlook.com live.com live.fi yahoo.com icloud.com luukku.com "
    "luukku.fi kolumbus.fi elisanet.fi saunalahti.fi welho.com suomi24.fi pp.inet.fi inet.fi "
    "dnainternet.net "
    "netti.fi jippii.fi facebook.com instagram.com linkedin.com sites.google.com google.com "
    "wordpress.com blogspot.com wixsite.com fonecta.fi finder.fi yahoo.co.uk gmx.de web.de "
    "test.fi test.com example.com example.org esimerkki.fi testi.fi "
    "multi.fi mbnet.fi co.inet.fi sci.fi pp1.inet.fi anvianet.fi surffi.fi".split()
)
