"""The towns of Finland in both languages, and the genitive that stands in names of firms.

Source: Statistics Finland, municipalities 2026; Posti, postal codes (both in crm/data), folded.
"""

TOWNS = frozenset(
    (
        "aanekoski ahtari akaa alajarvi alavieska alavus asikkala askola aura brando eckero "
        "enonkoski enontekio espoo eura eurajoki evijarvi finstrom foglo forssa geta haapajarvi "
        "haapavesi hailuoto halsua hameenkyro hameenlinna hamina hammarland hankasalmi hanko "
        "harjavalta hartola hattula hausjarvi heinavesi heinola helsinki hirvensalmi hollola "
        "huittinen humppila hyrynsalmi hyvinkaa ii iisalmi iitti ikaalinen ilmajoki ilomantsi "
        "imatra inari inkoo isojoki isokyro jamijarvi jamsa janakkala jarvenpaa joensuu jokioinen "
        "jomala joroinen joutsa juuka juupajoki juva jyvaskyla kaarina kaavi kajaani kalajoki "
        "kangasala kangasniemi kankaanpaa kannonkoski kannus karijoki karkkila karkola karsamaki "
        "karstula karvia kaskinen kauhajoki kauhava kauniainen kaustinen keitele kemi kemijarvi "
        "keminmaa kemionsaari kempele kerava keuruu kihnio kinnula kirkkonummi kitee kittila "
        "kiuruvesi kivijarvi kokar kokemaki kokkola kolari konnevesi kontiolahti korsnas kotka "
        "kouvola kristiinankaupunki kruunupyy kuhmo kuhmoinen kumlinge kuopio kuortane kurikka "
        "kustavi kuusamo kyyjarvi lahti laihia laitila lapinjarvi lapinlahti lappajarvi "
        "lappeenranta lapua laukaa lemi lemland lempaala leppavirta lestijarvi lieksa lieto "
        "liminka "
        "liperi lohja loimaa loppi loviisa luhanka lumijoki lumparland luoto luumaki maalahti "
        "maarianhamina mantsala mantyharju marttila masku merijarvi merikarvia miehikkala mikkeli "
        "muhos multia muonio mustasaari muurame mynamaki myrskyla naantali nakkila narpio nivala "
        "nokia nousiainen nurmes nurmijarvi orimattila oripaa orivesi oulainen oulu outokumpu "
        "padasjoki paimio palkane paltamo parainen parikkala parkano pelkosenniemi pello perho "
        "petajavesi pieksamaki pielavesi pietarsaari pihtipudas pirkkala polvijarvi pomarkku pori "
        "pornainen porvoo posio poytya pudasjarvi pukkila punkalaidun puolanka puumala pyhajarvi "
        "pyhajoki pyhanta pyharanta pyhtaa raahe raakkyla raasepori raisio rantasalmi ranua rauma "
        "rautalampi rautavaara rautjarvi reisjarvi riihimaki ristijarvi rovaniemi ruokolahti "
        "ruovesi rusko saarijarvi sakyla salla salo saltvik sastamala sauvo savitaipale savonlinna "
        "savukoski seinajoki sievi siikainen siikajoki siikalatva siilinjarvi simo sipoo siuntio "
        "sodankyla soini somero sonkajarvi sotkamo sottunga sulkava sund suomussalmi suonenjoki "
        "sysma taipalsaari taivalkoski taivassalo tammela tampere tervo tervola teuva tohmajarvi "
        "toholampi toivakka tornio turku tuusniemi tuusula tyrnava ulvila urjala utajarvi utsjoki "
        "uurainen uusikaarlepyy uusikaupunki vaala vaasa valkeakoski vantaa vardo varkaus vehmaa "
        "vesanto vesilahti veteli vierema vihti viitasaari vimpeli virolahti virrat voyri "
        "ylitornio "
        "ylivieska ylojarvi ypaja "
    ).split()
)

