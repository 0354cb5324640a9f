"""What the measure of readability is made of, and the abbreviations it reads out in full."""

from __future__ import annotations

from dataclasses import dataclass

LONG_WORD = 7  # letters


@dataclass(frozen=True, slots=True)
class Measure:
    """What was counted in a text."""

    sentences: int
    words: int
    long_words: int
    longest_sentence: int  # words

    @property
    def lix(self) -> float:
        """Words for each sentence, plus the percentage of long words; 0 without words."""
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long_words / self.words


# Something always follows these, so they never end a sentence. Keys have no spaces.
LEADING = {
    "adr.": "adresse",
    "afd.": "afdeling",
    "afs.": "afsnit",
    "ang.": "angående",
    "approx.": "approximately",
    "bek.": "bekendtgørelse",
    "bl.a.": "blandt andet",
    "ca.": "cirka",
    "cf.": "compare",
    "dr.": "doktor",
    "dvs.": "det vil sige",
    "d.v.s.": "det vil sige",
    "e.g.": "for example",
    "ekskl.": "eksklusive",
    "eks.": "eksempel",
    "evt.": "eventuelt",
    "f.eks.": "for eksempel",
    "feks.": "for eksempel",
    "fr.": "fru",
    "hhv.": "henholdsvis",
    "hr.": "herr",
    "i.e.": "that is",
    "ift.": "i forhold til",
    "iht.": "i henhold til",
    "inkl.": "inklusive",
    "jf.": "jævnfør",
    "jfr.": "jævnfør",
    "kap.": "kapitel",
    "kl.": "klokken",
    "lbk.": "lovbekendtgørelse",
    "maks.": "maksimalt",
    "mht.": "med hensyn til",
    "m.h.t.": "med hensyn til",
    "mr.": "mister",
    "mrs.": "missis",
    "ms.": "miss",
    "nr.": "nummer",
    "pga.": "på grund af",
    "p.g.a.": "på grund af",
    "pkt.": "punkt",
    "prof.": "professor",
    "resp.": "respektive",
    "sml.": "sammenlign",
    "stk.": "stykke",
    "tlf.": "telefon",
    "vedr.": "vedrørende",
    "vha.": "ved hjælp af",
    "vs.": "versus",
}

# These may stand last. They end a sentence when the next word has a capital letter.
CLOSING = {
    "a.m.": "ante meridiem",
    "etc.": "et cetera",
    "kr.": "kroner",
    "m.fl.": "med flere",
    "m.m.": "med mere",
    "mia.": "milliarder",
    "mio.": "millioner",
    "mdr.": "måneder",
    "mv.": "med videre",
    "m.v.": "med videre",
    "o.a.": "og andet",
    "o.l.": "og lignende",
    "o.lign.": "og lignende",
    "osv.": "og så videre",
    "o.s.v.": "og så videre",
    "p.m.": "post meridiem",
    "pct.": "procent",
    "p.t.": "for tiden",
    "pt.": "for tiden",
    "ff.": "og følgende",
}

# These are words, too ("den er min.", "jan." is a name): read out after a number only.
AFTER_NUMBER = {
    "min.": "minutter",
    "sek.": "sekunder",
    "jan.": "januar",
    "feb.": "februar",
    "febr.": "februar",
    "mar.": "marts",
    "apr.": "april",
    "aug.": "august",
    "sep.": "september",
    "sept.": "september",
    "okt.": "oktober",
    "oct.": "october",
    "nov.": "november",
    "dec.": "december",
}

# And these before a number only ("the answer is no.").
BEFORE_NUMBER = {
    "art.": "artikel",
    "fig.": "figur",
    "no.": "number",
    "p.": "page",
    "pp.": "pages",
    "s.": "side",
    "sec.": "section",
}

MONTHS = frozenset(
    {
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    }
)

# After one of these a single capital is a label ("bilag A."), not somebody's initial.
LABELLED = frozenset(
    {
        "annex",
        "appendix",
        "bilag",
        "class",
        "del",
        "group",
        "gruppe",
        "klasse",
        "litra",
        "part",
        "plan",
        "punkt",
        "trin",
        "type",
        "vitamin",
    }
)
