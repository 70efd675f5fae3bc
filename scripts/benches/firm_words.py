"""What names and addresses of invented firms are made of.

A bar marks the seam of a compound ("Rakennus|liike"). Names are put together by chance, so one may
happen to be that of a real firm; nothing else about it is.
"""

from itertools import product

# Finnish, Swedish, the abbreviation people write, or nothing.
TRADES = tuple(
    tuple(part.strip() for part in line.split(";"))
    for line in """
Rakennus; Bygg; Rak.
Rakennus|liike; Byggnads|firma; Rak.liike
Rakennus|palvelu; Bygg|service; Rak.palv.
Maan|rakennus; Schaktning; Maanrak.
Kuljetus; Transport; Kulj.
Kuljetus|liike; Åkeri; Kulj.liike
Insinööri|toimisto; Ingenjörs|byrå; Ins.tsto
Suunnittelu|toimisto; Planerings|byrå; Suunn.tsto
Tili|toimisto; Bokförings|byrå; Tilitsto
Metalli; Metall; Met.
Kone|paja; Mekaniska; Konep.
Kone|tekniikka; Maskin|teknik; Kon.tekn.
Sähkö; El; Säh.
Sähkö|asennus; El|installation; Säh.as.
Putki; Rör;
Putki|asennus; Rör|montage; Putkias.
Auto|huolto; Bil|service; Autoh.
Auto|korjaamo; Bil|verkstad; Autokorj.
Auto|maalaamo; Bil|lackering; Automaal.
Auto|koulu; Bil|skola;
Metsä|palvelu; Skogs|service; Metsäpalv.
Metsä|kone; Skogs|maskin; Metsäk.
Kone|urakointi; Maskin|entreprenad; Koneurak.
Parturi-Kampaamo; Frisör|salong; Part.-Kamp.
Kampaamo; Frisör; Kamp.
Kauneus|hoitola; Skönhets|salong; Kauneush.
Hieronta; Massage;
Fysio|terapia; Fysio|terapi; Fysiot.
Hammas|lääkäri; Tand|läkare; Hammasl.
Ravintola; Restaurang; Rav.
Kahvila; Kafé; Kahv.
Pizzeria; Pizzeria;
Leipomo; Bageri; Leip.
Majoitus; Inkvartering; Maj.
Matkailu; Turism; Matk.
Loma|mökit; Semester|stugor;
Kiinteistö|huolto; Fastighets|service; Kiint.huolto
Siivous|palvelu; Städ|service; Siiv.palv.
Maalaus; Måleri; Maal.
Maalaus|liike; Måleri|firma; Maal.liike
Pelti|työ; Plåt|slageri; Peltit.
Kaluste; Möbel; Kal.
Puu|sepän|liike; Snickeri; Puus.liike
Puu|työ; Trä|arbete; Puut.
Saha; Såg;
Puu|tarha; Trä|gård; Puutarh.
Kukka|kauppa; Blomster|handel; Kukkak.
Kala; Fisk;
Liha; Kött;
Tieto|tekniikka; Data|teknik; Tietotekn.
Ohjelmisto; Programvara; Ohj.
Mainos|toimisto; Reklam|byrå; Mainoststo
Kirja|paino; Bok|tryckeri; Kirjap.
Valo|kuvaamo; Foto|ateljé; Valok.
Arkkitehti|toimisto; Arkitekt|byrå; Arkk.tsto
Asian|ajo|toimisto; Advokat|byrå; As.ajotsto
Kiinteistön|välitys; Fastighets|förmedling; Kiint.väl.
Hautaus|toimisto; Begravnings|byrå; Haut.tsto
Optikko; Optiker; Opt.
Taksi; Taxi;
Hinaus|palvelu; Bogserings|tjänst; Hin.palv.
Rengas; Däck;
Veistämö; Båt|varv;
Telakka; Varv; Tel.
Energia; Energi; Energ.
Lämpö; Värme;
Kierrätys; Återvinning; Kierr.
Hitsaus; Svets; Hits.
Koneistus; Maskin|bearbetning; Koneist.
Automaatio; Automation; Autom.
Teollisuus|palvelu; Industri|service; Teoll.palv.
Hoiva; Omsorg;
Päivä|koti; Dag|hem; Päiväk.
Lattia; Golv;
Katto; Tak;
Ikkuna; Fönster; Ikk.
Lasi; Glas;
Laatoitus; Kakel; Laat.
Betoni; Betong; Bet.
Nosto|palvelu; Lyft|service; Nostopalv.
Ompelimo; Sömnads|ateljé; Omp.
Kello|seppä; Ur|makeri; Kellos.
Rauta|kauppa; Järn|handel; Rautak.
Kone|vuokraamo; Maskin|uthyrning; Konev.
Kaivin|kone; Gräv|maskin; Kaivink.
Hydrauliikka; Hydraulik; Hydr.
""".strip().splitlines()
)

