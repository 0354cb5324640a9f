"""Texts counted by hand, pencil and paper: text, sentences, words, long words, LIX.

The LIX is worked out from the three counts and rounded to two decimals.
"""

from __future__ import annotations

Counted = tuple[str, int, int, int, float]

PLAIN: tuple[Counted, ...] = (
    ("", 0, 0, 0, 0.0),
    ("… – !", 0, 0, 0, 0.0),
    ("Du kan klage.", 1, 3, 0, 3.0),
    ("Vi har fået din klage.", 1, 5, 0, 5.0),
    ("Kommunen har afgjort din sag.", 1, 5, 2, 45.0),
    ("Vi venter. Du skal ikke gøre noget.", 2, 7, 0, 3.5),
    ("Har du spørgsmål? Ring til os!", 2, 6, 1, 19.67),
    ("Nej! Nej! Nej!", 3, 3, 0, 1.0),
    ("Ankestyrelsen stadfæster kommunens afgørelse.", 1, 4, 4, 104.0),
    ("Sagen er hjemvist. Det betyder, at kommunen skal afgøre den igen.", 2, 11, 3, 32.77),
    ("Vi vil: se, høre og hjælpe; så svarer vi.", 1, 9, 0, 9.0),
    ("Vi ga\u030ar ind.", 1, 3, 0, 3.0),
)
BLOCKS: tuple[Counted, ...] = (
    ("Din klage\n\nVi har den.", 2, 5, 0, 2.5),
    ("Her er reglerne:\n\n- mad\n- hus og hjem", 3, 7, 1, 16.62),
    ("Vi har\nfået den.", 1, 4, 0, 4.0),
    ("1. Send dit brev. 2. Vent på svar.", 2, 8, 0, 4.0),
)
MARKS: tuple[Counted, ...] = (
    ("»Kom nu.« Hun gik.", 2, 4, 0, 2.0),
    ("»Hvad nu?« spurgte han.", 1, 4, 1, 29.0),
    ("Han kom. »Nu er jeg her.«", 2, 6, 0, 3.0),
    ("Vent … Vi kommer.", 2, 3, 0, 1.5),
    ("Han tøvede ... men kom.", 1, 4, 0, 4.0),
    ("Vent. – Kom nu.", 2, 3, 0, 1.5),
)
WORDS: tuple[Counted, ...] = (
    ("Din e-mail er sendt.", 1, 4, 0, 4.0),
    ("Din a-kasse har svaret.", 1, 4, 0, 4.0),
    ("Du er EU-borger.", 1, 3, 1, 36.33),
    ("Ring og/eller skriv.", 1, 4, 0, 4.0),
    ("Hun er i et A/S nu.", 1, 6, 0, 6.0),
    ("Se www.ast.dk/klage i dag.", 1, 4, 1, 29.0),
    ("Skriv til post@ast.dk.", 1, 3, 1, 36.33),
    ("Vi kan hjælpe 5 % af dem.", 1, 7, 1, 21.29),
    ("I don't know the decision.", 1, 5, 1, 25.0),
)
SECTIONS: tuple[Counted, ...] = (
    ("Loven siger det, jf. § 66.", 1, 6, 2, 39.33),
    ("Det står i § 19, stk. 2, i loven.", 1, 9, 1, 20.11),
    ("§ 66 er ny. § 67 er ældre.", 2, 8, 2, 29.0),
    ("Se §§ 107-108 i loven.", 1, 5, 1, 25.0),
    ("Det er (jf. § 3) let.", 1, 6, 2, 39.33),
    ("Du har ret jf. Kapitel 3.", 1, 6, 2, 39.33),
    ("Se pkt. 3 og kap. 4.", 1, 6, 1, 22.67),
    ("Se nr. 5 og nr. 6. Læs dem.", 2, 8, 0, 4.0),
    ("Se bl. a. § 5.", 1, 5, 1, 25.0),
    ("Se § 86 ff. Der er mere.", 2, 8, 2, 29.0),
)
SHORT_FORMS: tuple[Counted, ...] = (
    ("Du kan bl.a. få penge til bus.", 1, 8, 0, 8.0),
    ("Du kan f.eks. ringe til os.", 1, 7, 1, 21.29),
    ("Du kan fx skrive til os.", 1, 7, 1, 21.29),
    ("Det tager ca. 10 uger.", 1, 5, 0, 5.0),
    ("Tag papirer, billeder mv. med.", 1, 6, 2, 39.33),
    ("Tag penge, pas mv. Vi ses i morgen.", 2, 9, 0, 4.5),
    ("Far, mor m.fl. må komme med.", 1, 7, 0, 7.0),
    ("Her bor far, mor m.fl. De er rare.", 2, 9, 0, 4.5),
    ("Det er lukket, dvs. du må vente.", 1, 9, 0, 9.0),
    ("Du skal evt. sende et brev.", 1, 6, 1, 22.67),
    ("Vi ser på mad, hus osv. Du hører fra os.", 2, 12, 0, 6.0),
    ("Vi ser på mad, hus osv. før vi svarer.", 1, 11, 0, 11.0),
    ("Vi ser på mad (kød osv.). Du hører fra os.", 2, 12, 0, 6.0),
    ("Mødet er aflyst pga. sne.", 1, 7, 0, 7.0),
    ("Prisen er 500 kr. inkl. moms.", 1, 6, 1, 22.67),
    ("Prisen er 400 kr. ekskl. moms.", 1, 6, 1, 22.67),
)
NUMBERS: tuple[Counted, ...] = (
    ("Du får 1.297,50 kr. om ugen.", 1, 6, 0, 6.0),
    ("Du får 500 kr. Pengene kommer i maj.", 2, 8, 1, 16.5),
    ("Det koster mere end 1.000 kr.", 1, 6, 0, 6.0),
    ("Mødet er kl. 9.30 på mandag.", 1, 6, 1, 22.67),
    ("Mødet er kl. 9. Kom i god tid.", 2, 8, 1, 16.5),
    ("Svar den 12. maj.", 1, 4, 0, 4.0),
    ("Svar den 12. Juni 2027.", 1, 5, 0, 5.0),
    ("Mødet er den 1.-3. maj.", 1, 5, 0, 5.0),
    ("Hun bor på 3. sal.", 1, 5, 0, 5.0),
    ("Fristen er den 1. Du skal svare nu.", 2, 8, 1, 16.5),
    ("Vi mødes 12. dec. 2027 kl. 10.", 1, 7, 2, 35.57),
    ("Turen tager 20 min. med bus.", 1, 6, 1, 22.67),
    ("Hunden er min. Katten er din.", 2, 6, 0, 3.0),
    ("Vent. 3 dage er nok.", 2, 5, 0, 2.5),
)
NAMES: tuple[Counted, ...] = (
    ("Ring til J. Hansen i dag.", 1, 6, 0, 6.0),
    ("H.C. Andersen skrev bogen.", 1, 4, 1, 29.0),
    ("Det er plan B. Vi går videre.", 2, 7, 0, 3.5),
    ("Se bilag A. Det er kort.", 2, 6, 0, 3.0),
    ("Han hedder Jan. Hun er syg.", 2, 6, 0, 3.0),
)
ENGLISH: tuple[Counted, ...] = (
    ("Mr. Smith has won.", 1, 4, 0, 4.0),
    ("Bring a form, e.g. a bill.", 1, 7, 1, 21.29),
    ("You must reply, i.e. write to us.", 1, 8, 0, 8.0),
    ("The answer is no. We are sorry.", 2, 7, 0, 3.5),
    ("See No. 5 in the list.", 1, 6, 0, 6.0),
    ("We meet at 8 p.m. Bring the letter.", 2, 9, 1, 15.61),
)
ALL = (*PLAIN, *BLOCKS, *MARKS, *WORDS, *SECTIONS, *SHORT_FORMS, *NUMBERS, *NAMES, *ENGLISH)
