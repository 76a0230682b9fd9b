# Het bureau van de datasteward.
queue-heading = Wachtrij
queue-intro = Vragen over twee partijgegevens die misschien van één persoon zijn, of die elkaar tegenspreken. De vraag met de eerste zitting staat bovenaan.
queue-caption = Vragen op volgorde van zitting
queue-empty = Er staat hier geen vraag.
queue-question = Vraag
queue-why = Waarom
queue-courts = Zaken
queue-hearing = Eerste zitting
queue-waiting = Wacht
queue-age =
    { $days ->
        [0] sinds vandaag
        [one] 1 dag
       *[other] { $days } dagen
    }
queue-first = Eerste pagina
queue-next = Volgende pagina
filter-status = Stand
filter-kind = Soort vraag
day-distance =
    { $days ->
        [0] vandaag
        [one] over 1 dag
       *[other] over { $days } dagen
    }
hearing-none = geen zitting gepland
kind-all = Alle soorten
kind-possible = Zelfde persoon?
kind-conflict = Tegenspraak
kind-doubted = Betwijfeld
why-doubted = Deze gegevens gelden als één persoon; een rechter, of een steward die opnieuw keek, denkt dat dit verband niet klopt.
rule-bsn-contradicted = Hetzelfde burgerservicenummer, maar geboortedatum of namen spreken elkaar tegen.
rule-bsn-alone = Hetzelfde burgerservicenummer, maar te weinig andere gegevens om zeker te zijn.
rule-name-birth = Dezelfde namen en geboortedatum, zonder burgerservicenummer om het te bevestigen.
rule-chain-contradicted = Een keten van overeenkomsten leidt tot een tegenspraak.
rule-number-contradicted = Hetzelfde burgerservicenummer, maar geboortedatum of namen spreken elkaar tegen.
rule-number-slip = Twee burgerservicenummers die één verschrijving schelen, en verder dezelfde persoon.
rule-number-twice-in-case = Hetzelfde burgerservicenummer bij twee partijen van één zaak.
rule-numbers-differ = Verschillende burgerservicenummers, maar dezelfde namen en geboortedatum.
rule-rulings-contradict = Eerdere beslissingen over deze gegevens spreken elkaar tegen.
rule-twins = Op één dag geboren met één achternaam: een tweeling, of één persoon met een verkeerde voornaam.
rule-namesakes = Dezelfde namen en ver uiteenliggende geboortedata: naamgenoten, of één persoon met een verkeerde datum.
rule-possible = De gegevens wijzen op één persoon, maar niet zeker genoeg.
rule-bridge = Deze gegevens passen bij twee personen die van elkaar verschillen.
rule-split = Deze gegevens horen zeker bij één persoon, maar passen slecht bij de rest.
rule-too-many = Zoveel gegevens hangen samen dat alleen de sterkste overeenkomsten zijn bekeken.
rule-ruling-overtaken = Over deze gegevens is beslist, maar ze zijn sindsdien veranderd en spreken de beslissing tegen.
rule-other = Een andere regel van het koppelen.
status-open = Open
status-ruled = Beslist
status-withdrawn = Ingetrokken
withdrawn-ruled = Ingetrokken: er is beslist.
withdrawn-evidence-changed = Ingetrokken: de gegevens zijn veranderd, er valt niets meer te vragen.
withdrawn-superseded = Ingetrokken: een andere vraag gaat over dezelfde personen.
withdrawn-joined = Ingetrokken: de gegevens zijn inmiddels zeker van één persoon.
question-heading = Twee gegevens vergelijken
question-back = Terug naar de wachtrij
question-kind = Soort vraag
question-why = Waarom
question-status = Stand
question-asked = Gevraagd op
fields-caption = Wat de gerechten over de persoon zeggen
fields-hint = Burgerservicenummers zijn afgeschermd op de laatste drie cijfers na. Ontbreekt een gegeven, dan zegt dat niets over een verschil.
column-field = Gegeven
column-about = Onderdeel
column-a = Eerste
column-b = Tweede
column-agreement = Overeenkomst
field-bsn = Burgerservicenummer
field-birth-date = Geboortedatum
field-surname = Achternaam
field-given-names = Voornamen
field-unusable-bsn = Onbruikbaar nummer
field-birth-place = Geboorteplaats
field-sex = Geslacht
sex-female = vrouw
sex-male = man
sex-other = onbepaald
level-equal = gelijk
level-compatible = verenigbaar
level-different = verschillend
level-missing = ontbreekt
level-other = onbekende maat
level-none = niet vergeleken
value-absent = niet bekend
value-erased = gewist
value-untold = nog niet ontvangen
cases-caption = De zaken
case-court = Gerecht
case-kind = Soort zaak
case-numbers = Zaaknummers
case-hearing = Eerste zitting
case-roles = Rol in de zaak
case-unregistered = zaak nog niet geregistreerd
given-heading = Eerdere beslissingen
given-same = Eén persoon
given-different = Twee personen
given-holds = geldt nu
given-by = { $at }, door { $by }
ruling-heading = Beslissen
ruling-hint = Kies een grond; u ziet eerst wat er volgt. Een beslissing wordt nooit gewijzigd; u kunt later het tegendeel beslissen.
ruling-hint-again = Er is al beslist. Beslist u nu het tegendeel, dan komt dat in de plaats van de vorige beslissing; beide blijven bewaard.
ruling-reason = Grond
ruling-choose = Kies een grond
ruling-note = Toelichting (niet verplicht)
ruling-note-hint = Wordt versleuteld bewaard, ten hoogste 2000 tekens. Noem niets over de inhoud van een strafzaak.
ruling-confirm = Eén persoon
ruling-reject = Twee personen
reason-seen-in-file = Gezien in het dossier van het gerecht
reason-source-confirmed = Bij de bron nagevraagd
reason-data-agrees = De gegevens stemmen meer overeen dan toeval verklaart
reason-data-contradicts = De gegevens kunnen niet van één persoon zijn
reason-family-members = Familieleden, zoals een tweeling of vader en zoon
reason-identifier-swapped = Een nummer staat bij de verkeerde persoon
fault-reason = Kies eerst een grond. Uw toelichting is bewaard.
fault-note = De toelichting is langer dan 2000 tekens. Maak haar korter.
fault-erased = De toelichting kan niet worden bewaard, omdat de gegevens van de eerste persoon zijn gewist. Beslis zonder toelichting.
notice-confirmed = Vastgelegd: één persoon. De koppelingen volgen vanzelf.
notice-rejected = Vastgelegd: twee personen. De koppelingen volgen vanzelf.
notice-unchanged = Deze beslissing gold al; er is niets veranderd.
changed-heading = Intussen is er iets veranderd
changed-question-open = De vraag is opnieuw gesteld, op andere gronden.
changed-question-ruled = Er is intussen over deze vraag beslist.
changed-question-withdrawn = De vraag is intussen ingetrokken.
changed-record-a = Het eerste gegeven is veranderd of gewist.
changed-record-b = Het tweede gegeven is veranderd of gewist.
changed-hint = Uw beslissing is niet vastgelegd. Hieronder staat de huidige stand; wat u had ingevuld, is bewaard.
queue-cases =
    { $cases ->
        [one] 1 zaak betrokken
       *[other] { $cases } zaken betrokken
    }
