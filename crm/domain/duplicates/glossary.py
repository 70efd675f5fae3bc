"""One word for the same thing in the languages of the north, so that names meet over languages.

Keys are what the words become; all are folded. A word that ends with one of the ENDINGS is cut
before it: "hersenstichting" is "hersen" and "foundation". Source: own knowledge of the languages.
"""

_SAME = {
    "university": (
        "yliopisto yliopiston universitet universitetet universitat universiteit universitaet "
        "universitets universitats universite universita universities uni"
    ),
    "polytechnic": (
        "ammattikorkeakoulu ammattikorkeakoulun yrkeshogskola yrkeshogskolan fachhochschule "
        "hogeschool amk berufsakademie professionshojskole professionshojskolen hojskole hogskole "
        "hogskolen"
    ),
    "highschool": "hogskola hogskolan hochschule hochschulen korkeakoulu korkeakoulun",
    "techuniversity": "tut tuni_",
    "institute": (
        "instituutti instituutin institut institutet instituut institutt institutter instituttet "
        "instituto instituten"
    ),
    "research": (
        "tutkimus tutkimuksen tutkimusta forskning forsknings forskningens forschung forschungs "
        "onderzoek tutkimus recherche recherches forskingssenter forsking investigation forskar"
    ),
    "center": (
        "centre keskus keskuksen zentrum centrum senter centret senteret centralen center centra "
        "centro zentrums zentren"
    ),
    "foundation": (
        "saatio saation stiftelse stiftelsen stiftung stichting fond fonden fonds fund fondet "
        "fondation saatiot stiftelser funds"
    ),
    "association": (
        "yhdistys yhdistyksen forening foreningen foreningar verein vereinigung vereniging liitto "
        "liiton forbund forbundet forbund verband bond union federation foderation foreniging "
        "forbundets verbund league"
    ),
    "society": (
        "seura seuran sallskap sallskapet samfund samfundet gesellschaft genootschap selskab "
        "selskabet selskap selskapet societe samfunnet samfunn societas maatschappij"
    ),
    "hospital": (
        "sairaala sairaalan sjukhus sjukhuset krankenhaus ziekenhuis klinikum klinik clinic "
        "sykehus sykehuset hospitalet keskussairaala klinikken kliniken sjukhusets clinics "
        "klinikka hospitals"
    ),
    "museum": "museo museon museet museene museer museums musee",
    "library": "kirjasto kirjaston bibliotek biblioteket bibliothek bibliotheek bibliotheque",
    "academy": "akatemia akatemian akademi akademin akademie academie akademia akademiet",
    "college": "opisto opiston opistot kollegium folkhogskola kansanopisto",
    "school": (
        "koulu koulun skola skolan schule skole skolen school schools lukio lyceum gymnasium "
        "gymnasiet gymnasium"
    ),
    "agency": (
        "virasto viraston verket myndighet myndigheten amt agentur direktorat direktoratet "
        "styrelse styrelsen byra agentschap styrelsens"
    ),
    "ministry": (
        "ministerio ministerion ministeriet ministerium ministerie departementet departement"
    ),
    "office": "toimisto toimiston kontor kontoret buro bureau",
    "laboratory": "laboratorio laboratoriet laboratorium laboratorien laboratories laboratoire",
    "bank": "pankki pankin banken banco banca banque banka bankas bankens",
    "insurance": (
        "vakuutus forsakring forsakrings forsikring forsikrings versicherung versicherungen "
        "versicherungs verzekering verzekeringen assurance assurances assicurazioni seguros"
    ),
    "savings": "saasto sparbank sparbanken sparkasse sparekasse saastopankki",
    "church": "kirkko kirkon kyrka kyrkan kirche kerk kirke kirken",
    "municipality": "kunta kunnan kommun kommunen kommune gemeente gemeinde kommuner",
    "city": "kaupunki kaupungin stad staden stadt by byen",
    "county": (
        "maakunta lan landkreis kreis provincie province provinz landsting region fylke "
        "fylkeskommune"
    ),
    "cooperative": "osuuskauppa andelshandel andelslag handelslag",
    "science": (
        "tiede tieteen tieteiden vetenskap vetenskaps vetenskaper wissenschaft wissenschaften "
        "wissenschafts wetenschap wetenschappen sciences videnskab videnskabernes vitenskap "
        "vitenskaps sciences wissenschaftliche vetenskapliga tieteellinen scientific "
        "videnskaberne vetenskapernas"
    ),
    "technology": (
        "teknologia teknologian teknologi technologie technologies tekniikka tekniikan teknik "
        "technik techniek teknisk tekniska tekninen teknillinen technische technisches technical "
        "technique technologische technological teknologisk"
    ),
    "applied": "soveltava soveltavan tillampad angewandte angewandten toegepaste anvendt",
    "medicine": (
        "laaketiede laaketieteen laaketieteellinen medicin medicinska medizin medizinische "
        "medizinischen medisch medical medizinisches medicinsk medisin medisinsk medicinal "
        "geneeskunde"
    ),
    "health": (
        "terveys terveyden halsa halso gesundheit gesundheits gezondheid gezondheids helse "
        "sundhed sundheds"
    ),
    "education": (
        "koulutus koulutuksen kasvatus utbildning bildung opetus opetuksen onderwijs utdanning "
        "uddannelse pedagogik utbildnings bildungs"
    ),
    "economics": (
        "talous talouden taloustieteen ekonomi ekonomiska wirtschaft wirtschafts economie "
        "economisch okonomie okonomi economy economic wirtschaftsforschung"
    ),
    "history": (
        "historia historian historisk historiska geschichte historische historisches geschiedenis "
        "historisch historical historiallinen historie"
    ),
    "culture": "kulttuuri kulttuurin kultur kulturen cultuur cultural kulturel kulturelle",
    "art": "taide taiteen konst konsten kunst arts kunsten",
    "music": "musiikki musiikin musik muziek musikk musikhochschule",
    "nature": "luonto luonnon natur naturen natuur natural",
    "environment": (
        "ymparisto ympariston miljo miljon umwelt milieu environmental miljovarden umweltforschung"
    ),
    "energy": "energia energian energi energie",
    "water": "vesi veden vatten wasser vand vann",
    "forest": "metsa metsan skog skogs skogen wald forst forestry bos skov metsatieteen",
    "agriculture": (
        "maatalous maatalouden lantbruk lantbruks landwirtschaft landbouw landbrug landbruk "
        "agricultural"
    ),
    "fishery": "kala kalan fisk fiskeri fischerei visserij fisheries fiske",
    "food": "elintarvike ruoka mat lebensmittel voedsel fodevare livsmedel",
    "animal": "elain elainten elaintieteen djur tier dier dyr tiere tierarztliche veterinary",
    "defence": "puolustus forsvar forsvars verteidigung defensie defense forsvarets maanpuolustus",
    "police": "poliisi polis polizei politie politi polisen poliisin",
    "law": "oikeus oikeuden ratt rett recht legal rechts rechtswissenschaft",
    "work": "tyo tyon arbete arbets arbeit arbeits arbeid arbejde labor labour",
    "social": "sosiaali sosiaalinen sociala soziale sozial sosial sociale",
    "children": "lapset lasten lapsi barn kinder kinderen child barnens kindern",
    "youth": "nuoriso nuorten ungdom jugend jeugd ungdoms",
    "women": "naiset naisten kvinnor frauen vrouwen kvinder kvinne",
    "cancer": "syopa syovan krebs kanker kreft kraft krebsforschung syopajarjestot",
    "heart": "sydan sydamen hjart hjarta herz hart hjerte",
    "brain": "aivo aivojen hjarn hjarna hirn hersen hjerne",
    "physics": "fysiikka fysiikan fysik physik natuurkunde fysikk",
    "chemistry": "kemia kemian kemi chemie chemistry chemical kjemi",
    "biology": "biologia biologian biologi biologie biological biologische",
    "geology": (
        "geologia geologian geologi geologie geological geologiska geologische geologian "
        "geologiske geologisk"
    ),
    "mathematics": (
        "matematiikka matematik mathematik wiskunde matematikk mathematical mathematische"
    ),
    "information": "tieto informaatio informations informatie informasjon",
    "computer": "tietokone dator datavetenskap informatik informatica datateknik",
    "development": (
        "kehitys kehittamis kehittamiskeskus utveckling utvecklings entwicklung ontwikkeling "
        "udvikling utvikling"
    ),
    "protection": "suojelu suojelun skydd schutz bescherming vern beskyttelse",
    "policy": "politiikka politik beleid politikk",
    "international": (
        "kansainvalinen kansainvalisen kansainvalisten internationell internationella "
        "internationale internationales internationaal internasjonal internationalt "
        "internationaler"
    ),
    "national": (
        "kansallinen kansallis nationell nationella nationale nationaal nasjonal nasjonale "
        "nationalt nationales valtion kansallisen"
    ),
    "state": "statens staats staatliche rijks landes statlig statliga land",
    "royal": "kuninkaallinen kungliga konigliche koninklijke koninklijk kongelige kgl kungl",
    "general": "yleinen allman allmanna allgemeine algemene algemeen",
    "federal": "bundes bundesamt bundesanstalt bundesinstitut",
    "european": (
        "eurooppa euroopan eurooppalainen europeiska europaische europaisches europees europese "
        "europeisk europaischen europa europe"
    ),
    "nordic": "pohjoismainen pohjoismaiden nordisk nordiska nordiske nordische",
    "finland": (
        "suomen suomi finnish finska finlands finnische finnisch suomalainen suomalaisen "
        "suomalaisten finsk finnischen fi"
    ),
    "sweden": "ruotsin ruotsi swedish svenska sveriges sverige svensk schwedische",
    "norway": "norjan norja norwegian norsk norske norges norge norwegische norske",
    "denmark": "tanskan tanska danish dansk danske danmarks danmark danische",
    "germany": (
        "saksan saksa german tyska deutsche deutschen deutscher deutsches deutschland tysk duits "
        "deutschlands duitse"
    ),
    "netherlands": (
        "dutch nederlandse nederland nederlands alankomaat holland niederlande niederlandische"
    ),
    "estonia": "viro viron eesti estonian estnisk estland",
    "france": "ranska ranskan frankrike frankreich frankrijk french francaise francais",
    "spain": "espanja espana espanola spanien spanje spanish",
    "italy": "italia italien italie italian italiana",
    "poland": "puola puolan polska polski polen polish",
    "austria": "itavalta osterreich osterreichische osterrike oostenrijk austrian",
    "switzerland": "sveitsi schweiz schweizerische suisse svizzera zwitserland swiss",
    "belgium": "belgia belgien belgie belgique belgian",
    "russia": "venaja venajan ryssland russland rusland russian",
    "britain": "uk storbritannien england british",
    "bavaria": "bayern bayerische bayerischen bayerisches bavarian bayerischer",
    "saxony": "sachsen sachsische sachsisches saxon sachsischen",
    "berlin": "berliner",
    "hamburg": "hamburger",
    "munich": "munchen munchner muenchen",
    "cologne": "koln kolner koeln",
    "copenhagen": "kobenhavn kobenhavns kopenhagen",
    "gothenburg": "goteborg goteborgs",
    "helsinki": "helsingfors helsingin",
    "turku": "abo turun",
    "tampere": "tammerfors tampereen",
    "vaasa": "vasa vaasan",
    "oulu": "uleaborg oulun",
    "north": "pohjois norra nord noord nordre northern pohjoinen norr noordelijke",
    "south": "etela sodra sud zuid sor sondre southern syd",
    "east": "ita ostra ost oost ostre eastern itaisen",
    "west": "lansi vastra westen vest vestre western",
    "central": "keski centrala zentral centraal mellersta sentral",
    "study": "studies studium studier studien opintojen",
    "student": "opiskelija studenter studenten ylioppilas studentkar ylioppilaskunta students",
    "teacher": "opettaja opettajien larare lehrer leraren larere teachers opettajain",
    "doctor": "laakari laakarien lakare arzte arzt lakar leger laakariliitto",
    "nurse": "sairaanhoitaja sjukskoterska sykepleier pflege verpleging",
    "company": "yhtio bolag bolaget unternehmen bedrijf selskab",
    "brothers": "veljekset broderna gebruder gebroeders bros brodrene",
    "son": "poika pojat sons soner sohn sohne zoon zonen",
    "construction": (
        "rakennus rakennusliike rakentajat bygg byggnads byggnad bau bouw rakentaminen "
        "byggnadsfirma rakennusyhtio building"
    ),
    "transport": "kuljetus kuljetukset transporter transporte spedition kuljetusyhtio",
    "electric": "sahko el elektriska elektro sahkoasennus elinstallation electrical",
    "forestry_work": "metsakone skogsmaskin",
    "machine": "kone koneet maskin maskiner machinery maschinen maskineri",
    "engineering_works": "konepaja verkstad verkstads mekaniska pajatyo",
    "accounting": (
        "tilitoimisto bokforingsbyra redovisning redovisningsbyra kirjanpito bokforing "
        "laskentatoimi"
    ),
    "engineers": "insinooritoimisto ingenjorsbyra ingenieurburo ingeniorfirma",
    "architects": (
        "arkkitehtitoimisto arkitektbyra arkkitehdit arkitekter architekten arkkitehti arkitekt"
    ),
    "lawyers": "asianajotoimisto advokatbyra lakiasiaintoimisto juridiska lakitoimisto",
    "service": (
        "palvelu palvelut palvelun tjanst tjanster service services dienst dienste palvelukeskus"
    ),
    "property": (
        "kiinteisto kiinteistot fastighet fastigheter fastighets immobilien properties vastgoed"
    ),
    "shop": "kauppa butik butiken handel liike winkel laden affar",
    "bakery": "leipomo bageri backerei bakkerij",
    "restaurant": "ravintola restaurang restaurant gaststatte",
    "pharmacy": "apteekki apotek apotheke apotheek",
    "farm": "maatila lantgard gard tila bauernhof",
    "garden": "puutarha tradgard garten handelstradgard",
    "fish": "kalatuote kalastus",
    "wood": "puu tra holz hout trae puutuote",
    "metal": "metalli metall metaal",
    "steel": "teras stal stahl staal",
    "plastic": "muovi plast kunststoff",
    "glass": "lasi glas",
    "paper": "paperi papper papier",
    "car": "auto bil bilar autot autoliike",
    "taxi": "taksi",
    "cleaning": "siivous stadning reinigung siivouspalvelu stadservice",
    "painting": "maalaus malning malerei maalaamo",
    "plumbing": "putki ror lvi vvs sanitar putkiasennus rorinstallation",
    "hair": "kampaamo parturi frisor friseur damfrisering hiussalonki",
    "massage": "hieronta massage",
    "travel": "matka matkat resor resebyra reisen reis matkatoimisto matkailu turism tourism",
    "hotel": "hotelli hotellet",
    "group": "konserni koncern konzern yhtyma gruppe ryhma groep gruppen",
    "sales": "myynti forsaljning verkauf verkoop",
    "trading": "trade kaupankaynti handels",
}

CONCEPTS = {
    word: concept for concept, words in _SAME.items() for word in words.split() if word != concept
}

ENDINGS = tuple(
    sorted(
        (
            "stiftelsen stiftelse stiftung stichting foreningen forening forbundet forbund verband "
            "gesellschaft selskabet selskab selskapet sallskapet sallskap samfundet vereniging "
            "verein "
            "institutet institut instituut instituttet institutt museet museum museo bibliotek "
            "biblioteket bibliothek bibliotheek akademie akademin akademi akademiet universitet "
            "universitetet universitat universiteit hogskolan hogskola hogskolen hochschule "
            "hogeschool forschung forskning onderzoek tutkimus tutkimuskeskus keskus zentrum "
            "centrum "
            "centret senteret senter sairaala sjukhuset sjukhus krankenhaus ziekenhuis sykehus "
            "klinikum klinik hospital saatio yhdistys liitto seura opisto koulu skolan skole "
            "schule "
            "yliopisto toimisto virasto verket direktoratet ministerio ministeriet ministerium "
            "laboratorium laboratorio wissenschaften wissenschaft vetenskap technologie technik "
            "fonden fonds kommune kommunen"
        ).split(),
        key=len,
        reverse=True,
    )
)
