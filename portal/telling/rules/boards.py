"""Areas in which a board (nævn) decides. Ankestyrelsen is its secretariat and decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.cases.words import Area
from portal.explanations.words import BOARD_AREAS, Passage

if TYPE_CHECKING:
    from portal.cases.words import State


# There the board decides first: no authority's decision is complained of.
FIRST = frozenset({Area.EQUAL_TREATMENT, Area.PSYCHOLOGISTS})

# As case systems name the boards. None of them is the authority that a complaint is about.
NAMES = frozenset(
    {
        "adoptionsnævnet",
        "ankenævnet for su-støtteordninger",
        "ankestyrelsen",
        "arbejdsmiljøklagenævnet",
        "klagenævnet for specialundervisning",
        "ligebehandlingsnævnet",
        "psykolognævnet",
    }
)


def decides(state: State) -> bool:
    """Whether a board decides the case, and not Ankestyrelsen."""
    return state.area in BOARD_AREAS


def decides_first(state: State) -> bool:
    return state.area in FIRST


def who(state: State) -> Passage | None:
    """Who decides, and whom the page means by "we"; nothing where that is Ankestyrelsen itself."""
    return Passage(f"board.{state.area}.who") if decides(state) else None


def short(state: State) -> Passage | None:
    return Passage(f"board.{state.area}.short") if decides(state) else None


def complained_of(state: State) -> str | None:
    """The authority whose decision is complained of, where there is one."""
    told = state.authority
    if told is None or decides_first(state) or told.strip().casefold() in NAMES:
        return None
    return told
