"""First names common in Finland, folded: two different ones beside one surname are two people.

Source: own list of common Finnish and Finland-Swedish first names.
"""

FIRST_NAMES = frozenset(
    "juhani johannes mikael matti kalevi antero tapani olavi tapio ilmari matias petteri antti "
    "timo "
    "pekka jari mika jukka markku heikki mikko juha kari hannu ari pentti esa seppo marko erkki "
    "janne sami jorma pertti risto raimo teemu ville jussi tommi jarmo petri tero jouni kimmo veli "
    "harri vesa reijo lauri eero aleksi jaakko tomi pasi toni joni jere niko kalle arto ilkka "
    "markus sakari martti tuomas veikko eino aarne paavo toivo onni oskari eetu elias oliver leo "
    "henri juho otto arttu joona jesse samuel roope valtteri anssi ismo jyrki keijo leif lars karl "
    "jan hans bengt bjorn kaj stig sven ole rolf ralf mats nils per erik anders henrik magnus "
    "thomas peter johan fredrik stefan christer kristian mathias robert daniel patrik tom tor "
    "maria helena anneli johanna kaarina marjatta hannele liisa kristiina emilia sofia tuulikki "
    "anna annika elina katariina maarit riitta pirjo ritva paivi tuula minna marja leena sari "
    "merja "
    "anne tiina kirsi heidi outi satu jaana mari sanna katja susanna laura eeva pia hanna ulla "
    "raija irma arja eija sirpa anja terttu aino helmi kerttu venla emma ella ida iida sara saara "
    "noora jenni jenna niina nina mervi marika teija taina seija kaija maija aila aira airi "
    "carina camilla gunilla ann christina eva birgitta margareta inger ingrid monica ulrika "
    "elisabet linnea viivi siiri elli lotta kati virpi mirja mirva suvi terhi tarja tanja".split()
)
