# Teksten van de pagina's van de rechter.
nav-inbox =
    { $unread ->
        [0] Signalen
       *[other] Signalen ({ $unread } nieuw)
    }
inbox-heading = Signalen
inbox-unread =
    { $unread ->
        [0] U hebt geen ongelezen signalen.
        [one] U hebt 1 ongelezen signaal.
       *[other] U hebt { $unread } ongelezen signalen.
    }
inbox-checked = Laatst bijgewerkt:
inbox-stale = De lijst is al even niet bijgewerkt. Er kunnen signalen ontbreken; vernieuw de pagina over een paar minuten.
inbox-empty = Hier staan geen signalen. Dat is geen geruststelling: geen signaal betekent niet dat er geen geweld is.
inbox-caption = Signalen in uw zaken, laatst gewijzigd eerst
inbox-older = Oudere signalen
show-all = Alle
show-unread = Ongelezen
show-standing = Geldend
show-withdrawn = Vervallen
column-case = Uw zaak
column-why = Waarom
column-urgency = Urgentie
column-hearing = Zitting
column-court = Gerecht
column-changed = Gewijzigd
tag-unread = ongelezen
tag-stands = geldend
tag-withdrawn = Vervallen
row-withdrawn = Een eerder signaal is vervallen.
hearing-none = geen zitting bekend
signal-heading = Signaal in { $numbers }
signal-back = Terug naar de signalen
signal-version = Versie { $version }.
signal-raised = Afgegeven op
signal-as-of = peildatum
signal-basis = Koppeling { $basis }.
signal-why = Waarom u dit ziet
signal-cases = De twee zaken
case-own = Uw zaak
case-parallel = De andere zaak
case-numbers = Zaaknummer
case-proceeding = Soort zaak
case-phase = Fase
signal-persons = Wie het betreft
persons-caption = Personen die in beide zaken staan, naar hun rol
persons-own = In uw zaak
persons-parallel = In de andere zaak
roles-none = geen rol in wat hier wordt gemeld
signal-indicators = Wat is ten laste gelegd
indicators-caption = Per feit: wat, wanneer, wie en hoe ver de zaak is
indicator-what = Feit
indicator-articles = Artikelen
indicator-period = Pleegperiode
indicator-who = Wie
indicator-status = Stand van zaken
indicator-suspect = Verdachte: { $role }
indicator-victims = Genoemd als slachtoffer of getuige: { $roles }
victims-none = niemand uit uw zaak
law-since = zoals geldend vanaf { $day }
signal-unknown =
    { $count ->
        [one] Eén feit noemt een artikel dat deze lijst niet kent. Vraag de griffie van het andere gerecht ernaar.
       *[other] { $count } feiten noemen een artikel dat deze lijst niet kent. Vraag de griffie van het andere gerecht ernaar.
    }
signal-next = Wat u kunt doen
signal-no-advice = Dit is geen juridisch advies; u beslist.
signal-because = Reden: { $because }.
withdrawn-raised = Afgegeven op
withdrawn-changed = Vervallen op
signal-handling = Wat u ermee deed
acknowledge = Ik heb hiervan kennisgenomen
acknowledged = U hebt van deze versie kennisgenomen
handle-what = Wat hebt u gedaan?
handle-discussed = Besproken op de zitting
handle-told = Aan partijen medegedeeld
handle-requested = Stukken opgevraagd
handle-day = Op welke dag?
handle-record = Vastleggen
handle-set-aside = Buiten beschouwing laten, omdat het signaal …
handle-set-aside-record = Buiten beschouwing laten
reason-already-known = al in het dossier staat
reason-not-relevant = niet van belang is voor de beslissing
reason-cannot-be-heard = niet meer aan partijen kan worden voorgelegd
reason-link-doubted = op een koppeling rust die niet lijkt te kloppen
handled-none = U hebt nog niets vastgelegd.
handled-discussed = besproken op de zitting van { $day }
handled-told = aan partijen medegedeeld op { $day }
handled-requested = stukken opgevraagd op { $day }
handled-set-aside = buiten beschouwing gelaten, omdat het signaal { $reason }
handled-version = (versie { $version })
notice-acknowledged = Vastgelegd dat u hiervan kennis hebt genomen.
notice-handled = Vastgelegd.
notice-changed = Het signaal is intussen gewijzigd; er is niets vastgelegd. Hieronder staat de huidige versie.
signal-logged = Dat u dit signaal hebt geopend, is vastgelegd. Een signaal is geen processtuk.

notice-revealed = Het andere gerecht staat hieronder; dat u het hebt opgevraagd is vastgelegd.
court-hidden = niet vermeld
court-hidden-why = Het gerecht en de nummers van de andere zaak worden niet vermeld: zij kunnen verraden waar iemand verblijft die is afgeschermd. Hebt u ze nodig, geef dan aan waarvoor; dat wordt vastgelegd.
reveal-reason = Waarvoor
reveal-ask-for-information = informatie vragen aan dat gerecht
reveal-align-hearings = zittingen op elkaar afstemmen
reveal-safety = beslissen over iemands veiligheid
reveal = Gerecht tonen
signal-orders = Maatregelen
orders-caption = Maatregelen in de andere zaak die personen uit uw zaak betreffen
order-what = Maatregel
order-days = Geldigheid
order-against = Bindt
order-protects = Beschermt
order-notes = Bijzonderheden
order-enforceable = dadelijk uitvoerbaar
order-breach = overtreding gemeld, niet vastgesteld
days-from = vanaf { $from }, zonder einddatum
days-from-to = van { $from } tot en met { $until }
signal-special-guardian = In de andere zaak staat een bijzondere curator een kind bij.
