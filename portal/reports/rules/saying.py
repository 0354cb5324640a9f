"""How figures are written in a view: numbers, shares, quarters, and the names of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_decimal

if TYPE_CHECKING:
    from portal.figures.words import Outcome
    from portal.organisation.words import Unit
    from portal.participation.words import Quarter
    from portal.reports.words.pages import Voice
    from portal.reports.words.reports import Period, Share


def number(count: int | None, voice: Voice) -> str:
    """A count; what stands where it is hidden."""
    return too_few(voice) if count is None else format_decimal(count, locale=voice.locale)


def too_few(voice: Voice) -> str:
    return voice.say("figures.too_few")


def per_cent(part: float) -> int:
    return round(100 * part)


def share(one: Share | None, voice: Voice) -> str:
    """A share with its interval, and of how many; what stands where it is hidden."""
    if one is None:
        return too_few(voice)
    return voice.say("figures.share") % {
        "share": per_cent(one.share),
        "low": per_cent(one.low),
        "high": per_cent(one.high),
        "n": number(one.n, voice),
    }


def quarter(one: Quarter, voice: Voice) -> str:
    return voice.say("figures.quarter") % {"number": one.number, "year": one.year}


def short_quarter(one: Quarter, voice: Voice) -> str:
    return voice.say("figures.quarter.short") % {"number": one.number, "year": one.year}


def period(one: Period, voice: Voice) -> str:
    key = f"reports.half.{one.half}" if one.half else "reports.year"
    return voice.say(key) % {"year": one.year}


def outcome(one: Outcome, voice: Voice) -> str:
    return voice.say("figures.outcome." + one)


def those(one: Outcome, voice: Voice) -> str:
    """Those whose case ended so, as a part of a sentence."""
    return voice.say("figures.those." + one)


def measure(code: str, voice: Voice) -> str:
    """A question, or an option of a list, in the words that were asked; else its code."""
    question, _, option = code.partition(".")
    if option:
        return voice.asked.options.get(question, {}).get(option, code)
    if code == "answered":
        return voice.say("figures.answered")
    return voice.asked.questions.get(question, code)


def unit_name(unit: Unit, voice: Voice) -> str:
    """The name of an office or department as it is; the agency's is the catalog's."""
    return voice.say("figures.agency") if unit.level == "agency" else unit.name
