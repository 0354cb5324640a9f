"""What a reader is asked for, what others are asked for, and when it is said that nothing is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from portal.cases.words import (
    Decided,
    PartyAdded,
    ReopeningRequested,
    RequestAnswered,
    RequestKind,
    RequestMade,
    RequestMoved,
    Resumed,
    Role,
    Suspended,
    Unrecognised,
)
from portal.explanations.words import Passage
from portal.telling.words import Reader
from tests.rooms.cases.stories import (
    BENT,
    COMPLETED,
    FILED,
    INCOME,
    KAREN,
    LISE,
    NUMBER,
    RECEIVED,
    UPHELD,
    case,
    entered,
)
from tests.rooms.telling.readers import ACTING, COMPLAINANT, PARTY, card, codes, page

DUE = date(2026, 2, 2)
STRANGER = UUID(int=9)
COMPLAINS = PartyAdded(person=KAREN, role="complainant")


def asked(addressee: str, person: UUID | None = None, due: date | None = DUE) -> RequestMade:
    return RequestMade(request="r1", addressee=addressee, kind="remarks", due=due, person=person)


def acting(role: Role, acts_for: UUID | None) -> Reader:
    return Reader(LISE, role, frozenset() if acts_for is None else frozenset({acts_for}))


# addressee, person asked, reader, whether the reader is asked
WHO = [
    ("complainant", None, COMPLAINANT, True),
    ("complainant", None, PARTY, False),
    ("complainant", None, ACTING, True),
    ("complainant", None, acting(Role.GUARDIAN, KAREN), True),
    ("complainant", None, acting(Role.PARENT, KAREN), True),
    ("complainant", None, acting(Role.REPRESENTATIVE, None), False),  # whom is not told
    ("complainant", None, acting(Role.REPRESENTATIVE, BENT), False),
    ("complainant", None, Reader(LISE, Role.REPRESENTATIVE, frozenset({BENT, KAREN})), True),
    ("party", BENT, Reader(KAREN, Role.COMPLAINANT, frozenset({BENT})), True),
    ("party", BENT, PARTY, True),
    ("party", BENT, COMPLAINANT, False),
    ("party", BENT, acting(Role.REPRESENTATIVE, BENT), True),
    ("party", BENT, acting(Role.PARENT, BENT), True),
    ("party", BENT, acting(Role.REPRESENTATIVE, KAREN), False),
    ("party", BENT, acting(Role.REPRESENTATIVE, None), False),
    ("party", STRANGER, PARTY, False),
    ("party", KAREN, COMPLAINANT, True),
    ("party", None, PARTY, False),
    ("party", None, acting(Role.REPRESENTATIVE, None), False),
    *(
        (addressee, None, reader, False)
        for addressee in ("other_party", "authority", "doctor", "consultant", "zz_new")
        for reader in (COMPLAINANT, PARTY, ACTING)
    ),
    ("doctor", KAREN, COMPLAINANT, False),
]


@pytest.mark.parametrize(("addressee", "person", "reader", "mine"), WHO)
def test_only_whom_it_is_asked_of_is_asked(
    addressee: str, person: UUID | None, reader: Reader, *, mine: bool
) -> None:
    told = page(case(COMPLAINS, RECEIVED, asked(addressee, person)), reader=reader)
    assert bool(told.tasks) is mine
    waiting = [code for code in codes(told.now) if code.startswith("waiting.")]
    assert bool(waiting) is not mine
    if not mine:  # what another is asked for is nobody else's concern
        assert not [code for code in codes(told) if "remarks" in code]


@pytest.mark.parametrize(
    ("addressee", "who"),
    [("doctor", "doctor"), ("complainant", "complainant"), ("zz_new", "unknown")],
)
@pytest.mark.parametrize(
    ("today", "how"), [(DUE, "due"), (date(2026, 2, 3), "late")], ids=["on the day", "after it"]
)
def test_waiting_for_another_has_a_last_day_and_may_be_late(
    addressee: str, who: str, today: date, how: str
) -> None:
    told = page(case(COMPLAINS, RECEIVED, asked(addressee)), today, PARTY)
    assert Passage(f"waiting.{who}.{how}", {"due": DUE}) in told.now


def test_waiting_without_a_last_day_names_none() -> None:
    told = page(case(RECEIVED, asked("doctor", due=None)))
    assert Passage("waiting.doctor.undated") in told.now


@pytest.mark.parametrize("kind", [*RequestKind, "zz_new"])
@pytest.mark.parametrize(
    ("today", "how", "late"), [(DUE, "due", False), (date(2026, 2, 3), "late", True)]
)
def test_a_task_is_late_the_day_after_its_last_day(
    kind: str, today: date, how: str, *, late: bool
) -> None:
    made = RequestMade(request="r1", addressee="complainant", kind=kind, due=DUE)
    (task,) = page(case(RECEIVED, made), today).tasks
    known = kind if kind in set(RequestKind) else "unknown"
    assert task.what == Passage(f"act.{known}.{how}", {"due": DUE})
    assert task.otherwise == Passage(f"act.{known}.otherwise")
    assert (task.due, task.late, task.moved, task.key) == (DUE, late, None, "r1")


def test_a_task_without_a_last_day_is_never_late() -> None:
    (task,) = page(case(RECEIVED, asked("complainant", due=None)), date(2030, 1, 1)).tasks
    assert (task.what, task.due, task.late) == (Passage("act.remarks.undated"), None, False)


def test_a_task_that_moved_tells_the_day_before() -> None:
    moves = [RequestMoved(request="r1", due=date(2026, 2, day)) for day in (9, 16)]
    (task,) = page(case(RECEIVED, INCOME, *moves)).tasks
    assert task.moved == Passage("act.moved", {"old": date(2026, 2, 9), "due": date(2026, 2, 16)})


def test_the_first_last_day_comes_first_and_the_undated_last() -> None:
    dues = {"r1": None, "r2": date(2026, 3, 1), "r3": DUE, "r4": date(2026, 3, 1)}
    made = [
        RequestMade(request=name, addressee="complainant", kind="income", due=due)
        for name, due in reversed(dues.items())
    ]
    told = page(case(RECEIVED, *made))
    assert [task.key for task in told.tasks] == ["r3", "r2", "r4", "r1"]
    assert card(case(RECEIVED, *made)).task == told.tasks[0]


def test_how_to_answer_names_the_case() -> None:
    assert page(case(RECEIVED, INCOME)).how == Passage("act.how", {"number": NUMBER})


def test_a_request_before_the_board_has_the_case_is_told() -> None:
    told = page(case(FILED, INCOME))
    assert [task.key for task in told.tasks] == ["r1"]
    assert told.nothing is None


@pytest.mark.parametrize("ended", [UPHELD, COMPLETED, RequestAnswered(request="r1")])
def test_what_is_answered_or_over_is_asked_no_more(ended: object) -> None:
    told = page(case(RECEIVED, INCOME, ended))  # type: ignore[arg-type]  # one of the happenings
    assert told.tasks == ()
    assert card(case(RECEIVED, INCOME, ended)).task is None  # type: ignore[arg-type]


def test_what_was_asked_stands_while_a_case_rests_and_afterwards() -> None:
    rests = Suspended(reason="court_case")
    assert page(case(RECEIVED, INCOME, rests)).tasks
    assert page(case(RECEIVED, INCOME, rests, Resumed())).tasks


def test_what_is_asked_after_the_decision_is_a_task_and_what_was_asked_before_is_none() -> None:
    assert page(case(RECEIVED, INCOME, UPHELD)).tasks == ()
    told = case(RECEIVED, UPHELD, ReopeningRequested(), INCOME)
    assert page(told).tasks
    assert not card(told).ended


def test_nobody_is_told_that_nothing_is_asked_where_it_may_be_theirs() -> None:
    opposing = case(COMPLAINS, RECEIVED, asked("other_party"))
    assert page(opposing, reader=PARTY).nothing is None
    assert page(opposing, reader=COMPLAINANT).nothing
    untold = acting(Role.REPRESENTATIVE, None)
    assert page(case(COMPLAINS, RECEIVED, asked("complainant")), reader=untold).nothing is None


@pytest.mark.parametrize(
    "state",
    [
        case(RECEIVED, INCOME),
        case(RECEIVED, entered("zz_new")),
        case(RECEIVED, Unrecognised(type="zz_new")),
        case(RECEIVED, Decided(outcome="zz_new")),
        case(RECEIVED, Suspended(reason="court_case")),
        case(RECEIVED, UPHELD),
        case(RECEIVED, Decided(outcome="returned")),
        case(RECEIVED, COMPLETED),
        case(),
        case(FILED, asked("complainant", due=None)),
    ],
)
def test_nothing_to_do_is_not_said_where_it_is_not_certain(state: object) -> None:
    assert "act.nothing" not in codes(page(state))  # type: ignore[arg-type]


@pytest.mark.parametrize("stage", ["queued", "clarification", "hearing", "assessment", "meeting"])
def test_nothing_to_do_is_said_while_the_board_works(stage: str) -> None:
    assert page(case(RECEIVED, entered(stage))).nothing == Passage("act.nothing")


def test_nothing_to_do_is_said_while_the_authority_looks_again() -> None:
    assert page(case(FILED)).nothing == Passage("act.nothing")


def test_nothing_to_do_is_said_to_the_one_who_is_not_asked() -> None:
    state = case(RECEIVED, INCOME)
    assert page(state).nothing is None
    assert page(state, reader=PARTY).nothing


@pytest.mark.parametrize(
    ("addressee", "person", "reader", "said"),
    [
        ("zz_new", None, COMPLAINANT, False),
        ("zz_new", BENT, COMPLAINANT, False),
        ("party", None, COMPLAINANT, False),
        ("party", None, PARTY, False),
        ("party", BENT, COMPLAINANT, True),
        ("other_party", None, COMPLAINANT, True),
        ("other_party", None, PARTY, False),
        ("other_party", None, ACTING, False),
        ("doctor", None, COMPLAINANT, True),
        ("doctor", None, PARTY, True),
        ("doctor", None, ACTING, True),
    ],
)
def test_nothing_to_do_is_not_said_to_whom_it_may_concern(
    addressee: str, person: UUID | None, reader: Reader, *, said: bool
) -> None:
    # A code without words already silences the page; here it is its addressee alone that counts.
    state = replace(case(COMPLAINS, RECEIVED, asked(addressee, person)), unknown=())
    assert (page(state, reader=reader).nothing is not None) is said
