"""Pairs of records as they stand in the lists of Finnish towns, written by hand; every firm is
invented. A record is "name | street | 12345 Town | tel … | web … | mail … | id …", parts in any
order, most left out. SAME are one firm, DIFFERENT are two; of the last two lists the engine still
says the contrary.
"""

from crm.domain.duplicates.records import Firm

_PREFIXES = {"tel": "phone", "web": "website", "mail": "email", "id": "business_id"}


def record(text: str) -> Firm:
    """The firm of one text."""
    name, *parts = (part.strip() for part in text.split(" | "))
    fields: dict[str, str] = {}
    for part in parts:
        first, _, rest = part.partition(" ")
        if first in _PREFIXES:
            fields[_PREFIXES[first]] = rest
        elif first.isdigit() and len(first) in (4, 5):
            fields["postcode"], fields["city"] = first, rest
        elif first == "in":
            fields["city"] = rest
        else:
            fields["street"] = part
    return Firm(key=text, name=name, **fields)


SAME = [
    # The town as a genitive, as a suffix, in the other language.
    ("Kuopion Sähkötaito Oy | in Kuopio", "Sähkötaito Kuopio Oy | in Kuopio"),
    ("Iisalmen Kylmäkone Oy", "Kylmäkone Iisalmi Oy"),
    ("Kylmäkone Oy Iisalmi | in Iisalmi", "Kylmäkone Oy | in Iisalmi"),
    ("Rauman Lukkomestarit Oy | in Rauma", "Lukkomestarit Oy, Rauma | in Raumo"),
    ("Porvoon Peltityö Oy | in Porvoo", "Borgå Plåtarbete Ab | in Borgå"),
    ("Närpiön Kasvihuone Oy | in Närpiö", "Närpes Växthus Ab | in Närpes"),
    ("Pietarsaaren Konepaja Oy", "Jakobstads Mekaniska Verkstad Ab"),
    # Compounds cut apart and put together.
    ("Metallityö Havukka Oy", "Metalli Työ Havukka Oy"),
    ("Metalli-työ Havukka Oy", "Metallityö Havukka"),
    ("Hieta-Sora Oy", "Hietasora Oy"),
    ("LVI-Asennus Ruutana Oy", "LVI Asennus Ruutana"),
    ("LVIasennus Ruutana Oy", "LVI-asennus Ruutana Oy"),
    ("Rakennusliike Törnävä Oy", "Rak.liike Törnävä"),
    ("Rakennusliike Törnävä Oy", "Rakennus Liike Törnävä Oy"),
    ("Kuljetusliike Törnävä Ky", "Kulj.liike Törnävä Ky"),
    ("Kuljetus Törnävä Ky", "Kulj. Törnävä"),
    ("Insinööritoimisto Vaskela Oy", "Ins.tsto Vaskela Oy"),
    ("Insinööritoimisto Vaskela Oy", "Ins. tsto Vaskela"),
    ("Tilitoimisto Vaskela Oy", "Tilitsto Vaskela Oy"),
    ("Arkkitehtitoimisto Vaskela Oy", "Ark.tsto Vaskela Oy"),
    ("Sähköasennus Vaskela Oy", "Sähköas. Vaskela Oy"),
    ("Kiinteistöhuolto Vaskela Oy", "Kiint.huolto Vaskela Oy"),
    ("Autokorjaamo Vaskela", "Autokorj. Vaskela"),
    # Initials and the order of names.
    ("A. Kuivasniemi Oy | in Keuruu", "Antti Kuivasniemi Oy | in Keuruu"),
    ("Tmi Antti Kuivasniemi", "Kuivasniemi Antti"),
    ("T:mi Antti Kuivasniemi", "Antti Kuivasniemi Tmi"),
    ("Toiminimi Antti Kuivasniemi | in Keuruu", "Tmi Kuivasniemi, Antti | in Keuruu"),
    ("Maalaus A. Kuivasniemi Tmi | in Keuruu", "Maalaus Antti Kuivasniemi | in Keuruu"),
    ("K & T Kuivasniemi Oy", "K. ja T. Kuivasniemi Oy"),
    ("Fma Bengt Norrgårdsson", "Bengt Norrgårdsson"),
    ("T:mi Anna-Liisa Kuivasniemi", "Annaliisa Kuivasniemi"),
    # Legal forms at both ends, in other words, changed.
    ("Oy Havukka-Metalli Ab", "Havukka-Metalli Oy"),
    ("Oy Havukka Metall Ab", "Havukka Metalli"),
    ("Havukka Oyj", "Havukka Abp"),
    ("Havukka Oyj | id 9045678-0", "Havukka Oy | id FI90456780"),
    ("Havukan Osuuskauppa", "Osuuskauppa Havukka osk"),
    ("Havukan Vesiosuuskunta", "Vesiosuuskunta Havukka osk"),
    ("Asunto Oy Mäntyhavukka", "As Oy Mäntyhavukka"),
    ("As. Oy Mäntyhavukka", "Asunto-osakeyhtiö Mäntyhavukka"),
    ("Kiinteistö Oy Mäntyhavukka", "Koy Mäntyhavukka"),
    ("Kiint. Oy Mäntyhavukka", "KOy Mäntyhavukka"),
    ("Fastighets Ab Tallbacken", "Fast. Ab Tallbacken"),
    ("Bostads Ab Tallbacken", "Bost.Ab Tallbacken"),
    ("Havukan Kyläyhdistys ry", "Havukan kyläyhdistys r.y."),
    ("Havukan Kotiseutusäätiö sr", "Havukan Kotiseutusäätiö"),
    ("Havukka Consulting, avoin yhtiö", "Havukka Consulting Ay"),
    ("Havukka Ky, kommandiittiyhtiö", "Kommandiittiyhtiö Havukka"),
    # Letters lost, spelled out, garbled, small and capital.
    ("Jyräpelto Öljy Oy", "JYRAPELTO OLJY OY"),
    ("Jyräpelto Öljy Oy", "Jyraepelto Oeljy"),
    ("Jyräpelto Öljy Oy", "JyrÃ¤pelto Ã–ljy Oy"),
    ("Jyräpelto Öljy Oy", "Jyr?pelto Öljy Oy"),
    ("Jyräpelto Öljy Oy", "Jyr�pelto Öljy Oy"),
    ("Jyräpelto Öljy Oy", "Jyrapelto Öljy"),
    ("Åströms Båtvarv Ab", "Astroms Batvarv Ab"),
    ("Café Ruusunmarja", "Cafe Ruusunmarja"),
    ("Müllers Bageri", "Muellers Bageri"),
    ("Jyräpelto Oy &amp; Kumpp.", "Jyräpelto Oy & Kumpp."),
    # Slips.
    ("Jyräpelto Koneistus Oy | in Nivala", "Jyräpleto Koneistus | in Nivala"),
    ("Jyräpelto Koneistus Oy | in Nivala", "Jyräpelto Koneistus Oyy | in Nivala"),
    ("Jyräpelto Koneistus Oy | in Nivala", "Jyrapelto konestus oy | in Nivala"),
    # Father, sons, brothers, partners.
    ("Havukka & Pojat Oy", "Havukka ja pojat Oy"),
    ("Havukka & Pojat Oy", "Havukka + Pojat"),
    ("Norrgård & Söner Ab", "Norrgård ja Pojat Oy"),
    ("Veljekset Havukka Oy", "Bröderna Havukka Ab"),
    ("Veljekset Havukka Oy", "Velj. Havukka Oy"),
    # One and many of a thing; number words.
    ("Havukan Marja Oy", "Havukan Marjat Oy"),
    ("Havukan Rakennuspalvelu Oy", "Havukan Rakennuspalvelut Oy"),
    ("Kolme Karhua Oy", "3 Karhua Oy"),
    ("Seitsemän Tähkää Oy", "7 Tähkää"),
    ("Tre Björnar Ab", "3 Björnar Ab"),
    ("Huolto 2000 Havukka Oy", "Huolto 2 000 Havukka Oy"),
    ("Kalliosora III Oy", "Kalliosora 3 Oy"),
    # Two languages.
    ("Kirjapaino Havukka Oy", "Havukka Tryckeri Ab"),
    ("Rengas-Norrgård Oy", "Däck-Norrgård Ab"),
    ("Hautaustoimisto Norrgård", "Norrgårds Begravningsbyrå"),
    ("Norrgårdin Puutarha Oy", "Norrgårds Trädgård Ab"),
    ("Tilitoimisto Norrgård Oy", "Bokföringsbyrå Norrgård Ab"),
    # Several names in one cell.
    ("Ruusunmarja (Havukan Kahvilapalvelu Oy) | in Salla", "Havukan Kahvilapalvelu Oy | in Salla"),
    ("Havukan Kahvilapalvelu Oy / Ruusunmarja | in Salla", "Ruusunmarja | in Salla"),
    ("Uusihavu Oy (ent. Vanhahonka Oy) | in Salla", "Vanhahonka Oy | in Salla"),
    ("Uusihavu Oy, ent. Vanhahonka Oy | in Salla", "Vanhahonka | in Salla"),
    ("Uusihavu Oy ent. Vanhahonka Oy | in Salla", "Uusihavu Oy | in Salla"),
    ("Uusihavu Oy f.d. Vanhahonka Ab | in Salla", "Vanhahonka Ab | in Salla"),
    (
        "Havukka Yhtiöt Oy, aputoiminimi Kahvila Ruusunmarja | in Salla",
        "Kahvila Ruusunmarja | in Salla",
    ),
    ("Havukka Yhtiöt Oy apt. Kahvila Ruusunmarja | in Salla", "Havukka Yhtiöt Oy | in Salla"),
    ("Havukka Yhtiöt Oy c/o Tilitoimisto Vaskela | in Salla", "Havukka Yhtiöt Oy | in Salla"),
    # Where in the firm.
    ("Jyräpelto Oy, Iisalmen tehdas | in Iisalmi", "Jyräpelto Oy | in Iisalmi"),
    ("Jyräpelto Oy / Iisalmi | in Iisalmi", "Jyräpelto Oy | in Iisalmi"),
    ("Jyräpelto Oy, toimipiste Iisalmi | in Iisalmi", "Jyräpelto | in Iisalmi"),
    ("Jyräpelto Oy konttori | in Iisalmi", "Jyräpelto Oy | in Iisalmi"),
    # Addresses, telephones, sites, numbers, in many hands.
    ("Havukka Oy | Kauppakatu 5 A 12 | 26100 Rauma", "Havukka | Kauppak. 5 A | 26101 Rauma"),
    (
        "Havukka Oy | PL 12 | 26101 Rauma | tel 02 837 7123",
        "Havukka Oy | Kauppakatu 5 | 26100 Rauma | tel +358 2 8377123",
    ),
    ("Havukka Oy | P.O. Box 12 | 26101 Rauma", "Havukka Oy | PL 12 | 26101 Rauma"),
    ("Havukka Oy | c/o Kauppakatu 5 | 26100 Rauma", "Havukka Oy | Kauppakatu 5 | 26100 Rauma"),
    ("Havukka Oy | tel (02) 837 7123 / Matti", "Havukka Oy Ab | tel 028377123"),
    ("Havukka Oy | tel 02 837 7123 vaihde", "Havukka Oy Ab | tel +358-2-837 7123"),
    ("Havukan Leipä Oy | tel 040-1237654, 050 7654321", "Leipä Havukka | tel 0401237654"),
    ("Havukka Oy | web HTTPS://WWW.HAVUKKA.FI/fi/yhteys", "Havukka | web havukka.fi"),
    ("Havukka Oy | mail myynti@havukka.fi", "Havukka | web www.havukka.fi/"),
    ("Havukka Oy | id 0234567-8", "Havukan Paja | id 234567-8"),
    ("Havukka Oy | id 02345678", "Havukan Paja | id FI 02345678"),
    ("Havukka Oy | id 2345678.0", "Havukan Paja | id 0234567-8"),
    ("Havukka Oy | id 0234567–8", "Havukan Paja | id Y-tunnus 0234567-8"),
    ("Havukka Oy | id 9023456-3", "Havukka Oy | id 9023465-3"),
]

