"""What an address names, and themes over the quarters of a report."""

from __future__ import annotations

import pytest

from portal.reports.rules.gathering import found_in, quoted, still
from portal.reports.rules.naming import named, period_in, periods, quarter_in
from portal.reports.words.reports import Period, ReportNotFound
from portal.themes.words import Quote, Theme, ThemeFigure
from tests.rooms.reports.examples import FIRST, FOURTH, OFFICE, SECOND, THIRD

REASONS = Theme("reasons", {"da": "Begrundelsen"}, {})
OLD = Theme("old", {}, {}, "dropped")


def test_quarters_and_periods_are_read_from_addresses() -> None:
    assert quarter_in("2026-3") == FOURTH
    assert named(FOURTH) == "2026-3"
    assert period_in("2026-h1") == Period(2026, 1)
    assert period_in("2026") == Period(2026)
    for wrong in ("", "2026", "2026-5", "2026-03", "26-1", "2026-1 "):
        with pytest.raises(ReportNotFound):
            quarter_in(wrong)
    for wrong in ("", "2026-h3", "2026-1", "1999"):
        with pytest.raises(ReportNotFound):
            period_in(wrong)
    assert [str(one) for one in periods([FOURTH, THIRD, SECOND, FIRST])] == [
        "2026-h1", "2025", "2025-h2",
    ]  # fmt: skip


# --- Themes.


def test_a_theme_that_one_quarter_hides_is_hidden_with_its_quotes() -> None:
    def counted(n: int | None, theme: str = "reasons") -> ThemeFigure:
        return ThemeFigure(OFFICE.key, theme, "criticism", n, 60)

    quotes = [
        Quote(f"{n}", "reasons", "criticism", OFFICE.key, "da", f"Citat {n}") for n in range(3)
    ]
    whole = found_in({SECOND: [counted(12)], THIRD: [counted(15)]}, quotes, [REASONS], [OFFICE])
    assert [(one.n, one.texts, len(one.quotes)) for one in whole] == [(27, 120, 2)]
    assert quoted(whole) == ("0", "1")
    assert quoted(still(whole, ["1"])) == ("1",)
    for tables in (
        {SECOND: [counted(12)], THIRD: [counted(None)]},
        {SECOND: [counted(12)], THIRD: []},
    ):
        (one,) = found_in(tables, quotes, [REASONS], [OFFICE])
        assert (one.n, one.quotes) == (None, ())
    past = found_in({SECOND: [counted(None, "old")]}, [], [OLD], [OFFICE])
    assert past == ()