mark-mine = bij u in behandeling
mark-another = bij een ander in behandeling
mark-spoken = wacht op een ander
mark-second = vraagt een volgend oordeel
quality-heading = Kwaliteit
quality-intro = Hoe goed de beslissingen zijn over wie wie is: van alle stewards samen, nooit per persoon. Over minder dan tien wordt niets gezegd. Het werkelijke aandeel ligt negentien van de twintig keer binnen de grenzen.
quality-too-few = Er zijn nog geen tien beslissingen.
quality-ruled =
    { $count ->
        [one] Er is { $count } beslissing.
       *[other] Er zijn { $count } beslissingen.
    }
quality-median =
    { $count ->
        [one] Van vraag tot beslissing duurt het in de helft van de gevallen hoogstens { $count } minuut.
       *[other] Van vraag tot beslissing duurt het in de helft van de gevallen hoogstens { $count } minuten.
    }
quality-p90 =
    { $count ->
        [one] In negen van de tien gevallen duurt het hoogstens { $count } minuut.
       *[other] In negen van de tien gevallen duurt het hoogstens { $count } minuten.
    }
quality-shares = Overeenstemming en herziening
quality-what = Wat
quality-counted = Geteld
quality-share = Aandeel
quality-interval = Grenzen
quality-count = { $hits } van { $of }
quality-between = { $low } tot { $high }
quality-agreement = Twee die het los van elkaar bekeken waren het eens
quality-undone = Kort daarna teruggenomen
quality-overturned = Later vervangen door het tegendeel
quality-doubts = Betwijfelde koppelingen die onjuist bleken
quality-reviewed = Oordelen waarover een tweede steward, die ze niet kende, hetzelfde vond
quality-known = Oordelen van twee stewards waarover een derde, die ze niet kende, hetzelfde vond
quality-certain-heading = Wat zonder mens zeker is
quality-certain-intro = Een deel van de paren waarvan het register uit zichzelf zeker is, krijgen stewards te zien als elke andere vraag.
quality-certain = Aandeel dat volgens stewards één persoon is
quality-certain-by-number = Zeker door een nummer ({ $pairs } paren)
quality-certain-otherwise = Zeker door al het andere ({ $pairs } paren)
quality-precision = Van alle zekere paren klopt naar schatting { $share } ({ $low } tot { $high }): de antwoorden per soort, gewogen naar het aantal paren ervan.
quality-recall = Van alle paren waarvan bekend is dat ze één persoon zijn, was naar schatting { $share } zeker zonder mens ({ $low } tot { $high }): wat zeker is, voor zover het klopt, tegenover dat en wat stewards één persoon vonden. Paren waar niemand naar vroeg tellen niet mee; het is dus niet meer dan dit.
quality-rules-heading = Wat gevraagd werd
quality-rules-intro = Per regel die vraagt: hoe vaak het om één persoon ging. Een regel met een heel laag of heel hoog aandeel vraagt wat geen vraag hoeft te zijn.
quality-rules = Aandeel dat één persoon bleek, per regel
quality-rule = Regel
quality-drift-heading = Verschuivingen per gerecht
quality-drift-intro = Een veld dat bij een gerecht opeens vaker ontbreekt of tegenspreekt, wijst op een verandering bij de bron. Vergeleken worden de laatste 28 dagen met de tijd daarvoor.
quality-compared =
    { $count ->
        [0] Er is nog te weinig om te vergelijken.
        [one] Er is { $count } veld vergeleken; alleen wat meer verschilt dan toeval verklaart staat hieronder.
       *[other] Er zijn { $count } velden vergeleken; alleen wat meer verschilt dan toeval verklaart staat hieronder.
    }
