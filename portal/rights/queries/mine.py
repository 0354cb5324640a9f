"""Whose data are read: what every statement about one person is bound to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from portal.rights.words import Rows

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from portal.rights.words import Value
    from portal.vault import Vault


class Mine(NamedTuple):
    """One person, who has signed in, on one day."""

    session: Session
    vault: Vault
    person: UUID
    today: date

    def all(self, asked: Select[*tuple[Any, ...]]) -> list[Any]:
        """The rows of a statement that names the parameters `person` and perhaps `today`."""
        return list(self.session.execute(asked, {"person": self.person, "today": self.today}))

    def rows(self, table: str, asked: Select[*tuple[Any, ...]]) -> Rows:
        """The same, as they are shown."""
        return Rows(table, _names(asked), tuple(tuple(row) for row in self.all(asked)))

    def by_case(self, table: str, asked: Select[*tuple[Any, ...]]) -> dict[UUID, Rows]:
        """The same by case, which is the first column and is taken off."""
        found: dict[UUID, list[tuple[Value, ...]]] = defaultdict(list)
        for row in self.all(asked):
            found[row[0]].append(tuple(row[1:]))
        none = Rows(table, _names(asked)[1:], ())
        return defaultdict(
            lambda: none,
            {case: Rows(table, none.columns, tuple(rows)) for case, rows in found.items()},
        )


def _names(asked: Select[*tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(str(column.name) for column in asked.selected_columns)
