"""A full extract against what is held: every difference is named, and nothing is changed."""

from __future__ import annotations

import json
import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.cli.reconcile import AT_ONCE
from portal.feed.rules.extract import COMPARED, Extracted, differences, extracted
from portal.feed.words import Code, Reason, Rejected
from tests.cli.conftest import environment
from tests.rooms.feed.examples import line, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

    Run = Callable[..., Result]

SOURCE = "urn:example:board"
RECEIVED = {"area": "aids", "authority": "Odder Kommune"}
DECIDED = {"outcome": "upheld"}


def fed(run: Run, *cases: str) -> None:
    records = [
        record
        for case in cases
        for record in (
            told("received", RECEIVED | {"number": case}, subject=case, id=f"{case}-1"),
            told("decided", DECIDED, subject=case, id=f"{case}-2"),
            told("closed", {"reason": "completed"}, subject=case, id=f"{case}-3"),
        )
    ]
    assert run("cases", "import", "-", given=b"\n".join(records)).exit_code == 0


def case(subject: str, **more: object) -> dict[str, Any]:
    """A case as its source holds it, equal to what was fed."""
    return {
        "source": SOURCE,
        "subject": subject,
        "number": subject,
        "area": "aids",
        "authority": "Odder Kommune",
        "received": "2026-11-20",
        "stage": "closed",
        "outcome": "upheld",
        "decided": "2026-11-20",
        "ending": "completed",
        "closed": "2026-11-20",
        "withheld": False,
    } | more


def reconciled(run: Run, *cases: object, more: tuple[str, ...] = ()) -> tuple[int, list[str]]:
    given = b"\n".join(one if isinstance(one, bytes) else line(one) for one in cases)
    done = run("cases", "reconcile", "-", *more, given=given)
    assert done.stderr == ""
    return done.exit_code, done.stdout.splitlines()


def test_equal_is_equal(run: Run) -> None:
    fed(run, "1", "2")
    assert reconciled(run, case("1"), case("2")) == (0, [
        "2 cases compared, 0 differences, 0 unreadable",
    ])  # fmt: skip
    assert set(case("1")) == {"source", "subject", *COMPARED}
    alone = {"source": SOURCE, "subject": "1"}  # what is left out is not compared
    assert reconciled(run, alone, alone | {"subject": "2"})[0] == 0


def test_every_difference_is_named(run: Run, tmp_path: Path) -> None:
    fed(run, "1", "2", "3", "4")
    report = tmp_path / "out.jsonl"
    status, said = reconciled(
        run,
        case("1", stage="hearing", outcome=None, withheld=True),
        case("2", closed="2026-11-19"),
        case("4"),
        case("4"),
        case("5"),
        case("1", source="urn:other"),
        more=("--report", str(report)),
    )
    assert status == 1
    assert said == [
        f"{SOURCE} 1 stage: extract hearing, portal closed",
        f"{SOURCE} 1 outcome: extract -, portal upheld",
        f"{SOURCE} 1 withheld: extract true, portal false",
        f"{SOURCE} 2 closed: extract 2026-11-19, portal 2026-11-20",
        f"{SOURCE} 5 case: extract there, portal missing",
        "urn:other 1 case: extract there, portal missing",
        f"{SOURCE} 3 case: extract missing, portal there",
        f"{SOURCE} 4 case: extract twice, portal there",
        "6 cases compared, 8 differences, 0 unreadable",
    ]
    written = [json.loads(one) for one in report.read_text().splitlines()]
    assert len(written) == 8
    assert written[1] == {
        "source": SOURCE, "subject": "1", "field": "outcome", "extract": None, "portal": "upheld",
    }  # fmt: skip


def test_a_source_that_names_no_case_any_more(run: Run) -> None:
    fed(run, "1")
    assert reconciled(run)[0] == 0
    assert reconciled(run, more=("--source", SOURCE)) == (1, [
        f"{SOURCE} 1 case: extract missing, portal there",
        "0 cases compared, 1 differences, 0 unreadable",
    ])  # fmt: skip


def test_a_line_that_cannot_be_read_keeps_no_other_out(run: Run) -> None:
    fed(run, "1", "2")
    status, said = reconciled(run, b"{", case("1"), case("2", authority="A 610289-0102"))
    assert status == 1
    assert said == [
        "line 1: the record is not one JSON value",
        f"line 3: {Reason(Code.CPR_IN_CLEAR, 'authority')}",
        f"{SOURCE} 2 case: extract missing, portal there",
        "1 cases compared, 1 differences, 2 unreadable",
    ]


@pytest.mark.parametrize(
    "broken",
    [b"", b"[]", line(case("")), line(case("x" * 256)), line(case("1", stage=7)),
     line(case("1", closed="20-11-2026")), line(case("1", extra=1)), line({"subject": "1"}),
     b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_case_is_refused(broken: bytes) -> None:
    assert isinstance(extracted(broken), Rejected)


def test_a_stage_without_words_is_compared_as_it_was_told(run: Run) -> None:
    odd = told("stage-entered", {"stage": "odd"}, subject="1", id="1")
    assert run("cases", "import", "-", given=odd).exit_code == 0
    asked = {"source": SOURCE, "subject": "1"}
    assert reconciled(run, asked | {"stage": "odd"})[0] == 0
    assert reconciled(run, asked | {"stage": None})[0] == 1


def test_a_case_that_is_not_held_differs_once() -> None:
    (one,) = differences(Extracted(source=SOURCE, subject="1"), None)
    assert (one.field, one.portal) == ("case", "missing")


def test_memory_does_not_grow_with_the_extract(run: Run) -> None:
    def peak(count: int) -> int:
        given = b"\n".join(line(case(str(number))) for number in range(count))
        tracemalloc.start()
        run("cases", "reconcile", "-", given=given)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most - 3 * len(given)  # the input, and what is said, which the runner keeps

    peak(AT_ONCE)
    assert peak(8 * AT_ONCE) < 2 * peak(2 * AT_ONCE)


def test_missing_tables_are_said(database_url: str, tmp_path: Path) -> None:
    env = environment(database_url, tmp_path)
    done = CliRunner().invoke(main, ["cases", "reconcile", "-"], input=line(case("1")), env=env)
    assert done.exit_code == 2
    assert "indblik db upgrade" in done.stderr


def test_a_line_that_is_nested_without_end_is_not_read_to_it() -> None:
    deep = b'{"source":"x","subject":"y","z":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    assert extracted(deep) == Rejected((Reason(Code.WRONG_TYPE),))