quality-drift = Velden die verschoven
quality-before = Daarvoor
quality-now = Laatste 28 dagen
operations-heading = Werking
operations-at = Stand van { $at }.
operations-well = Alles loopt: niets is te laat en niets is terzijde gelegd.
operations-alarms = Dit vraagt aandacht
operations-alarm-late =
    { $count ->
        [one] { $count } lezer loopt achter.
       *[other] { $count } lezers lopen achter.
    }
operations-alarm-bus = De berichtenbus antwoordt niet.
operations-alarm-parked =
    { $count ->
        [one] { $count } feit kon niet worden verwerkt en is terzijde gelegd.
       *[other] { $count } feiten konden niet worden verwerkt en zijn terzijde gelegd.
    }
operations-flow-heading = Doorstroming
operations-flow-none = Het afgelopen uur is niets vastgelegd.
operations-flow = Feiten in het afgelopen uur
operations-author = Dienst
operations-hour = Afgelopen uur
operations-newest = Laatste vijf minuten
operations-course = Per vijf minuten, oudste eerst
operations-picture = Feiten van { $who } per vijf minuten; dezelfde getallen staan eronder
operations-latency = Van gebeurtenis tot bericht duurde het bij de laatste { $of } berichten in de helft van de gevallen hoogstens { $half } ms, in 95 van de 100 hoogstens { $most } ms, in 99 van de 100 hoogstens { $nearly } ms.
operations-lag-heading = Achterstand
operations-lag-intro = Een controle kijkt pas na tien seconden of iets gemist is; wat langer dan een minuut wacht, is te laat. Van een lange rij worden hoogstens 10.000 feiten geteld.
operations-lag = Wat nog te doen is, per lezer
operations-reader = Lezer
operations-left = Te doen
operations-oldest = Oudste wacht
operations-late = te laat
operations-consumer = Berichten voor { $who }
operations-sweep = Controle door { $who }
operations-relay = Aankondiging door { $who }
operations-unknown = onbekend
operations-seconds =
    { $count ->
        [one] { $count } seconde
       *[other] { $count } seconden
    }
