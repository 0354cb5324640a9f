"""Long lists in pages: nothing is left out, and the page says where in the list it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from flask import request

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = "side"  # the parameter that names the page, counted from 1
LONGEST = 6  # digits


@dataclass(frozen=True, slots=True)
class Paging:
    page: int
    pages: int


Item = TypeVar("Item")


def asked_page() -> int:
    """The number of the page that is asked for; 1 where it is none."""
    asked = request.args.get(PAGE, "")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) <= LONGEST else 1


def paged(items: Sequence[Item], size: int) -> tuple[list[Item], Paging]:
    """The items of the page that is asked for; of the nearest one where there is no such page."""
    pages = max(1, -(-len(items) // size))
    page = min(asked_page(), pages)
    return list(items[(page - 1) * size : page * size]), Paging(page, pages)
