"""The stuff invented firms and people are made of. No name here is that of a real firm."""

FIRST_FI = (
    "Matti Liisa Jukka Anne Pekka Sari Timo Päivi Mikko Tiina Antti Minna Jari Kaisa Olli Heidi "
    "Veikko Riitta Sami Johanna Ville Elina Ari Marja Tuomas Hanna Petri Outi Lauri Kirsi"
).split()
LAST_FI = (
    "Salo Ranta Niemi Korpela Laakso Hakala Mustonen Kinnunen Väisänen Pesonen Tolonen Räisänen "
    "Heikura Savela Koivula Peltola Manninen Karppi Suomela Tuisku Vaara Ojala Lehto Kuusisto "
    "Harju Aalto Mäkelä Saari Virta Koskela"
).split()
FIRST_SV = (
    "Bertil Gunilla Mats Susanne Göran Camilla Håkan Maria Stefan Ann-Sofi Kenneth Annika Johan "
    "Linda Tom Heidi Christer Pia Mikael Sofia"
).split()
LAST_SV = (
    "Nygård Rosengård Backlund Söderholm Ingves Lassfolk Västerback Norrgård Storlund Grannas "
    "Lindqvist Björkman Östman Sandås Klemets"
).split()

# Places that do not exist: nominative and genitive.
PLACES_FI = (
    ("Kivilahti", "Kivilahden"),
    ("Haapasuo", "Haapasuon"),
    ("Tervalampi", "Tervalammen"),
    ("Honkavuori", "Honkavuoren"),
    ("Louhiniemi", "Louhiniemen"),
    ("Pihlajakoski", "Pihlajakosken"),
    ("Karhuselkä", "Karhuselän"),
    ("Mustakallio", "Mustakallion"),
    ("Ruskealahti", "Ruskealahden"),
    ("Jänissaari", "Jänissaaren"),
    ("Vaskiharju", "Vaskiharjun"),
    ("Kuikkajärvi", "Kuikkajärven"),
    ("Tuulimäki", "Tuulimäen"),
    ("Saarikangas", "Saarikankaan"),
    ("Hallaperä", "Hallaperän"),
    ("Metsokoski", "Metsokosken"),
    ("Rautaranta", "Rautarannan"),
    ("Hiidenvaara", "Hiidenvaaran"),
    ("Kotkanpesä", "Kotkanpesän"),
    ("Lumikero", "Lumikeron"),
)
PLACES_SV = (
    "Björkskär Stenholmen Västervik Gåsören Rönnsund Sandnäs Tallörn Vargberg Storgrund "
    "Ljusviken Åkersby Hamnskär"
).split()

STREETS_FI = (
    "Teollisuustie Satamakatu Konepajankatu Sahatie Asemakatu Kauppakatu Rantatie Yrittäjäntie "
    "Myllykatu Pajatie Varastokatu Kirkkokatu"
).split()
STREETS_SV = "Industrivägen Hamngatan Strandgatan Storgatan Skolgatan Fiskarvägen".split()

TITLES_FI = (
    "Toimitusjohtaja",
    "Tuotantopäällikkö",
    "Talouspäällikkö",
    "Myyntijohtaja",
    "Henkilöstöpäällikkö",
    "Kehityspäällikkö",
    "Yrittäjä",
)
TITLES_SV = (
    "Verkställande direktör",
    "Produktionschef",
    "Ekonomichef",
    "Försäljningschef",
    "Företagare",
)