operations-kept-heading = Apart gehouden
operations-kept-none = Niets staat in quarantaine, niets wacht en niets is terzijde gelegd.
operations-parked = Feiten die niet verwerkt konden worden
operations-kind = Soort
operations-why = Reden
operations-count = Aantal
operations-since = Sinds
operations-quarantine = Quarantaine, naar gebrek
operations-fault = Gebrek
operations-waiting = Gebeurtenissen die op iets anders wachten
operations-thing = Wacht op
operations-kept-how = Een bericht in quarantaine wordt via de API van intake ingezien, vrijgegeven of verworpen; wat opzij is gezet wordt vanzelf om de paar minuten opnieuw geprobeerd. Met een opdracht:
operations-health-heading = Wat het bureau nodig heeft
operations-health-database = Database
operations-health-bus = Berichtenbus
operations-health-keys = Sleutels waarmee gegevens worden geopend
operations-health-sign-in = Sleutels waarmee aanmelding wordt gecontroleerd
operations-holds = aanwezig
operations-fails = faalt
operations-alarm-database = De database antwoordt niet.
operations-alarm-keys = Gegevens kunnen niet worden geopend: de sleutels van het bureau zijn niet die van het register, of zijn niet te lezen.
operations-alarm-sign-in = Niemand kan zich aanmelden: de sleutels waarmee bewijzen worden gecontroleerd zijn niet te lezen.
operations-alarm-audit =
    { $count ->
        [one] De laatste controle heeft { $count } bevinding.
       *[other] De laatste controle heeft { $count } bevindingen.
    }
operations-audit-heading = Controle
operations-audit = Op { $at } zijn { $persons } personen, { $links } koppelingen en { $questions } open vragen tegen het journaal gehouden.
operations-audit-none = Er is nog geen controle afgerond; de eerste begint tien minuten nadat de linker start.
operations-audit-how = Dat gebeurt eens per dag. Met een opdracht, met het deel van elke dienst:
operations-roles-heading = Wie wat mag
operations-roles-intro = De aanmelding zegt wie welke rol heeft; hier wordt niets gewijzigd. Een rol kan beperkt zijn tot een gerecht, of tot wat dat van één rechtsgebied heeft: steward@RBROT/family.
operations-role-judge = Leest en behandelt signalen van de eigen zaken.
operations-role-clerk = Leest wat wacht in de zaken van de eigen rechters, en controleert wat partijen te horen krijgen.
operations-role-steward = Beslist wie wie is; ziet niet waarvan iemand wordt verdacht, en geen signalen.
operations-role-auditor = Controleert verklaringen van raadpleging; wijzigt niets.
operations-role-publisher = Het systeem van een gerecht: meldt gebeurtenissen van eigen zaken.
operations-role-operator = Ziet hoe het huis loopt, behandelt de quarantaine, kiest modellen; opent geen gegevens behalve wat in quarantaine wordt ingezien.
operations-decider-heading = Model en beleid
operations-model = Beslist wordt met model { $model }, beleid { $policy }.
operations-model-none = De koppelaar is nog niet gestart.
operations-anew = Alles wordt opnieuw beslist: { $percent } % is klaar.
operations-building = Een leesmodel wordt opgebouwd: { $built } gegevens, naast { $records } in gebruik.
operations-still = Er wordt niets opnieuw opgebouwd of beslist.
operations-quality = Kwaliteit van de beslissingen
next-button = Volgende vraag
notice-none-left = Er is nu geen vraag voor u.
notice-waits = Uw oordeel is vastgelegd. Een ander beslist mee en ziet het uwe niet.
notice-escalated = Vastgelegd: niet te zeggen. Twee anderen kijken ernaar.
notice-undone = Teruggenomen. Wat daarvoor gold, geldt weer.
notice-undone-late = Dit kan niet meer worden teruggenomen. Beslis het tegendeel; dat is een beslissing op zichzelf.
notice-not-undone = Er is intussen iets veranderd; er is niets teruggenomen.
notice-claimed = U hebt de vraag in behandeling.
notice-not-claimed = De vraag is niet bij u in behandeling gekomen.
fault-note-missing = U wijkt af van een tegenspraak, een bezwaar of een eerdere beslissing. Licht toe waarom.
fault-claimed = Een ander heeft de vraag in behandeling. Uw invoer is bewaard.
fault-spoken = U hebt over deze vraag al geoordeeld. Nu is een ander aan de beurt.
changed-groups = De personen waar deze gegevens bij horen zijn veranderd.
given-undone = teruggenomen
hand-nobody = Niemand heeft deze vraag in behandeling.
hand-claim = In behandeling nemen
hand-mine = U hebt deze vraag in behandeling tot { $until }. Dat eindigt vanzelf, en met uw beslissing.
hand-kept = Zolang deze pagina open en in beeld is, houdt u deze vraag in behandeling. Dat eindigt met uw beslissing.
hand-lost = U hebt deze vraag niet meer in behandeling: een ander nam haar op, of er is al beslist. Wat u typte staat er nog; laad de pagina opnieuw voor u verdergaat.
hand-release = Neerleggen
hand-another = Een andere steward heeft deze vraag in behandeling. Zolang kan niemand anders beslissen.
hand-has-spoken = Uw oordeel is vastgelegd. Nu is een ander aan de beurt; tot dan geldt er niets.
hand-spoken =
    { $count ->
        [one] Eén steward heeft al geoordeeld. Wat die vindt, ziet u pas na uw oordeel.
       *[other] { $count } stewards hebben al geoordeeld. Wat die vinden, ziet u pas na uw oordeel.
    }
