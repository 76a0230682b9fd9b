# Teksten van het raam om elke pagina.
shell-brand = Verband
shell-skip = Naar de inhoud
shell-navigation = Hoofdmenu
shell-language = Taal
shell-sign-in = Inloggen
shell-sign-out = Uitloggen
shell-logged = Toegang wordt vastgelegd.
shell-news =
    { $count ->
        [one] 1 nieuwe melding
       *[other] { $count } nieuwe meldingen
    }
signed-out-heading = U bent uitgelogd
signed-out-text = Uw sessie bij Verband is beëindigd. Sluit het browservenster als u deze computer met anderen deelt.
problem-back = Naar de beginpagina
problem-trace = Kenmerk voor de beheerder: { $trace }
problem-malformed-heading = Dit verzoek klopt niet
problem-malformed-text = De gegevens die uw browser stuurde, hebben niet de verwachte vorm. Ga terug en probeer het opnieuw.
problem-unauthenticated-heading = U bent niet ingelogd
problem-unauthenticated-text = Uw sessie is verlopen of beëindigd. Log opnieuw in.
problem-forbidden-heading = Hier hebt u geen toegang toe
problem-forbidden-text = Uw functie geeft geen toegang tot deze pagina of handeling.
problem-sign-in-refused-heading = Inloggen is niet gelukt
problem-sign-in-refused-text = Begin opnieuw met inloggen. Lukt het weer niet, neem dan contact op met de beheerder.
problem-not-found-heading = Niet gevonden
problem-not-found-text = Deze pagina bestaat niet, of is niet voor u bestemd.
problem-conflict-heading = Intussen is er iets veranderd
problem-conflict-text = Uw handeling past niet meer bij de huidige stand. Bekijk de pagina opnieuw.
problem-other-heading = Dit kan hier niet
problem-other-text = Uw browser vroeg iets dat deze pagina niet kan geven.
problem-internal-heading = Er ging iets mis
problem-internal-text = De fout ligt bij ons en is vastgelegd. Probeer het later opnieuw.
problem-unavailable-heading = Tijdelijk niet beschikbaar
problem-unavailable-text = Een onderdeel waar deze pagina op rust antwoordt niet. Probeer het over een paar minuten opnieuw.