DIFFERENT = [
    # Parent, property company, sister, side by side.
    ("Havukka Oy | Kauppakatu 5 | 26100 Rauma", "Havukka Holding Oy | Kauppakatu 5 | 26100 Rauma"),
    (
        "Havukka Oy | Kauppakatu 5 | 26100 Rauma | tel 02 8377123",
        "Havukka Invest Oy | Kauppakatu 5 | 26100 Rauma | tel 02 8377123",
    ),
    (
        "Havukka Oy | Kauppakatu 5 | 26100 Rauma | tel 02 8377123",
        "Kiinteistö Oy Havukka | Kauppakatu 5 | 26100 Rauma | tel 02 8377123",
    ),
    (
        "Havukka Oy | Kauppakatu 5 | 26100 Rauma | tel 02 8377123",
        "Havukka Kiinteistöt Oy | Kauppakatu 5 | 26100 Rauma | tel 02 8377123",
    ),
    (
        "Havukka Oy | Kauppakatu 5 | 26100 Rauma | tel 02 8377123",
        "Havukka Palvelut Oy | Kauppakatu 5 | 26100 Rauma | tel 02 8377123",
    ),
    ("Havukka Oy | in Rauma", "Havukka Group Oy | in Rauma"),
    ("Havukka Oy | in Rauma", "Havukka Yhtiöt Oy | in Rauma"),
    ("Asunto Oy Havukka | Kauppakatu 5 | 26100 Rauma", "Havukka Oy | Kauppakatu 5 | 26100 Rauma"),
    ("Norrgård Ab | in Korsnäs", "Norrgård Fastigheter Ab | in Korsnäs"),
    # A number tells them apart.
    ("Asunto Oy Rauman Mäntyrinne 1", "Asunto Oy Rauman Mäntyrinne 2"),
    (
        "Asunto Oy Mäntyrinne I | Rantatie 2 | 26100 Rauma | tel 02 8377123",
        "Asunto Oy Mäntyrinne II | Rantatie 2 | 26100 Rauma | tel 02 8377123",
    ),
    ("Havukan Tuulivoima Yksi Oy", "Havukan Tuulivoima Kaksi Oy"),
    ("Vindpark Norrgård 3 Ab", "Vindpark Norrgård Fyra Ab"),
    # Another person, another trade, one family name.
    ("Tmi Antti Kuivasniemi | in Keuruu", "Tmi Pekka Kuivasniemi | in Keuruu"),
    (
        "Tmi Antti Kuivasniemi | Rantatie 2 | 42700 Keuruu | tel 040 1237654",
        "Kuivasniemen Kuljetus Oy | Rantatie 2 | 42700 Keuruu | tel 040 1237654",
    ),
    ("Rakennus Kuivasniemi Oy | in Keuruu", "Rakennus Kuivamäki Oy | in Keuruu"),
    # Branches and towns.
    (
        "Mansikka-Market Rauma | web mansikkamarket.fi/rauma",
        "Mansikka-Market Keuruu | web mansikkamarket.fi/keuruu",
    ),
    ("Pizzeria Ruusunmarja | in Rauma", "Pizzeria Ruusunmarja | in Kuusamo"),
    ("Rauman Sähköpalvelu Oy", "Raahen Sähköpalvelu Oy"),
    ("Keuruun Yrittäjät ry", "Jämsän Yrittäjät ry"),
    ("Iisalmen Apteekki | in Iisalmi", "Kuopion Apteekki | in Kuopio"),
    ("Keuruun Kaupunki", "Keuruun Seurakunta"),
    # One house, one telephone, one provider of mail, nothing else.
    ("Havukka Oy | Kauppakatu 5 | 26100 Rauma", "Ruusunmarja Oy | Kauppakatu 5 | 26100 Rauma"),
    ("Havukka Oy | PL 12 | 26101 Rauma", "Ruusunmarja Oy | PL 12 | 26101 Rauma"),
    (
        "Havukka Oy | mail havukka@gmail.com | in Rauma",
        "Ruusunmarja Oy | mail ruusu@gmail.com | in Rauma",
    ),
    ("Havukka Oy | web facebook.com/havukka", "Ruusunmarja | web facebook.com/ruusunmarja"),
    # Words that say nothing are no evidence.
    ("Havukka Oy | id 0000000-0 | tel 0000000000", "Ruusunmarja | id 0000000-0 | tel 0000000000"),
    ("Havukka Oy | id 1234567-1", "Ruusunmarja Oy | id 1234567-1"),
    ("Havukka Oy | id 1234567-8 | in Rauma", "Ruusunmarja Oy | id 1234567-8 | in Rauma"),
    ("Havukka Oy | id 9999999-9 | tel 0401234567", "Ruusunmarja | id 9999999-9 | tel 0401234567"),
    ("Havukka Oy | mail test@test.fi | tel 12345", "Ruusunmarja | mail test@test.fi | tel 12345"),
    ("Havukka | ei tiedossa | 00000 - | tel n/a", "Ruusunmarja | ei tiedossa | 00000 - | tel n/a"),
    ("- | 26100 Rauma", "- | 42700 Keuruu"),
    # Two numbers of the register are two firms.
    (
        "Havukka Oy | Kauppakatu 5 | 26100 Rauma | id 9045678-0",
        "Havukka Oy | Kauppakatu 5 | 26100 Rauma | id 9034567-7",
    ),
]

NOT_YET_SAME = [
    ("Åströms Båtvarv Ab", "Aastroms Baatvarv"),
]

NOT_YET_DIFFERENT = [
    ("Havukka | Kauppakatu 5 | 26100 Rauma", "Kiinteistö Oy Havukka | Kauppakatu 5 | 26100 Rauma"),
    ("Kuljetus A. Kuivasniemi | in Keuruu", "Kuljetus P. Kuivasniemi | in Keuruu"),
    ("Maalaamo Kuivasniemi Oy | in Keuruu", "Kampaamo Kuivasniemi Oy | in Keuruu"),
    ("Virtasen Leipomo | in Keuruu", "Virtalan Leipomo | in Keuruu"),
    ("Keuruun Autohuolto Oy | in Keuruu", "Keuruun Autokauppa Oy | in Keuruu"),
]