FIRST_FI = """
Matti Timo Juha Kari Mikko Jari Antti Jukka Markku Pekka Mika Hannu Heikki Janne Ari Sami Marko
Petri Ville Tapio Jussi Jouni Jarmo Seppo Risto Veli-Matti Pasi Tuomas Olli Lauri Esa Teemu Jani
Harri Raimo Tero Arto Vesa Kalle Ilkka Niko Eero Reijo Jorma Tommi Toni Tomi Aki Mauri Eino Tuula
Anne Päivi Anna Ritva Leena Sari Minna Liisa Pirjo Marja Tiina Raija Tarja Riitta Kirsi Hanna Eija
Satu Merja Kaisa Jaana Elina Johanna Outi Heli Nina Maarit Anu Katja Mari Sanna Jenni Laura Susanna
Teija Virpi Eeva Sirpa Ulla Seija Heidi Noora Emmi Veera Salla Mervi Helena Irma Aino Anja-Liisa
""".split()
FIRST_SV = """
Bertil Göran Håkan Kenneth Christer Stefan Mats Johan Mikael Anders Peter Tom Kaj Bengt Bo Rolf
Gunilla Susanne Camilla Annika Linda Sofia Pia Ann-Sofi Carola Monica Gun-Britt Åsa Lisbeth Solveig
Börje Märta Björn Sören Jan-Erik Karl-Johan Nils Ulf Lars Henrik Fredrik Jonas Tobias Victoria
""".split()

# Roughly in the order of how common they are.
LAST_COMMON = """
Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen
Lehtinen Saarinen Salminen Heinonen Niemi Heikkilä Kinnunen Salonen Turunen Salo Laitinen Tuominen
Rantanen Karjalainen Jokinen Mattila Savolainen Lahtinen Ahonen Ojala Leppänen Väisänen Hiltunen
Kallio Miettinen Leinonen Pitkänen Aaltonen Manninen Hakala Koivisto Anttila Laaksonen Hirvonen
Räsänen Lehto Laakso Toivonen Rantala Mustonen Aalto Partanen Peltola Moilanen Vainio Seppälä
Seppänen Kettunen Lahti Kärkkäinen Hakkarainen Kemppainen Pesonen Kokkonen Niskanen Pulkkinen
Peltonen Halonen Oksanen Kauppinen Harju Koski Ikonen Nurmi Mäki Vuorinen Karvonen Mikkonen Eskola
Penttinen Pelkonen Rautio Parviainen Huttunen Väänänen Suominen Toivanen Kuusisto Räty Määttä
Lindholm Nyman Lindström Karlsson Johansson Holm Ryynänen Tirkkonen Säkkinen Jurmu Ylitalo Ollila
Myllymäki Rinne Viitala Kivelä Karppinen Tervo Hyvärinen Hyttinen Kosonen Tolonen Heiskanen Juvonen
Malinen Pennanen Sorsa Koponen Väyrynen Särkelä Hänninen Räihä Ylönen Öhman Ström Jääskeläinen
""".split()
_HEADS = """
Ala Ylä Uusi Iso Kivi Haka Koivu Mänty Kuusi Honka Haapa Leppä Pihlaja Heinä Korpi Lampi Joki Ranta
Salo Kallio Vuori Mylly Paju Hirvi Karhu Kotka Haukka Terva Rauta Vaski Kirkko Hauta Pelto Lehto
""".split()
_TAILS = (
    "mäki niemi saari ranta lahti koski järvi vaara salo kangas aho oja pelto maa linna".split()
)
LAST_FI = LAST_COMMON + [
    f"{head}{tail}" for tail, head in product(_TAILS, _HEADS) if head.casefold() != tail
]
_HEADS_SV = """
Berg Lind Ny Söder Väster Öster Norr Back Sand Björk Gran Al Ek Sten Strand Holm Fors Ström Sjö Hög
""".split()
_TAILS_SV = "ström lund berg qvist man gård back holm fors näs vik ås".split()
LAST_SV = [
    f"{head}{tail}" for tail, head in product(_TAILS_SV, _HEADS_SV) if head.casefold() != tail
]

