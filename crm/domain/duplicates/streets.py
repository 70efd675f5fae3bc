"""Words of street addresses. All folded. Source: own knowledge of Finnish and Swedish streets."""

DIRECTIONS = frozenset("n s e w north south east west no so ne nw se sw".split())
STREET_TYPES = frozenset(
    "street st ave avenue av blvd boulevard rd road dr drive ln lane pl place ct court hwy highway "
    "pkwy parkway ter terrace sq square way c o os as lh lt rappu krs".split()
)
BOX = "box"
BOXES = frozenset("pl pb box postilokero lokero postbox postfach".split())

FINNISH, SWEDISH, A_BOX = 1, 2, 3
_KINDS = {
    "K": ("katu kt k", "gatan gata g strasse straat gade"),
    "T": ("tie t", "vagen vag v weg vej vei"),
    "J": ("kuja kj", "granden grand gr"),
    "P": ("polku p", "stigen stig"),
    "R": ("raitti", "straket"),
    "A": ("aukio tori", "torget platsen plats"),
}
# Ending of a word, the kind of street it says and the language, the longest first.
STREET_ENDINGS = sorted(
    (
        (ending, kind, language)
        for kind, both in _KINDS.items()
        for language, endings in enumerate(both, FINNISH)
        for ending in endings.split()
    ),
    key=lambda row: (-len(row[0]), row[0]),
)

# Swedish stem: Finnish stem, as streets of towns with two languages are translated.
STREET_STEMS = dict(
    pair.split(":")
    for pair in (
        "storgatan:iso stor:iso strand:ranta kyrko:kirkko skol:koulu stations:asema jarnvags:rauta "
        "handels:kauppa kop:kauppa kopmans:kauppa industri:teollisuus fabriks:tehdas hamn:satama "
        "torg:tori park:puisto tradgards:puutarha skogs:metsa bjork:koivu gran:kuusi tall:manty "
        "furu:manty ek:tammi alm:jalava lind:lehmus asp:haapa al:leppa ronn:pihlaja angs:niitty "
        "aker:pelto akers:pelto backe:maki back:maki bergs:vuori berg:vuori klipp:kallio "
        "sand:hiekka "
        "ler:savi sjo:jarvi traske:jarvi a:joki alv:joki brunns:kaivo bro:silta kvarn:mylly "
        "smeds:seppa smed:seppa skomakar:suutari skraddar:raatali fiskar:kalastaja "
        "bonde:talonpoika foretagar:yrittaja foretags:yritys arbetar:tyomies "
        "hantverkar:kasityolainen "
        "mekaniker:mekaanikko verkstads:paja lager:varasto post:posti rad:raati radhus:raatihuone "
        "kansli:kanslia garveri:nahkuri saga:saha sag:saha soder:etela soderga:etela norr:pohjois "
        "norra:pohjois oster:ita ostra:ita vaster:lansi vastra:lansi sodra:etela centrum:keskus "
        "mellan:vali lang:pitka kort:lyhyt ny:uusi nya:uusi gamla:vanha gammel:vanha by:kyla "
        "byavagen:kyla kyrkby:kirkonkyla lycke:onni sol:aurinko man:kuu stjarn:tahti blom:kukka "
        "ros:ruusu bar:marja apple:omena slotts:linna borg:linna kungs:kuningas "
        "drottning:kuningatar "
        "sjuk:sairas hospitals:sairaala idrotts:urheilu sport:urheilu simhalls:uimahalli "
        "vatten:vesi "
        "energi:energia teknik:tekniikka data:tieto flyg:lento flygfalts:lentokentta bil:auto "
        "mejeri:meijeri bageri:leipomo slakteri:teurastamo tegel:tiili kalk:kalkki sten:kivi "
        "jarn:rauta "
        "koppar:kupari silver:hopea guld:kulta glas:lasi pappers:paperi tra:puu timmer:tukki "
        "flott:tukki "
        "bat:vene bats:vene skepps:laiva lots:luotsi sjomans:merimies fyr:majakka vind:tuuli "
        "vinter:talvi "
        "sommar:kesa host:syksy var:kevat morgon:aamu kvalls:ilta"
    ).split()
)
