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
rule-bsn-contradicted = Hetzelfde burgerservicenummer, maar geboortedatum of namen spreken elkaar tegen.
rule-bsn-alone = Hetzelfde burgerservicenummer, maar te weinig andere gegevens om zeker te zijn.
rule-name-birth = Dezelfde namen en geboortedatum, zonder burgerservicenummer om het te bevestigen.
rule-chain-contradicted = Een keten van overeenkomsten leidt tot een tegenspraak.
rule-other = Een andere regel van het koppelen.
status-open = Open
status-ruled = Beslist
status-withdrawn = Ingetrokken
withdrawn-ruled = Ingetrokken: er is beslist.
withdrawn-evidence-changed = Ingetrokken: de gegevens zijn veranderd, er valt niets meer te vragen.
withdrawn-superseded = Ingetrokken: een andere vraag gaat over dezelfde personen.
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
ruling-hint = Kies een grond en beslis. Een beslissing wordt nooit gewijzigd; u kunt later het tegendeel beslissen.
ruling-hint-again = Er is al beslist. Beslist u nu het tegendeel, dan komt dat in de plaats van de vorige beslissing; beide blijven bewaard.
ruling-reason = Grond
ruling-choose = Kies een grond
ruling-note = Toelichting (niet verplicht)
ruling-note-hint = Wordt versleuteld bewaard, ten hoogste 2000 tekens. Noem niets over de inhoud van een strafzaak.
ruling-confirm = Bevestigen: één persoon
ruling-reject = Afwijzen: twee personen
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