two-heading = Hierover beslissen twee stewards
two-veto = De gegevens spreken elkaar tegen, of er is een bezwaar tegen één persoon.
two-confirmed-groups = Beide gegevens horen al bij een vastgestelde persoon.
two-many-cases = Er zijn veel zaken bij betrokken.
two-hearing-soon = Er is binnen een week een zitting.
two-reversal = Er geldt al een beslissing over deze gegevens.
ruling-cannot-tell = Niet te zeggen
ruling-keys = De letters op de knoppen werken met de sneltoets van uw browser, zoals Alt+Shift+letter. U ziet eerst de gevolgen.
undo-hint = U kunt deze beslissing nog terugnemen. Na een kwartier kan dat alleen met een nieuwe beslissing.
undo-button = Terugnemen
aside-heading = Later
aside-label = Bied mij deze vraag niet aan
aside-hours =
    { $hours ->
        [1] een uur lang
        [24] een dag lang
        [72] drie dagen lang
       *[168] een week lang
    }
aside-button = Opzijleggen
preview-heading = Wat er volgt
preview-back = Terug naar de vergelijking
preview-decision = Beslissing
preview-note = Toelichting
preview-consequences = Gevolgen
preview-nothing = Er verandert niets aan personen, koppelingen of berichten.
preview-waiting = De gevolgen zijn nog niet berekend. Kijk zo nog eens, of beslis zonder ze te zien.
preview-person =
    { $cases ->
        [one] Eén persoon met { $records } gegevens in 1 zaak.
       *[other] Eén persoon met { $records } gegevens in { $cases } zaken.
    }
preview-ended =
    { $count ->
        [one] 1 persoon gaat op in een andere of valt uiteen.
       *[other] { $count } personen gaan op in een andere of vallen uiteen.
    }
preview-asked =
    { $count ->
        [one] Er wordt 1 vraag gesteld.
       *[other] Er worden { $count } vragen gesteld.
    }
preview-withdrawn =
    { $count ->
        [one] 1 andere vraag vervalt.
       *[other] { $count } andere vragen vervallen.
    }
preview-notices-sent =
    { $count ->
        [one] 1 bericht gaat naar rechters.
       *[other] { $count } berichten gaan naar rechters.
    }
preview-notices-updated =
    { $count ->
        [one] 1 eerder bericht aan rechters verandert.
       *[other] { $count } eerdere berichten aan rechters veranderen.
    }
preview-notices-withdrawn =
    { $count ->
        [one] 1 eerder bericht aan rechters wordt ingetrokken.
       *[other] { $count } eerdere berichten aan rechters worden ingetrokken.
    }
