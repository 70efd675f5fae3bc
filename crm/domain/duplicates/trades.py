"""Trades of Finnish firms in Finnish and Swedish, so that "Rengas" meets "Däck".

Source: own knowledge of both languages. Folded; a word stands for the Finnish one.
"""

_PAIRS = (
    "rengas:dack,dackservice kaluste:mobler,mobel huonekalu:mobelaffar "
    "kauneushoitola:skonhetssalong kauneus:skonhet automaalaamo:billackering maalaamo:maleri "
    "hammaslaakari:tandlakare,tandlakar hammashoito:tandvard kirjapaino:tryckeri,boktryckeri "
    "painotalo:tryckhus telakka:varv veistamo:batvarv ompelimo:syatelje,sommeri "
    "kelloseppa:urmakare kultaseppa:guldsmed hinaus:bogsering hinauspalvelu:bogseringstjanst "
    "kierratys:atervinning betoni:betong hitsaus:svetsning,svets koneistus:maskinbearbetning,bearbetning "
    "laatoitus:kakel,plattsattning,plattsattare katto:tak kattotyo:takarbete valokuvaamo:fotoatelje,fotograf,foto "
    "paivakoti:daghem rautakauppa:jarnhandel,jarnaffar kirjakauppa:bokhandel "
    "kukkakauppa:blomsterhandel,blomsteraffar ruokakauppa:livsmedelsaffar kyläkauppa:bybutik "
    "vaatetus:kladsel,konfektion kenka:sko suutari:skomakare raatali:skraddare "
    "eläinlaakari:veterinar elainlaakari:veterinar laakari:lakare laakariasema:lakarstation "
    "optikko:optiker hoivakoti:vardhem hoitokoti:vardhem hoiva:vard kotipalvelu:hemservice,hemtjanst "
    "fysioterapia:fysioterapi hieroja:massor kampaamo:frisor,frisorsalong,harsalong parturi:barberare "
    "saha:sag,sagverk puusepanverstas:snickeri puuseppa:snickare puutyo:snickeri,traarbete "
    "ikkuna:fonster ovi:dorr lattia:golv muuraus:murning muurari:murare eristys:isolering "
    "maanrakennus:jordbyggnad,markbyggnad maansiirto:schaktning,jordschaktning kaivinkone:gravmaskin "
    "kaivuu:gravning louhinta:sprangning,brytning murskaus:krossning sora:grus hiekka:sand kivi:sten "
    "nosto:lyft nostopalvelu:lyfttjanst,lyftservice nosturi:kran kuorma:last rahti:frakt "
    "linja:linje linjaliikenne:linjetrafik bussi:buss liikenne:trafik taksi:taxi muutto:flytt "
    "varasto:lager logistiikka:logistik huolinta:spedition pakkaus:forpackning vuokraus:uthyrning,uthyrnings,hyr "
    "vuokraamo:uthyrning konevuokraamo:maskinuthyrning koneurakointi:maskinentreprenad urakointi:entreprenad "
    "urakoitsija:entreprenor kunnossapito:underhall huolto:service,underhall asennus:installation,montering,installationer "
    "korjaus:reparation,reparationer korjaamo:reparationsverkstad,verkstad autokorjaamo:bilverkstad,bilreparation "
    "autohuolto:bilservice autokauppa:bilhandel,bilaffar varaosa:reservdel,reservdelar "
    "polttoaine:bransle lampo:varme lampopumppu:varmepump ilmastointi:ventilation ilmanvaihto:ventilation "
    "kylma:kyl jaahdytys:kylning automaatio:automation hydrauliikka:hydraulik pneumatiikka:pneumatik "
    "sahkoasennus:elinstallation,elinstallationer,elmontage sahkotyo:elarbete valaisin:belysning valaistus:belysning "
    "elektroniikka:elektronik ohjelmisto:programvara,mjukvara,software ohjelmistot:programvaror tietotekniikka:datateknik,it "
    "tieto:data tietopalvelu:datatjanst viestinta:kommunikation mainos:reklam mainostoimisto:reklambyra "
    "markkinointi:marknadsforing suunnittelu:planering,design suunnittelutoimisto:planeringsbyra "
    "insinooritoimisto:ingenjorsbyra rakennuttaja:byggherre rakennuspalvelu:byggservice,byggtjanst rakennusliike:byggfirma,byggnadsfirma "
    "rakentaja:byggare talotehdas:husfabrik hirsi:timmer hirsitalo:timmerhus kiinteistohuolto:fastighetsskotsel,fastighetsservice "
    "kiinteistonvalitys:fastighetsformedling isannointi:disponent,disponentbyra isannointitoimisto:disponentbyra "
    "vakuutus:forsakring sijoitus:placering,invest rahoitus:finansiering,finans neuvonta:radgivning "
    "konsultointi:konsult,konsultering,consulting kaannos:oversattning kaannostoimisto:oversattningsbyra "
    "tilitoimisto:bokforingsbyra,redovisningsbyra tilintarkastus:revision asianajotoimisto:advokatbyra "
    "lakitoimisto:juristbyra henkilosto:personal henkilostopalvelu:personaltjanst,bemanning koulutus:utbildning "
    "ajokoulu:korskola,bilskola autokoulu:bilskola,korskola leirikeskus:lagergard urheilu:sport,idrott kuntosali:gym "
    "ratsastus:ridning,rid talli:stall ratsutalli:ridstall golf:golf hiihto:skid laskettelu:slalom matkailu:turism,resor "
    "loma:semester lomakyla:semesterby lomakeskus:semestercenter mokki:stuga kalastus:fiske kalatuote:fiskprodukt "
    "kalastaja:fiskare kala:fisk liha:kott lihatuote:kottprodukt teurastamo:slakteri meijeri:mejeri juusto:ost maito:mjolk "
    "leipomo:bageri konditoria:konditori kahvila:cafe,kafe ravintola:restaurang,krog pitopalvelu:catering juhlapalvelu:catering,festservice "
    "hotelli:hotell panimo:bryggeri viini:vin vihannes:gronsak,gronsaker marja:bar hunaja:honung mehilainen:bi puutarha:tradgard "
    "taimisto:plantskola taimi:planta kasvi:vaxt kasvihuone:vaxthus kukka:blom,blommor maatalous:lantbruk maatila:gard,lantgard "
    "turve:torv metsa:skog metsapalvelu:skogstjanst,skogsservice metsakone:skogsmaskin metsakoneurakointi:skogsmaskinentreprenad "
    "puunkorjuu:avverkning,drivning puutavara:travaror,virke polttopuu:ved sahatavara:sagvaror turkis:pals turkistarha:palsfarm "
    "minkki:mink tuuli:vind tuulivoima:vindkraft tuulipuisto:vindpark aurinko:sol vesi:vatten vesihuolto:vattentjanst "
    "viemari:avlopp jate:avfall jatehuolto:avfallshantering siivous:stad,stadning siivouspalvelu:stadservice,stadtjanst "
    "pesula:tvatt,tvatteri hautaus:begravning hautaustoimisto:begravningsbyra,begravningstjanst vartiointi:bevakning "
    "turvallisuus:sakerhet turva:trygg lukko:las lukkoliike:laservice rauta:jarn teras:stal pelti:plat peltityo:platarbete,plat "
    "ohutlevy:tunnplat konepaja:mekaniska,mekaniskaverkstad,verkstad sorvaus:svarvning valimo:gjuteri muovi:plast kumi:gummi "
    "lasi:glas lasitus:inglasning peili:spegel tekstiili:textil kutomo:vaveri nahka:lader lahja:gava lelu:leksak kirja:bok lehti:tidning "
    "sanomalehti:tidning kustannus:forlag tuotanto:produktion teollisuus:industri tehdas:fabrik yhtyma:koncern omistus:agar "
    "veljekset:broderna,brodernas sisarukset:systrarna pojat:soner,sonerna perikunta:dodsbo vene:bat veneveistamo:batvarv "
    "satama:hamn laiva:fartyg,skepp meri:hav,sjo saaristo:skargard kauppa:handel,butik,affar,handels tukku:parti,partihandel "
    "tukkukauppa:partihandel tuonti:import vienti:export agentuuri:agentur palvelu:tjanst,service palvelut:tjanster,services "
    "toimisto:byra,kontor liike:firma,rorelse paja:smedja seppa:smed romu:skrot purku:rivning nuohous:sotning nuohooja:sotare "
    "kattila:panna putki:ror putkityo:rorarbete,rorarbeten putkiasennus:rorinstallation putkiliike:rorfirma mittaus:matning "
    "laboratorio:laboratorium teatteri:teater musiikki:musik soitin:instrument elokuva:film taide:konst galleria:galleri "
    "apteekki:apotek terveys:halsa luontaistuote:halsokost lapsi:barn leikki:lek koti:hem sisustus:inredning verho:gardin matto:matta "
    "keittio:kok kylpyhuone:badrum sauna:bastu uima:sim allas:pool piha:gard pihatyo:gardsarbete viher:gron viherrakennus:gronanlaggning"
)

TRADES = {
    swedish: finnish
    for pair in _PAIRS.split()
    for finnish, _, words in [pair.partition(":")]
    for swedish in words.split(",")
}

# Second halves of compounds, cut off so that "Kiint. huolto" meets "Kiinteistöhuolto".
HEADS = (
    "huolto asennus palvelu palvelut liike toimisto korjaamo kauppa urakointi tekniikka rakennus "
    "kuljetus siivous hoitola salonki vuokraamo konsultointi suunnittelu tuote tuotteet teollisuus "
    "rakentaja rakennuttaja hoito koulu tarvike service byra verkstad handel firma tjanst affar "
    "installation entreprenad produkter transport".split()
)
