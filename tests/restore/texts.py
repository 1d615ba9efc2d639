"""Swedish written for these tests: about a town that does not exist. None of it is in what the model was built from."""

CLEAN = """Sammanträdesprotokoll för tekniska nämnden i Ekhamra

Nämnden beslutar att bygga en gång- och cykelväg längs Ån mellan badplatsen och Västra skolan. Kostnaden beräknas
till högst 4,2 miljoner kronor. Förvaltningen får i uppdrag att redovisa hur träden längs vägen ska skyddas.

Åsa Björkqvist (S) yrkar bifall till förslaget. Göran Häggmark (M) yrkar att ärendet återremitteras för att belysa
vad underhållet kostar. Ordföranden ställer förslagen mot varandra och finner att nämnden bifaller Åsa Björkqvists.

Vi har läst skrivelsen från föräldrarna på förskolan Ängsullen med stort intresse. De är oroliga för att barnen ska
behöva äta i två omgångar när köket byggs om. Förvaltningen svarar att det blir så under våren, men inte längre.
Det är inte vår mening att någon ska gå hungrig. Kontakta oss på kansli@ekhamra.se eller 0500-12 34 56.

Dnr TN 2021/0417. Paragraf 63 justeras omedelbart. Ersättare för Håkan Öst är Märta Lövgren (C)."""

BROKEN = """Kommunstyrelsen foreslar att fullmiktige beslutar att hoja avgiften fér parkering vid sjukhuset.
Den som besoker en sjuk anhorig ska daremot inte behdva betala for de férsta tva timmarna. Ordféranden
papekade att fragan har behandlats tidigare &r och att namnden da avstod frén att ta stallning.

o Att avgiften ses over vart tredje ar.
e Att sjukhusets ledning far yttra sig.
"""

MENDED = """Kommunstyrelsen föreslår att fullmäktige beslutar att höja avgiften för parkering vid sjukhuset.
Den som besöker en sjuk anhörig ska däremot inte behöva betala för de första två timmarna. Ordföranden
påpekade att frågan har behandlats tidigare år och att nämnden då avstod från att ta ställning.

• Att avgiften ses över vart tredje år.
• Att sjukhusets ledning får yttra sig.
"""

FOREIGN = {
    "english": "The city council has decided that all of the schools are to have a new roof before the winter, for the "
    "sake of the children and their teachers. Another report will be written by the far side of the year.",
    "german": "Der Rat der Stadt hat beschlossen, dass alle Schulen vor dem Winter ein neues Dach bekommen sollen. Der "
    "Bericht wird auch den Eltern vorgelegt und ist nicht vor dem Sommer fertig.",
    "norwegian": "Bystyret har vedtatt at alle skoler skal ha nytt tak, og det er ikke noen grunn til at arbeidet "
    "ikke kan begynne etter sommeren. Jeg vil ogsaa be om at foreldrene blir hort.",
    "finnish": "Kaupunginvaltuusto on päättänyt, että kaikki koulut saavat uuden katon ennen talvea, mutta "
    "kustannukset ovat vielä avoinna ja niistä kerrotaan myöhemmin.",
}