# Places that do not exist.
NATURE_FI = [
    f"{head}{tail}"
    for head, tail in product(
        "Kivi Tuuli Honka Karhu Musta Rusko Jänis Vaski Kuikka Saari Metso Lumi Hiiden Louhi Terva "
        "Pihka Kaarna Halla Suvi Usva".split(),
        "lahti vuori niemi koski lampi suo harju ranta vaara kallio".split(),
    )
]
NATURE_SV = [
    f"{head}{tail}"
    for head, tail in product(
        "Gås Rönn Tall Varg Ljus Åkers Hamn Sten Björk Kråk Öster Säl".split(),
        "holmen vik skär näs grund backa by ören".split(),
    )
]
BRAND_HEADS = """
Savo Botnia Nor Arc Pol Kel Vel Mer Tak Kai Sel Lak Bor Sai Kuu Rau Iis Tai Ter Met Lum Hal Kar Ven
Ori Ala Neo Evo Tri Ver Sol Lun Fen Suo Kol Pir Var Tor Vir Jal Hel Alm Els Omni Pro Aqua Geo Opti
""".split()
BRAND_MIDDLES = ("a", "o", "i", "e", "u", "ora", "ino", "eta", "iva", "uma", "")
BRAND_TAILS = """
tek tec lux nova mer plan con data lab soft line ra la vo nta maxi form trans mark norm ria dex pack
""".split()
BRAND_WORDS = "Group Finland Nordic Consulting Solutions Engineering Systems Trading Power".split()

CLUBS = (
    ("Yrittäjät", "Företagare"),
    ("Martat", "Marthor"),
    ("Eläkkeensaajat", "Pensionärer"),
    ("Metsästysseura", "Jaktförening"),
    ("Urheilijat", "Idrottsförening"),
    ("Kyläyhdistys", "Byaförening"),
    ("Nuorisoseura", "Ungdomsförening"),
    ("Kalastuskunta", "Fiskelag"),
    ("Omakotiyhdistys", "Egnahemsförening"),
)
# A name with a number, and how else people write it.
NUMBERS = (
    ("3 Veljestä", "Kolme Veljestä"),
    ("7 Tähteä", "Seitsemän Tähteä"),
    ("2 Siskoa", "Kaksi Siskoa"),
    ("24h", "24 h"),
    ("2000", "2 000"),
    ("No. 1", "Nro 1"),
    ("4x4", "4 x 4"),
    ("II", "2"),
    ("10", "Kymppi"),
)

STREETS = tuple(
    (fi + fi_tail, sv + sv_tail)
    for (fi, sv), (fi_tail, sv_tail) in product(
        (
            pair.split("/")
            for pair in """
Teollisuus/Industri Satama/Hamn Kauppa/Handels Asema/Stations Ranta/Strand Kirkko/Kyrko Koulu/Skol
Mylly/Kvarn Saha/Såg Paja/Smedje Yrittäjän/Företagar Puisto/Park Sepän/Smeds Konepajan/Verkstads
Varasto/Lager Keskus/Central Pohjois/Norr Etelä/Söder Koivu/Björk Kuusi/Gran Mänty/Tall Pelto/Åker
Lampi/Träsk Harju/Ås Urheilu/Sport Sairaalan/Sjukhus Tehtaan/Fabriks Kivi/Sten Linnan/Slotts
Kalevan/Kaleva Postin/Post Tori/Torg Veturi/Lokomotiv Laivurin/Skeppar Kalastajan/Fiskar Niitty/Ängs
Väinämöisen/Väinämö Ahjo/Ässje Myllärin/Mjölnar Suutarin/Skomakar
""".split()
        ),
        (("katu", "gatan"), ("tie", "vägen"), ("kuja", "gränden"), ("polku", "stigen")),
    )
)
