"""The German term lists. `english` describes each; verbs stand in the infinitive and match in their regular forms."""

from __future__ import annotations

from typing import Final

PLACEHOLDER: Final = (
    "k.a, k. a, keine angabe, offen, noch offen, unbekannt, unklar, folgt, entfällt, ausstehend, zu "
    "klären, zu definieren, zu bestimmen, wird nachgereicht, siehe oben, in klärung, in arbeit, in "
    "abstimmung, ausfüllen, bitte ausfüllen, [ausfüllen], [offen], nn, unbesetzt, vakant"
)
PLACEHOLDER_PHRASE: Final = (
    "noch offen, noch zu klären, noch zu definieren, noch zu bestimmen, noch zu benennen, noch "
    "festzulegen, noch unklar, wird noch geklärt, wird noch definiert, wird noch festgelegt, wird noch "
    "benannt, wird noch bestimmt, wird nachgereicht, wird noch ergänzt, muss noch geklärt werden, muss "
    "noch definiert werden, steht noch nicht fest, in klärung, bitte ausfüllen, hier eintragen"
)
PLACEHOLDER_EXEMPT: Final = (
    "noch offene, noch offenen, noch offener, noch unklare, fälle in klärung, vorgänge in klärung, status "
    "in klärung"
)
WEASEL: Final = (
    "zeitnah, zeitnahe, zeitnaher, möglichst, so bald wie möglich, so schnell wie möglich, baldmöglichst, "
    "schnellstmöglich, bei bedarf, nach bedarf, gegebenenfalls, ggf, ggf., eventuell, evtl, evtl., "
    "ausreichend, ausreichende, ausreichender, ausreichenden, angemessen, angemessene, angemessener, "
    "angemessenen, entsprechend dem bedarf, in der regel, soweit möglich, falls möglich, wenn möglich, "
    "nach möglichkeit, regelmäßig, regelmäßige, regelmäßigen, in regelmäßigen abständen, "
    "benutzerfreundlich, benutzerfreundliche, intuitiv, intuitive, nahtlos, nahtlose, signifikant, "
    "signifikante, signifikanten, deutlich besser, deutlich schneller, usw, usw., und so weiter, u.v.m, "
    "und vieles mehr, zu gegebener zeit, von zeit zu zeit, bestmöglich, bestmögliche, bestmöglichen, "
    "zukunftssicher, zukunftssichere"
)
WEASEL_EXEMPT: Final = (
    "statistisch signifikant, signifikante stellen, nahtlose rohre, nahtlose rohr, nahtlos gezogen, "
    "nahtlos gezogene, angemessene vergütung, ausreichende deckung, note ausreichend, ausreichend "
    "frankiert, ausreichend frankierte, regelmäßige arbeitsstätte, regelmäßig gewartete, angemessene "
    "frist nach, signifikante ereignisse"
)
VAGUE: Final = (
    "verbessern, optimieren, steigern, unterstützen, erleichtern, beschleunigen, vereinfachen, "
    "modernisieren, transformieren, digitalisieren, ermöglichen, fördern, stärken, revolutionieren, "
    "befähigen, vorantreiben, ausbauen, maximieren, verschlanken, harmonisieren, professionalisieren, "
    "weiterentwickeln, erforschen, evaluieren, nutzen, verbesserung, optimierung, steigerung, "
    "unterstützung, beschleunigung, vereinfachung, modernisierung, digitalisierung, weiterentwicklung, "
    "effizienzsteigerung, prozessoptimierung"
)
VAGUE_OPENING: Final = "bearbeiten, abwickeln, managen, handhaben, bearbeitung, abwicklung"
CONCRETE: Final = (
    "zu|ordnen, zu|teilen, zu|weisen, weiter|leiten, genehmigen, ab|lehnen, frei|geben, entwerfen, "
    "klassifizieren, sortieren, markieren, kennzeichnen, aus|lesen, ab|gleichen, zusammen|führen, "
    "aus|füllen, vor|aus|füllen, buchen, verbuchen, ein|planen, beantworten, antworten, eskalieren, "
    "senden, schicken, an|rufen, bestellen, nach|bestellen, berechnen, ab|stimmen, übersetzen, "
    "zusammen|fassen, erkennen, zählen, lesen, vor|lesen, zurück|geben, zurück|senden, an|legen, "
    "an|fordern, öffnen, schließen, stornieren, bestätigen, an|nehmen, ab|fertigen, an|halten, bezahlen, "
    "erstatten, veröffentlichen, drucken, aus|drucken, bei|legen, an|hängen, hinzu|fügen, entfernen, "
    "ersetzen, eintragen, ein|tragen, wählen, aus|wählen, drücken, klicken, an|klicken, kopieren, "
    "verschieben, unterschreiben, stoppen, starten, übernehmen, melden, benachrichtigen, erinnern, "
    "wiegen, ver|packen, auf|kleben, ein|scannen, scannen, speichern, korrigieren, ändern, löschen, "
    "tippen, sperren, entsperren, entladen, verladen, heben, holen, bringen, legen, stellen, setzen, "
    "geben, ab|geben, nennen, vor|schlagen, prüfen und freigeben, warnen, ein|sortieren, vor|sortieren, "
    "nach|fragen, zuteilung, zuordnung, weiterleitung, ausgabe"
)
IRREGULAR: Final = (
    "zuweisen=zugewiesen, zuweisen=weist, freigeben=gibt, freigeben=freigegeben, entwerfen=entwirft, "
    "entwerfen=entworfen, auslesen=liest, auslesen=ausgelesen, abgleichen=abgeglichen, "
    "abgleichen=gleicht, senden=gesendet, senden=gesandt, anrufen=ruft, anrufen=angerufen, anrufen=rufen, "
    "lesen=gelesen, zurückgeben=zurückgegeben, schließen=geschlossen, annehmen=nimmt, "
    "annehmen=angenommen, anhalten=hält, anhalten=angehalten, eintragen=trägt, eintragen=eingetragen, "
    "verschieben=verschoben, unterschreiben=unterschrieben, übernehmen=übernimmt, übernehmen=übernommen, "
    "wiegen=gewogen, verladen=verlädt, heben=gehoben, geben=gibt, geben=gegeben, nennen=genannt, "
    "nennen=nennt, vorschlagen=schlägt, vorschlagen=vorgeschlagen, entladen=entlädt, "
    "anfordern=angefordert, bringen=gebracht, ausdrucken=ausgedruckt, unterschreiben=unterschreibt, "
    "bestätigen=bestätigt"
)
INTERPRETIVE: Final = (
    "prüfen, überprüfen, bewerten, beurteilen, einschätzen, analysieren, auswerten, interpretieren, "
    "beachten, berücksichtigen, überlegen, überdenken, abwägen, beobachten, überwachen, sichten, "
    "begutachten, entscheiden, ansehen, anschauen, nachdenken, verstehen, hinterfragen"
)
INTERPRETIVE_END: Final = (
    "prüfen, überprüfen, bewerten, beurteilen, einschätzen, analysieren, auswerten, interpretieren, "
    "beachten, berücksichtigen, überlegen, überdenken, abwägen, beobachten, überwachen, sichten, "
    "begutachten, entscheiden, ansehen, anschauen, nachdenken, verstehen, hinterfragen"
)
NOUN_MARK: Final = "zur, zum, beim, vom, ohne"
GRABBAG: Final = (
    "sowie außerdem, darüber hinaus, außerdem, zusätzlich auch, und ferner, des weiteren, mehrere "
    "anwendungsfälle"
)
SAME_CASE: Final = (
    "der, die, das, den, dem, ein, eine, einer, wenn, falls, sonst, andernfalls, sein, seine, ihr, ihre, "
    "nur, wer, was, kein, keine, niemand, nichts, er, sie, dieser, diese, dieses, bei, ist, fehlt, jeder, "
    "jede"
)
SYSTEM: Final = (
    "das system, das modell, das tool, die ki, die app, die anwendung, die software, der bot, der assistent"
)
TECH: Final = (
    "ki, ki-gestützt, ki-gestützte, ki-gestützten, ki-basiert, ki-basierte, künstliche intelligenz, "
    "künstlicher intelligenz, maschinelles lernen, maschinellem lernen, sprachmodell, sprachmodelle, "
    "neuronales netz, neuronale netze, chatbots"
)
FUNCTION: Final = (
    "it-abteilung, vertrieb, einkauf, buchhaltung, verwaltung, personal, personalabteilung, "
    "rechnungswesen, controlling, produktion, fertigung, logistik, lager, versand, kundendienst, "
    "kundenservice, revision, recht, recht und compliance, datenschutz, qualität, qualitätssicherung, qs, "
    "fachbereich, fachbereiche, fachseite, betrieb, technik, instandhaltung, disposition, entwicklung, "
    "marketing, daten, digitalisierung, innendienst, außendienst, haustechnik, pflege, werk, standort, "
    "standorte, edv, fachabteilung, fachabteilungen, zentrale, informatik, kundenbetreuung"
)
GROUP: Final = (
    "abteilung, abteilungen, bereich, bereiche, gruppe, alle, jeder, jeden, niemand, keiner, jemand, "
    "beide, kollegen, kolleginnen, kollegium, mitarbeiter, mitarbeiterinnen, mitarbeitende, "
    "mitarbeitenden, beschäftigte, belegschaft, nutzer, nutzerinnen, anwender, anwenderinnen, anwendern, "
    "lieferant, dienstleister, anbieter, hersteller, berater, beratung, unternehmensberatung, partner, "
    "teilnehmer, teilnehmende, beteiligte, beteiligten, verantwortliche, verantwortlichen, zuständige, "
    "zuständigen, jeweilige, jeweiligen, gesamte, ganze, schicht, frühschicht, spätschicht, nachtschicht, "
    "leitstand, büro, amt, behörde, vorstand, geschäftsführung, geschäftsleitung, leitung, führung, "
    "betriebsrat, personalrat, bereichen"
)
STRICT_GROUP: Final = (
    "abteilung, abteilungen, gremium, ausschuss, lenkungsausschuss, lenkungskreis, arbeitskreis, "
    "arbeitsgruppe, projektteam, fachteam, it-team, kernteam, taskforce, steuerkreis, projektgruppe, "
    "geschäftsführung, geschäftsleitung, vorstandschaft"
)
ROLE: Final = (
    "leiter, leiterin, leitende, leitender, chef, chefin, manager, managerin, referent, referentin, "
    "sachbearbeiter, sachbearbeiterin, sachbearbeitung, beauftragter, beauftragte, koordinator, "
    "koordinatorin, assistenz, sekretariat, vorgesetzter, vorgesetzte, direktor, direktorin, ingenieur, "
    "ingenieurin, techniker, technikerin, meisterei, stellvertretung, stellvertreter, stellvertreterin, "
    "vertretung, verantwortlicher, zuständiger, experte, expertin, ansprechpartner, ansprechpartnerin, "
    "prozesseigner, produktmanager, projektmanager, disponent, disponentin, werkstudent, praktikant, "
    "azubi, hausleitung, externe, externer, interner, neue, neuer, stelle, person"
)
FILLER: Final = (
    "der, die, das, des, dem, den, ein, eine, einer, eines, und, oder, von, vom, zur, zum, für, im, aus, "
    "bei, bzw, unser, unsere, ihr, sein"
)
JOIN: Final = "und, oder, bzw, bzw., beziehungsweise, sowie"
JOIN_EXEMPT: Final = "von und zu, vom und zum"
TECH_ROLE: Final = (
    "it-leiter, it-leiterin, it-leitung, it-administrator, it-administratorin, it-manager, "
    "it-koordinator, systemadministrator, systemadministratorin, administratorin, softwareentwickler, "
    "softwareentwicklerin, entwickler, entwicklerin, dateningenieur, datenwissenschaftler, "
    "datenwissenschaftlerin, datenanalyst, datenanalystin, informatiker, informatikerin, ki-entwickler, "
    "ki-manager, datenbankadministrator, leiter edv, leiter it"
)
JOB: Final = (
    "leiter, leiterin, leitung, sachbearbeiter, sachbearbeiterin, sachbearbeitung, disponent, "
    "disponentin, referent, referentin, beauftragter, beauftragte, koordinator, koordinatorin, "
    "controllerin, ingenieur, ingenieurin, techniker, technikerin, pfleger, pflegerin, pflegekraft, "
    "meister, meisterin, verantwortliche, verantwortlicher, ansprechpartner, ansprechpartnerin, "
    "stellvertreter, stellvertreterin, vertretung, assistentin, chefin, chef, arzt, ärztin, oberarzt, "
    "oberärztin, chefarzt, chefärztin, apotheker, apothekerin, fachkraft, hilfskraft, prokurist, "
    "prokuristin, geschäftsführer, geschäftsführerin, experte, expertin, mitarbeiter, mitarbeiterin, "
    "inhaber, inhaberin, vorstand, direktor, direktorin, dezernent, dezernentin, schichtleiter, "
    "schichtleiterin, filialleiter, filialleiterin, hausmeister, küchenchef"
)
TRADE: Final = (
    "station, filiale, abteilung, bereich, lager, einkauf, verkauf, vertrieb, werk, werks, schicht, bau, "
    "innendienst, außendienst, kundendienst, zentrale, region, regional, technische, technischer, "
    "kaufmännische, kaufmännischer, diensthabende, diensthabender, zuständige, zuständiger, "
    "stellvertretende, stellvertretender, leitende, leitender, fachliche, fachlicher, jeweilige, "
    "jeweiliger, nord, süd, ost, west, buchhaltung, personal, produktion, logistik, qualität, versand, "
    "schaden, schäden, leistung, ambulanz, klinik, praxis, schule, amt, it, dv, edv"
)
JOB_ENDING: Final = (
    "leitung, leiter, leiterin, beauftragte, beauftragter, verantwortliche, verantwortlicher, abteilung, "
    "vorstand, führung, management, manager, managerin, sachbearbeitung, sachbearbeiter, "
    "sachbearbeiterin, referent, referentin, koordinator, koordinatorin, administrator, administratorin, "
    "eigner, eignerin, assistenz, sekretariat, verwaltung, betreuung, betreuer, betreuerin, disponent, "
    "disponentin, ingenieur, ingenieurin, techniker, technikerin, planung, steuerung, entwicklung, "
    "ausschuss, gruppe, team, dienst, büro, stelle, kraft, schwester, arzt, ärztin, chef, chefin"
)
VACANT: Final = (
    "wird noch benannt, noch zu benennen, wird benannt, wird noch eingestellt, wird eingestellt, neu zu "
    "besetzen, noch zu besetzen, zu besetzen, unbesetzt, vakant, vakante, offene stelle, stelle offen, "
    "neueinstellung, nachfolger von, nachfolgerin von, nachfolge, noch offen, in besetzung, "
    "ausgeschrieben"
)
TECH_EXACT: Final = (
    "genauigkeit, trefferquote, modellgüte, modellgenauigkeit, vorhersagegenauigkeit, erkennungsrate, "
    "latenz, antwortzeit, verfügbarkeit, konfidenz, fehlerrate des modells, präzision, "
    "systemverfügbarkeit, rechenzeit, inferenzzeit"
)
TECH_PHRASE: Final = (
    "genauigkeit des modells, genauigkeit der ki, genauigkeit der vorhersage, genauigkeit der "
    "vorhersagen, genauigkeit des algorithmus, modellgenauigkeit, modellgüte, modellqualität, "
    "vorhersagegenauigkeit, vorhersagequalität, prognosegüte des modells, erkennungsrate des modells, "
    "trefferquote des modells, trefferquote der ki, treffergenauigkeit, klassifikationsgenauigkeit, "
    "antwortzeit des systems, latenz des modells, halluzinationsrate, verfügbarkeit des systems"
)
ACTIVITY: Final = (
    "anzahl nutzer, anzahl der nutzer, aktive nutzer, aktiver nutzer, aktiven nutzer, nutzerzahl, "
    "nutzungsrate, nutzungsquote, nutzungshäufigkeit, akzeptanz, anmeldungen, anmeldungen im system, "
    "geschulte mitarbeiter, anzahl schulungen, anzahl anfragen, anzahl der anfragen, anzahl der "
    "vorhersagen, seitenaufrufe, zugriffe, zugriffszahlen, anzahl klicks, klickzahlen"
)
ACTIVITY_EXEMPT: Final = (
    "nicht genutzte zugriffe, anmeldungen zum kurs, anmeldungen am tag, anmeldungen je kurs"
)
COUNTED: Final = (
    "fehler, falsch, falsche, falschen, minuten, stunden, tage, tagen, korrektur, korrekturen, "
    "reklamationen, retouren, nacharbeit, euro, kosten, beschwerden, stück, tonnen, paletten, fehlende, "
    "fehlenden"
)
MODEL_WORD: Final = "modell, modells, algorithmus, ki, vorhersage, vorhersagen, klassifikation, testdaten"
REPORT: Final = (
    "bericht, abschlussbericht, zwischenbericht, ergebnisbericht, konzept, fachkonzept, grobkonzept, "
    "feinkonzept, konzeptpapier, strategiepapier, machbarkeitsstudie, studie, präsentation, "
    "abschlusspräsentation, folien, folienset, handlungsempfehlung, handlungsempfehlungen, empfehlungen, "
    "fahrplan, pilotprojekt, pilotbetrieb, pilotierung, prototyp, prototypen, demonstrator, leitfaden, "
    "lastenheft, pflichtenheft, whitepaper, dokumentation, projektplan, testplan, bestandsaufnahme, "
    "ist-analyse, gutachten, schulungsunterlagen, anforderungsdokument, folgeantrag"
)
REPORT_EXEMPT: Final = (
    "bericht liegt, gutachten werden, gutachten erscheint, berichte werden, unfallbericht, arztbericht, "
    "befundbericht"
)
HANDLED: Final = (
    "jeder, jede, jedes, jeden, alle, aller, sämtliche, eingehende, eingehenden, eingehender, neue, "
    "neuen, tägliche, die, den"
)
LIVE: Final = (
    "läuft, laufen, in betrieb, im betrieb, im einsatz, produktiv, im produktivbetrieb, live, im "
    "echtbetrieb, automatisch, wird automatisch, im system, erscheint, erscheinen, wird zugeteilt, werden "
    "zugeteilt, wird vom system, steht im, stehen im, wird angezeigt, werden angezeigt, landet, landen, "
    "arbeitet mit, arbeiten mit, arbeiten damit, gedruckt, erreicht, erreichen"
)
SENT: Final = "vorgestellt, übergeben, erstellt, geschrieben, verteilt, abgestimmt, abgenommen, präsentiert"
DASH: Final = (
    "dashboards, portale, separates, separate oberfläche, separate anwendung, eigene anwendung, eigene "
    "oberfläche, neue anwendung, neue app, neues tool, neue oberfläche, neue maske, web-anwendung, "
    "webanwendung, webportal, web-oberfläche, weboberfläche, kundenportal, anmelden, einloggen, "
    "excel-auswertung, wöchentliche mail, wöchentliche e-mail, pdf-bericht, intranetseite, "
    "auswertungsseite"
)
DASH_EXEMPT: Final = "portalkran, portalkräne, portalwaschanlage, portalhubwagen, portalfräsmaschine"
SCORE: Final = (
    "wahrscheinlichkeit, risikowert, risikoscore, punktwert, punktzahl, konfidenz, konfidenzwert, "
    "risikostufe, risikoklasse, prozentwert, scorewert, prioritätswert, kennzahl, ampelwert, "
    "ausfallwahrscheinlichkeit, kündigungswahrscheinlichkeit, abwanderungswahrscheinlichkeit"
)
SCORE_EXEMPT: Final = "regenwahrscheinlichkeit, niederschlagswahrscheinlichkeit, frostwahrscheinlichkeit"
REASON: Final = (
    "weil, wegen, aufgrund, grund, fehlt, fehlen, fehlende, fehlender, statt, seit, gestiegen, gefallen, "
    "gesunken, überschritten, unterschritten, abweichung, weicht, über dem, unter dem, über der, unter "
    "der, von bisher, denn, da der, da die, da das, nicht erreicht, zuletzt"
)
MANUAL: Final = (
    "von hand, per hand, manuell, händisch, handschriftlich, papier, auf papier, papierliste, liste, "
    "listen, ausdruck, ausdrucke, ausgedruckt, gedruckt, gedruckte, gedruckten, formular, formulare, "
    "vordruck, zettel, laufzettel, laufkarte, klemmbrett, telefon, telefonisch, anrufen, ruft, rufen, per "
    "fax, fax, funk, über funk, postfach, posteingang, postkorb, ordner, notfallordner, mappe, buch, "
    "wachbuch, kladde, tafel, magnettafel, whiteboard, aushang, wie bisher, wie früher, wie heute, wie "
    "gewohnt, excel, excel-liste, excelliste, stempel, karteikarte, karteikarten, durchschlag, der reihe "
    "nach, nach eingang, persönlich, mündlich, zuruf, auf zuruf, disponent, disponentin, schichtleiter, "
    "schichtleiterin, pforte, pförtner, kreide, lieferschein, lieferscheine, vortagesplan, plan vom "
    "vortag, handzettel, sachbearbeiter, sachbearbeiterin, gestrigen, gestrige, strichliste, handeingabe, "
    "tragen, schreiben, schreibt, notiert, notieren"
)
MANUAL_ENDING: Final = (
    "liste, listen, buch, zettel, formular, formulare, mappe, ordner, tafel, blatt, karte, karten, bogen, "
    "block, schein, scheine, fach, betrieb"
)
NOT_SOMEBODY: Final = "server, dienst, anbieter, system, systeme, software, hersteller, it, wir, man"
HEDGE: Final = (
    "kommt darauf an, kommt drauf an, je nachdem, je nach lage, je nach situation, je nach bedarf, je "
    "nach erfahrung, fallweise, im einzelfall, einzelfallentscheidung, von fall zu fall, in der regel, "
    "normalerweise, üblicherweise, meistens, meist, manchmal, nach gefühl, bauchgefühl, nach ermessen, im "
    "ermessen, ermessenssache, nach eigenem ermessen, gesunder menschenverstand, mit gesundem "
    "menschenverstand, erfahrungswert, erfahrungswerte, nach erfahrung, aus erfahrung, hängt ab, hängt "
    "davon ab, liegt bei, entscheidet der, wer gerade, wer zeit hat, situativ, individuell, sinnvoll, wie "
    "sinnvoll, nach augenmaß, augenmaß"
)
HEDGE_EXEMPT: Final = (
    "meist gebuchte, meist genutzte, gewicht liegt bei, wert liegt bei, betrag liegt bei, grenze liegt bei"
)
CONDITION: Final = (
    "wenn, falls, sonst, andernfalls, ansonsten, sobald, sofern, steht, liegt der, ist der, ist die, ist "
    "das, bis zu, über, unter, mehr als, weniger als, mindestens, höchstens, ab, größer, kleiner, bei"
)
VERDICT: Final = (
    "funktioniert, funktionieren, läuft, laufen, geht, ist, sind, wird, werden, wurde, hat, haben, "
    "zufrieden, zufriedene, gut, gute, guter, gutes, besser, sehr, weitgehend, soweit, fertig, "
    "fertiggestellt, abgeschlossen, erledigt, erfolgreich, erfolgreiche, stabil, stabile, zuverlässig, "
    "einwandfrei, reibungslos, fehlerfrei, korrekt, richtig, bereit, in, im, am, an, ordnung, ok, okay, "
    "passt, alles, alle, abgenommen, akzeptiert, umgesetzt, eingeführt, live, getestet, produktiv, "
    "implementiert, verbessert, hohe, hohen, hoher, akzeptanz, zufriedenheit, qualität, wie, geplant, "
    "erwartet, nahezu, fast, größtenteils, überwiegend, und, der, die, das, den, dem, des, mit, es, auch, "
    "nach, plan, so, weit, zeit, für"
)
JUDGED: Final = (
    "system, systeme, modell, modelle, ki, lösung, anwendung, app, tool, software, nutzer, nutzern, "
    "anwender, anwendern, mitarbeiter, mitarbeitern, mitarbeitende, mitarbeitenden, kunde, kunden, "
    "kollegen, kolleginnen, team, teams, projekt, prototyp, pilot, fachbereich, management, leitung, "
    "ergebnis, ergebnisse, tests, test, meilenstein, phase, umsetzung, prozess, prozesse, daten, "
    "feedback, rückmeldung, rückmeldungen, stakeholder, anforderungen, demo, dashboard, anzeige, "
    "datenqualität, ablauf, abläufe"
)