preview-links = Koppelingen tussen zaken
preview-case-a = Zaak
preview-case-b = Andere zaak
preview-becomes = Wat er verandert
link-linked = wordt gekoppeld
link-changed = koppeling verandert
link-unlinked = wordt losgemaakt
preview-again = Nog eens kijken
preview-commit = Beslissen
preview-commit-two = Mijn oordeel vastleggen
column-weight = Gewicht (bits)
normalised-heading = Zoals de namen worden opgezocht
normalised-hint = Vormen zonder accenten, voorvoegsels en koppeltekens, waaronder een naam in een ander register kan staan.
field-skn = Strafrechtsketennummer
field-v-number = V-nummer
field-address = Adres
difference = verschil: { $a } tegenover { $b }
difference-nothing = niets
rarity-rarer = zeldzame waarde: { $bits }
rarity-commoner = vaak voorkomende waarde: { $bits }
reveal-heading = Een nummer voluit tonen
reveal-hint = Een nummer is afgeschermd. Wie het voluit bekijkt, zegt waarvoor; dat wordt vastgelegd.
reveal-what = Welk nummer
reveal-why = Waarvoor
reveal-button = Tonen en vastleggen
reveal-compare-digits = Twee nummers cijfer voor cijfer vergelijken
reveal-find-in-file = De partij opzoeken in het eigen dossier van het gerecht
reveal-ask-source = De bron ernaar vragen
reveal-person-asked = Een verzoek of klacht van de persoon zelf beantwoorden
reveal-logged = Dat u dit nummer hebt bekeken, is vastgelegd.
reveal-fault = Kies welk nummer u wilt zien en waarvoor.
reveal-refused = Het nummer is niet getoond: het is er niet (meer), de vraag is niet open, of een ander heeft haar in behandeling.
ruling-choose-one = Maak een keuze
weighing-heading = Hoe het is gewogen
weighing-title = Van de kans vooraf naar het totaal, stap voor stap, in bits
weighing-caption = De stappen in getallen
weighing-total = Totaal
weighing-gate = Waarom niet vanzelf gekoppeld wordt, of wel:
column-speaks = Spreekt
column-bits = Bits
column-sum = Som
side-for = voor één persoon
side-against = tegen één persoon
side-nothing = niet
step-prior = Kans vooraf
step-rarity = Hoe zeldzaam: { $field }
step-household = Ook een huisgenoot kan dit zijn
step-family = Andere partijen in de zaken
step-rest = Vooraf en overige, niet uitgesplitst
limit-possible = vragen vanaf
limit-certain = zeker vanaf
limit-word = Grens
range-between = Naar de maat van het model zijn van honderd paren als dit er tussen { $from } en { $to } één persoon.
range-most = Naar de maat van het model zijn van honderd paren als dit er ten minste { $from } één persoon.
range-fewest = Naar de maat van het model zijn van honderd paren als dit er ten hoogste { $to } één persoon.
sentence = Voor één persoon spreekt vooral: { $for }. Daartegen: { $against }. Samen { $total } bits.
sentence-nothing = niets
since-heading = Sindsdien veranderd:
since-level = { $field }: was { $then }, nu { $now }
group-heading = De hele persoon
group-of =
    { $records ->
        [one] 1 gegeven.
       *[other] { $records } gegevens gelden als één persoon.
    }