# TOL 2008 code, words of a firm's name in Finnish and Swedish, usual staff at most.
TRADES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], int]] = {
    "metal": ("25110", ("Konepaja", "Metalli", "Teräs", "Hitsaus"), ("Mekaniska", "Metall"), 90),
    "machines": (
        "28300",
        ("Metsäkone", "Konetehdas"),
        ("Maskin", "Hydraulik"),
        140,
    ),
    "steel": ("25620", ("Teräsosa", "Koneistus", "Levytyö"), ("Stål", "Svets"), 110),
    "ships": (
        "30110",
        ("Telakkapalvelu", "Meritekniikka"),
        ("Varv", "Marin"),
        160,
    ),
    "boats": ("30120", ("Veistämö", "Venetehdas"), ("Båtvarv", "Båt"), 40),
    "sawmill": ("16100", ("Saha", "Puutuote", "Höyläämö"), ("Såg", "Trä"), 60),
    "plywood": ("16210", ("Vaneri", "Levytehdas"), ("Faner",), 120),
    "furniture": ("31090", ("Kaluste", "Huonekalu", "Keittiö"), ("Möbel",), 70),
    "food": ("10890", ("Herkku", "Elintarvike", "Leipomo"), ("Livsmedel", "Bageri"), 80),
    "fish": ("10200", ("Kala", "Kalajaloste"), ("Fisk", "Strömming"), 25),
    "green": ("01130", ("Puutarha", "Vihannes"), ("Växthus", "Grönsaker", "Tomat"), 35),
    "print": ("18120", ("Paino", "Pakkaus"), ("Tryckeri",), 60),
    "transport": ("49410", ("Kuljetus", "Logistiikka"), ("Transport", "Logistik"), 50),
    "tourism": ("55109", ("Loma", "Matkailu", "Elämys"), ("Turism", "Stugor"), 30),
    "programme": ("79900", ("Safari", "Ohjelmapalvelu"), ("Äventyr",), 15),
    "software": ("62010", ("Ohjelmisto", "Data", "Digi"), ("Data", "Digital"), 25),
    "building": ("41200", ("Rakennus", "Elementti"), ("Bygg", "Element"), 70),
    "electric": ("43210", ("Sähkö", "Automaatio"), ("El", "Automation"), 40),
    "energy": ("35110", ("Energia", "Lämpö"), ("Energi", "Vind"), 20),
    "care": ("88102", ("Hoiva", "Koti"), ("Omsorg",), 45),
    "advice": ("70220", ("Neuvonta", "Suunnittelu"), ("Konsult", "Planering"), 10),
    "recycling": ("38320", ("Kierrätys", "Uusioaine"), ("Återvinning",), 30),
}

# What each of the ten towns lives on; the first ones are commoner.
TOWN_TRADES: dict[str, tuple[str, ...]] = {
    "140": ("machines", "metal", "food", "sawmill", "transport", "software", "building"),
    "740": ("tourism", "plywood", "machines", "software", "care", "boats", "electric"),
    "678": ("steel", "metal", "machines", "transport", "recycling", "electric", "energy"),
    "287": ("green", "fish", "food", "energy", "building", "metal", "transport"),
    "111": ("plywood", "transport", "metal", "furniture", "tourism", "recycling", "building"),
    "232": ("food", "furniture", "metal", "sawmill", "building", "transport", "green"),
    "249": ("sawmill", "print", "metal", "furniture", "tourism", "electric", "advice"),
    "684": ("ships", "metal", "electric", "transport", "software", "boats", "building"),
    "832": ("sawmill", "tourism", "metal", "building", "energy", "transport", "care"),
    "305": ("tourism", "programme", "sawmill", "building", "food", "software", "transport"),
}

COLLEAGUES: dict[str, tuple[tuple[str, str], ...]] = {
    "140": (("Kalle Ryynänen", "advisor"), ("Maija Tirkkonen", "town_admin")),
    "740": (("Teemu Auvinen", "advisor"), ("Irma Kosonen", "town_admin")),
    "678": (("Jussi Ylitalo", "advisor"), ("Marketta Saukko", "town_admin")),
    "287": (
        ("Bertil Nygård", "advisor"),
        ("Gunilla Rosengård", "advisor"),
        ("Kenneth Sandås", "town_admin"),
    ),
    "111": (("Sanna Vuorela", "advisor"), ("Esa Lampinen", "town_admin")),
    "232": (("Markku Yli-Harju", "advisor"), ("Taina Rinta", "town_admin")),
    "249": (("Henna Moilanen", "advisor"), ("Raimo Petäjä", "town_admin")),
    "684": (
        ("Aino Virtanen", "advisor"),
        ("Jari Niemi", "advisor"),
        ("Daavid Koski", "town_admin"),
        ("Vilma Salmi", "viewer"),
    ),
    "832": (("Seija Jurmu", "advisor"), ("Arto Manninen", "town_admin")),
    "305": (("Niko Säkkinen", "advisor"), ("Pirjo Määttä", "town_admin")),
}