# Swedish name: Finnish name.
SWEDISH = dict(
    pair.split(":")
    for pair in (
        "abborfors:ahvenkoski abo:turku ackas:akaa alavo:alavus andersbole:anttila "
        "bennas:pannainen "
        "billnas:pinjainen birkala:pirkkala bjarna:pernio bjorneborg:pori boback:luoma "
        "borga:porvoo "
        "borgnas:pornainen botom:karijoki brahestad:raahe broby:siltakyla dalsbruk:taalintehdas "
        "ekenas:tammisaari emsalo:emasalo enare:inari enontekis:enontekio esbo:espoo esse:ahtava "
        "etseri:ahtari euraaminne:eurajoki finby:sarkisalo fiskars:fiskari fredrikshamn:hamina "
        "grankulla:kauniainen grundsjo:kaunislahti gustavs:kustavi halso:halsua hammars:hamari "
        "hango:hanko hangoby:hangonkyla harpe:harkapaa heinlax:heinlahti helsingfors:helsinki "
        "hindersby:heikinkyla hindhar:hinthaara hitis:hiittinen hogfors:karkkila "
        "houtskar:houtskari "
        "hyvinge:hyvinkaa idensalmi:iisalmi ijo:ii ikalis:ikaalinen illby:ilola ilmola:ilmajoki "
        "ilomants:ilomantsi inga:inkoo ingermansby:ingermaninkyla itis:iitti jackarby:jakari "
        "jakobstad:pietarsaari jeppo:jepua jockis:jokioinen jorois:joroinen juga:juuka "
        "kajana:kajaani kalkstrand:kalkkiranta kallby:kolppi kankbole:kankkila karis:karjaa "
        "karleby:kokkola karlo:hailuoto karsby:kaarenkyla kasko:kaskinen kaustby:kaustinen "
        "kelvia:kalvia kerko:kerkkoo kervo:kerava keuru:keuruu kides:kitee kila:kiila kimito:kemio "
        "kimitoon:kemionsaari kontiolax:kontiolahti korpo:korppoo korsholm:mustasaari "
        "kristinestad:kristiinankaupunki kronoby:kruunupyy kuhmois:kuhmoinen kullo:kulloo "
        "kulloby:kulloonkyla kumo:kokemaki kungsbole:kuninkaankyla kvevlax:koivulahti "
        "kyrkslatt:kirkkonummi lahtis:lahti laihela:laihia lappbole:lapinkyla lappfjard:lapvaartti "
        "lappo:lapua lapptrask:lapinjarvi lappvik:lappohja larsmo:luoto laukas:laukaa "
        "letala:laitila libelits:liperi lillkyro:vahakyro limingo:liminka lochtea:lohtaja "
        "lojo:lohja lovisa:loviisa lundo:lieto malax:maalahti mariehamn:maarianhamina "
        "martensby:martinkyla masaby:masala maxmo:maksamaa merikart:merikaarto mjolbolsta:meltola "
        "morskom:myrskyla nadendal:naantali nagu:nauvo narpes:narpio nedervetil:alaveteli "
        "nousis:nousiainen nykarleby:uusikaarlepyy nyslott:savonlinna nystad:uusikaupunki "
        "obbnas:upinniemi oitbacka:oitmaki omossa:metsala oravais:oravainen ostermark:teuva "
        "overmark:ylimarkku overtornea:ylitornio paipis:paippinen pamark:pomarkku pargas:parainen "
        "parnas:parnainen patis:paattinen pellinge:pellinki pemar:paimio perna:pernaja "
        "petalax:petolahti pettersbacka:petterinmaki pickala:pikkala pockar:pukaro porlom:porlammi "
        "portom:pirttikyla pyttis:pyhtaa raseborg:raasepori raumo:rauma replot:raippaluoto "
        "reso:raisio riksdagen:eduskunta ruokolax:ruokolahti sagu:sauvo sannas:sannainen "
        "sastmola:merikarvia sibbo:sipoo sideby:siipyy siikais:siikainen sjundea:siuntio "
        "skuru:pohjankuru socklot:sokaluoto solberg:paivola solf:sulva stora:isojoki "
        "storkyro:isokyro storpellinge:suurpellinki stromfors:ruotsinpyhtaa svarta:mustio "
        "svartback:purola svenskby:ruotsinkyla takter:tahtela tallmo:talma tammerfors:tampere "
        "tavastehus:hameenlinna tavastkyro:hameenkyro tenala:tenhola terjarv:teerijarvi "
        "tessjo:tesjoki tjock:tiukka tolkis:tolkkinen tornea:tornio tovsala:taivassalo "
        "traskanda:jarvenpaa tusby:tuusula uleaborg:oulu ulvsby:ulvila valax:voolahti valkom:valko "
        "vanda:vantaa vasa:vaasa vederlax:virolahti veikars:veikkaala vemo:vehmaa vetil:veteli "
        "vichtis:vihti villmanstrand:lappeenranta vindala:vimpeli virdois:virrat virmo:mynamaki "
        "vittis:huittinen vora:voyri "
    ).split()
)

# Endings that change in the genitive; any other town adds n.
_GENITIVES = (
    "joki:joen koski:kosken salmi:salmen niemi:niemen lahti:lahden jarvi:jarven maki:maen "
    "ranta:rannan kaupunki:kaupungin lampi:lammen vesi:veden saari:saaren harju:harjun "
    "helsinki:helsingin turku:turun tampere:tampereen pori:porin porvoo:porvoon linna:linnan "
    "hanko:hangon lohja:lohjan inkoo:inkoon kemi:kemin kangas:kankaan varkaus:varkauden "
    "kannus:kannuksen alavus:alavuden virrat:virtain oulainen:oulaisten "
    "nousiainen:nousiaisten kauniainen:kauniaisten parainen:paraisten ikaalinen:ikaalisten "
    "huittinen:huittisten kaustinen:kaustisen kaskinen:kaskisten siikainen:siikaisten "
    "suonenjoki:suonenjoen seinajoki:seinajoen kurikka:kurikan outokumpu:outokummun vihti:vihdin "
    "mikkeli:mikkelin lappeenranta:lappeenrannan laihia:laihian lapua:lapuan kauhava:kauhavan"
)


def genitive(town: str) -> str:
    """The folded genitive of a folded town: Kuopio, Kuopion; Iisalmi, Iisalmen."""
    for pair in _GENITIVES.split():
        ending, changed = pair.split(":")
        if town.endswith(ending):
            return town.removesuffix(ending) + changed
    return town + "n"


# Every way a town stands in a name of a firm: the Finnish name it becomes.
TOWN_FORMS = {
    **{genitive(town): town for town in sorted(TOWNS)},
    **SWEDISH,
    **{f"{swedish}s": town for swedish, town in SWEDISH.items()},
    **{town: town for town in sorted(TOWNS)},
}