group-open = Bekijk alle gegevens, en splits
group-intro = Deze gegevens gelden als één persoon. De eerste twee zijn die waarover de vraag gaat.
group-records = De gegevens naast elkaar
group-record = Gegeven { $number }
group-co-parties = Andere partijen in de zaak
group-first = Eerst gemeld
group-last = Laatst gemeld
group-rest = Overige gegevens
group-links = Wat ze bijeenhoudt
group-weakest = zwakste schakel
group-bits = bits
group-matrix = Wat elk tweetal samen weegt, in bits
group-too-many = Er zijn te veel gegevens voor een tabel van elk tweetal; de zwakste schakel staat hierboven.
group-weigh = Weeg elk tweetal
group-changed = De gegevens van deze persoon, of de vraag, zijn veranderd. Uw splitsing is niet vastgelegd. Hieronder staat de huidige stand; wat u had ingevuld is bewaard.
suspect-heading = Moet deze persoon gesplitst worden?
suspect-hint = Vraag of de gegevens die als één persoon gelden dat wel zijn. Twee stewards beslissen.
split-heading = Splitsen
split-hint = Kruis de gegevens van een andere persoon aan. De overige blijven bijeen. Vooraf aangekruist is wat voorbij de zwakste schakel ligt; twee stewards moeten gelijk splitsen.
split-moved = Deze gegevens gaan eruit
split-button = Bekijk de gevolgen
split-decision = Eruit gaan: { $names }
split-closed = De vraag wacht niet op antwoord. Vraag opnieuw of de persoon gesplitst moet worden als u eraan twijfelt.
split-two = Van twee gegevens zegt u in de vergelijking of ze één persoon zijn.
fault-moved = Kruis ten minste één gegeven aan, en niet alle.
fault-too-many = Deze splitsing vraagt meer dan 400 beslissingen. Haal minder gegevens tegelijk eruit.
notice-suspected = Vastgelegd: de vraag of dit één persoon is, is gesteld.
notice-split = Vastgelegd: de gegevens zijn gesplitst. De verbanden volgen vanzelf.
notice-not-split = Er is intussen iets veranderd; er is niets gesplitst.
rejoin-hint = U kunt deze splitsing nog terugnemen. Na een kwartier kan dat alleen met nieuwe beslissingen.
rejoin-button = Neem de splitsing terug
rule-ruling = een steward heeft het beslist
kind-split = Splitsen?
filter-pool = Gerecht en rechtsgebied
filter-button = Toon
pool-all = Alle
others-of-person = Andere gegevens van de persoon
others-none = geen die zeker zijn
question-doubted = Een rechter meldde dat een verband dat op deze gegevens berust niet lijkt te kloppen. Waar het over gaat staat hier niet.
ask-heading = Gevraagd aan de gerechten
ask-open = Vraag het de bron
ask-hint = Het gerecht dat het gegeven meldde wordt gevraagd het na te gaan. Het leest om welk gegeven en welke velden het gaat, en geen naam. Tot het antwoordt, of tien werkdagen lang, wacht deze vraag.
ask-record = Welk gegeven
ask-fields = Wat wordt betwijfeld
ask-button = Vraag het gerecht
ask-asked = { $court } is op { $on } gevraagd naar: { $fields }. Antwoord uiterlijk { $by }.
ask-waits = wacht op het gerecht
ask-late = het gerecht is te laat
ask-corrected = het gerecht heeft het verbeterd
ask-confirmed = het gerecht heeft het bevestigd
field-names = Namen
mark-waits = wacht op een gerecht
mark-late = een gerecht is te laat
mark-answered = een gerecht heeft geantwoord
notice-asked = Het gerecht is gevraagd. De vraag komt vanzelf terug als het antwoordt.
notice-asked-before = Het gerecht is al naar dit gegeven gevraagd, en heeft nog niet geantwoord.
notice-asked-nothing = Kruis eerst aan wat wordt betwijfeld. Het gerecht is niet gevraagd.
notice-not-asked = Het gerecht is niet gevraagd: een ander heeft de vraag in handen, zij staat niet meer open, of het gerecht heeft het gegeven niet gemeld.
notice-overtaken = Niet vastgelegd: de vraag is intussen veranderd. Bekijk wat er nu staat en beslis opnieuw.
articles-heading = Onbekende artikelen
articles-intro = Wetsartikelen die de codelijst voor deze maanden niet kent. Zolang dat zo is, krijgt geen rechter te lezen wat ze betekenen. Geef een artikel door aan wie de codelijst beheert, met een voorstel als u dat hebt; niets telt voordat het in de lijst staat. In welke zaken een artikel staat, is hier niet te zien.
articles-caption = Onbekende artikelen, met dat van de eerste zitting bovenaan
articles-empty = Hier staat geen artikel.
article-article = Artikel
article-period = Maanden
article-cases = Staat in
article-state = Stand
article-soon = zitting binnen een week
article-counts = Voorstel
article-button = Geef door
article-open = Niet bekeken
article-passed-on = Doorgegeven
article-closed = Afgesloten
article-closed-known = Afgesloten: de codelijst kent het nu.
article-closed-gone = Afgesloten: geen zaak noemt het nog, of geen waarover iets gezegd mag worden.
article-proposed = Doorgegeven op { $on } door { $by }: { $counts }
counts-none = zonder voorstel
counts-very-serious = telt als zeer ernstig
counts-serious = telt als ernstig
counts-moderate = telt als matig ernstig
counts-context = telt als context
counts-not-relevant = telt niet mee
notice-passed-on = Vastgelegd: het artikel is doorgegeven.
notice-passed-on-before = U had dit artikel al zo doorgegeven.
notice-not-passed-on = Naar dit artikel hoeft niemand meer te kijken, of u had dit formulier al verstuurd. Er is niets vastgelegd.
