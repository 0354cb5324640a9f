"""What is shown, summed, said and drawn: values in, values out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from portal.changes.words import Change, Indicator, Moved, Plan, Status, TextState, Verdict
from portal.changes.words import Share as MovedShare
from portal.figures.rules import interval
from portal.figures.words import Measured, Outcome, Turnout
from portal.i18n import VIEWS, catalogs
from portal.questionnaire.queries import questionnaires, wordings
from portal.reports.rules import layout, sentences
from portal.reports.rules.charting import BESIDE, TIME, charts_of
from portal.reports.rules.drawing import drawn
from portal.reports.rules.gathering import found_in
from portal.reports.rules.reporting import paper_of
from portal.reports.rules.saying import measure, outcome
from portal.reports.rules.seeing import measures, seen_of, share_of, turnout_over
from portal.reports.rules.telling import method, sections_of
from portal.reports.words.pages import Saying, Table, Voice
from portal.reports.words.reports import (
    Block,
    Done,
    Issued,
    Kind,
    Period,
    Report,
    Row,
    Share,
    Slice,
)
from portal.themes.words import Quote, Theme, ThemeFigure
from tests.rooms.reports.examples import (
    FIRST,
    MEASURES,
    OFFICE,
    SECOND,
    THIRD,
    cell,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from portal.participation.words import Quarter
    from portal.reports.words.reports import Seen

ASKED = questionnaires()[-1]
FOLDER = Path(__file__).parents[3] / "translations"
SAID = wordings(FOLDER, [ASKED], VIEWS)
CATALOGS = catalogs(FOLDER)
REASONS = Theme("reasons", {"da": "Begrundelsen"}, {})


def voice(view: str = "da") -> Voice:
    chosen = VIEWS[view]
    say = CATALOGS[view].gettext
    return Voice(view, chosen.lang, chosen.locale, say, SAID[ASKED.version, view])


def a_slice(moved: int = 0, *, hidden: bool = False, answered: int | None = 330) -> Slice:
    cells = {
        (name, str(one)): (None, None) if hidden else cell(one, name, moved)
        for name in MEASURES
        for one in Outcome
    }
    return Slice(Turnout(OFFICE.key, 1300, 1234, answered), cells)


def seen(
    slices: Mapping[Quarter, Slice], quarters: tuple[Quarter, ...], *measured: Measured
) -> Seen:
    return seen_of(OFFICE, quarters, slices, sorted(slices), measured, ASKED)


def share(of: int, n: int) -> Share:
    return Share(of, n, *interval(of, n))


# --- What is shown.


@pytest.mark.parametrize(
    ("cells", "of"),
    [
        ([(20, 5), (30, 10)], (15, 50)),
        ([(20, 5), (None, None)], None),
        ([(20, 5), (20, None)], None),
        ([(0, 0)], None),
        ([], None),
    ],
)
def test_a_sum_tells_no_more_than_its_parts(
    cells: list[tuple[int | None, int | None]], of: tuple[int, int] | None
) -> None:
    found = share_of(cells)
    assert (None if found is None else (found.of, found.n)) == of


def test_a_turnout_is_hidden_where_a_quarter_hides_it() -> None:
    told = turnout_over([a_slice(), a_slice(answered=None)], OFFICE.key)
    assert (told.decided, told.invited, told.answered) == (2600, 2468, None)
    assert turnout_over([], OFFICE.key) == Turnout(OFFICE.key, None, None, None)


def test_an_office_that_was_not_there_before_has_gaps() -> None:
    told = seen_of(OFFICE, (THIRD,), {THIRD: a_slice()}, [SECOND, THIRD], [], ASKED)
    assert told.turnouts[0] is None
    assert all(one.shares[0] is None and one.shares[1] is not None for one in told.past)
    sections = {one.code: one for one in sections_of(told, voice())}
    table = sections["deltagelse"].parts[-1]
    assert isinstance(table, Table)
    assert table.rows[0][1:] == ("ingen tal",) * 3


def test_the_outcome_is_no_measure() -> None:
    assert "outcome" not in [code for held in measures(ASKED).values() for code in held]


def test_the_latest_measurement_until_the_year_stands_beside() -> None:
    rows = [
        Measured(year, OFFICE.key, "clarity", 200, share)
        for year, share in ((2024, 0.5), (2025, 0.8), (2027, 0.9))
    ]
    other = Measured(2026, "agency:agency", "clarity", 9, 0.1)
    told = seen({SECOND: a_slice()}, (SECOND,), *rows, other)
    ((beside),) = told.beside
    assert (beside.year, beside.within.of, beside.within.n) == (2025, 160, 200)
    assert [row.measure for row in beside.rows] == ["understood"]


# --- What is said.


def test_everything_hidden_is_said_to_be() -> None:
    told = seen({FIRST: a_slice(hidden=True), SECOND: a_slice(hidden=True, answered=None)},
                (SECOND,), Measured(2026, OFFICE.key, "clarity", 10, 0.5))  # fmt: skip
    nothing = "Der er for få svar til at vise noget her."
    assert sentences.of_block(told.blocks[0], voice()) == nothing
    assert sentences.of_list(told.lists[0], voice()) == nothing
    assert sentences.of_time(told, voice()) == nothing
    assert sentences.of_beside(told.beside, voice()) == nothing
    assert "Der er for få svar" in sentences.of_turnout(told.turnout, voice())
    for chart in charts_of(told, voice()).values():
        for form in layout.WIDTHS:
            assert b"too few" in drawn(chart, form, "too few") or chart.code == BESIDE


def test_one_outcome_alone_makes_no_gap() -> None:
    row = Row("trust", ((Outcome.BETTER, share(30, 40)), (Outcome.SAME, None)))
    told = sentences.of_block(Block("whole", (row,)), voice())
    assert "75 % af dem, hvor sagen endte bedre" in told


@pytest.mark.parametrize(("same", "chance"), [(10, False), (28, True)])
def test_a_gap_that_may_be_chance_is_called_so(same: int, *, chance: bool) -> None:
    row = Row("trust", ((Outcome.BETTER, share(30, 40)), (Outcome.SAME, share(same, 40))))
    told = sentences.of_block(Block("whole", (row,)), voice())
    assert ("tilfældig" in told) is chance


@pytest.mark.parametrize(("moved", "chance"), [(18, False), (1, True)])
def test_a_move_that_may_be_chance_is_called_so(moved: int, *, chance: bool) -> None:
    told = seen({FIRST: a_slice(-moved), SECOND: a_slice()}, (SECOND,))
    assert ("tilfældet" in sentences.of_time(told, voice())) is chance


def test_the_first_quarter_has_nothing_to_compare_with() -> None:
    told = seen({FIRST: a_slice()}, (FIRST,))
    assert not charts_of(told, voice()).keys() & {TIME, BESIDE}
    sections = {one.code: one for one in sections_of(told, voice())}
    assert len(sections[TIME].parts) == len(sections[BESIDE].parts) == 1
    assert len(sections["deltagelse"].parts) == 2


def test_what_nobody_knows_is_called_by_its_code() -> None:
    assert measure("answered", voice()) == "Svar"
    assert measure("nothing", voice()) == "nothing"
    assert measure("went_well.nothing", voice()) == "went_well.nothing"
    assert outcome(Outcome.BETTER, voice("en")) == "Better for the citizen"


def test_what_differs_most_from_the_measurement_is_named() -> None:
    within = [Measured(2026, OFFICE.key, code, 200, part)
              for code, part in (("clarity", 0.5), ("trust", 0.95))]  # fmt: skip
    told = seen({SECOND: a_slice()}, (SECOND,), *within)
    said = sentences.of_beside(told.beside, voice())
    assert "Har du tillid til Ankestyrelsen?" in said
    assert "95 %" in said
    sections = {one.code: one for one in sections_of(told, voice())}
    assert len(sections[BESIDE].parts) == 3


def test_notes_on_method_count_what_is_hidden() -> None:
    told = seen({FIRST: a_slice()}, (FIRST,))
    assert method(told, voice())[-1] == "Skjulte tal i diagrammerne: 23."
    shown = Slice(told.turnout, {(name, str(one)): (40, 20) for name in MEASURES
                                 for one in Outcome})  # fmt: skip
    none = seen({FIRST: shown}, (FIRST,))
    assert method(none, voice())[-1] == "Ingen af tallene i diagrammerne er skjult."
    assert len(method(None, voice())) == 6


# --- Reports.


def change(before: MovedShare | None, after: MovedShare | None, verdict: Verdict) -> Done:
    told = Indicator("trust", OFFICE.key, "same" if after else "all", SECOND, THIRD)
    plan = Plan(
        "reasons", OFFICE.key, "Nyt brev", "Kontorchefen", date(2026, 12, 1), "Klarere", told
    )
    made = Change(UUID(int=1), plan, Status.DONE, TextState.DRAFT, 1)
    return Done(made, Moved(before, after, verdict))


def report(kind: Kind = Kind.HALF, **more: object) -> Report:
    told: dict[str, object] = {
        "kind": kind, "unit": OFFICE, "period": Period(2026, 1), "view": "da", "seen": None,
        "theme": REASONS if kind is Kind.THEME else None, "missing": (), "found": (),
        "uncoded": (), "done": (),
    }  # fmt: skip
    return Report(**(told | more))  # type: ignore[arg-type]  # of these types


def test_a_change_is_told_with_both_intervals_and_no_cause() -> None:
    one, two = MovedShare(30, 100, 0.22, 0.4), MovedShare(60, 100, 0.5, 0.69)
    cases = {
        "er højere": change(one, two, Verdict.HIGHER),
        "er lavere": change(two, one, Verdict.LOWER),
        "tilfældig": change(one, one, Verdict.ALIKE),
        "for få svar": change(None, two, Verdict.HIDDEN),
        "kan ikke måles endnu": change(one, None, Verdict.WAITING),
    }
    told = paper_of(report(done=tuple(cases.values())), voice())
    (table,) = next(one for one in told.sections if one.code == "aendringer").parts
    assert isinstance(table, Table)
    for row, said in zip(table.rows, cases, strict=True):
        assert said in str(row[-1])
    assert "30 % (22–40 %) af 100" in str(table.rows[0][-1])
    assert "Alle udfald" in str(table.rows[4][-1])


def test_what_is_missing_is_said() -> None:
    told = paper_of(report(missing=(SECOND,), uncoded=(SECOND, THIRD), withdrawn=2), voice())
    notes = str(told.sections[-1])
    assert "Der er ingen tal for 1. kvartal 2026." in notes
    assert "Temaerne for 2. kvartal 2026 er ikke gjort færdige." in notes
    assert "Temaerne for 1. kvartal" not in notes
    assert "2 citater er trukket tilbage" in str(told.sections[0])


def test_quotes_stand_under_their_theme_or_their_unit() -> None:
    figure = ThemeFigure(OFFICE.key, "reasons", "criticism", 12, 60)
    quote = Quote("1", "reasons", "criticism", OFFICE.key, "da-simple", "Ordene")
    found = found_in({SECOND: [figure]}, [quote], [REASONS], [OFFICE])
    issue = Issued(UUID(int=1), Kind.HALF, OFFICE.key, "2026-h1", date(2026, 8, 3), ("1", "2"))
    for kind, title in ((Kind.HALF, "Begrundelsen"), (Kind.THEME, "Kontor for pension")):
        told = paper_of(report(kind, found=found, issued=issue, withdrawn=1), voice())
        assert told.sections[0].title == "Om denne udgave"
        assert "3. august 2026" in str(told.sections[0])
        assert "Et citat er trukket tilbage" in str(told.sections[0])
        (inner,) = next(one for one in told.sections if one.code == "temaer").sections
        assert inner.title == title
        (saying,) = inner.parts
        assert saying == Saying("Ordene", "da-simple", "Fra en tekst med kritik")
    assert "3 August 2026" in str(paper_of(report(issued=issue), voice("en")))


def test_a_theme_of_which_nothing_is_shown_is_said_to_be_hidden() -> None:
    found = found_in({SECOND: [ThemeFigure(OFFICE.key, "reasons", "praise", None, None)]}, [],
                     [REASONS], [OFFICE])  # fmt: skip
    for kind in (Kind.HALF, Kind.THEME):
        told = str(paper_of(report(kind, found=found), voice()))
        assert "Intet tema har tekster nok til at blive vist." in told
    assert report(Kind.THEME).subject == "reasons"
    assert report().subject == OFFICE.key
