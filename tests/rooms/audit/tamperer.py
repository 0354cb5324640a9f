"""Somebody who may do anything to the database, and has neither the key nor the anchors.

Each attack is one way to make the log say something else; all are drawn at random.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import text

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    Row = dict[str, Any]

SAID = ("at", "act", "actor", "account_id", "role", "case_id", "page", "why")
PLACE = ("chain", "number", "key_id", "mac")
COLUMNS = (*SAID, *PLACE)


def free_hand(engine: Engine) -> None:
    """Take away whatever in the schema stands in the way."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            for name in ("audit_entries_stay", "audit_entries_stay_whole"):
                connection.exec_driver_sql(f"DROP TRIGGER {name} ON audit_entries")
            connection.exec_driver_sql(
                "ALTER TABLE audit_entries DROP CONSTRAINT uq_audit_entries_chain_number"
            )
            for column in COLUMNS:
                connection.exec_driver_sql(
                    f"ALTER TABLE audit_entries ALTER {column} DROP NOT NULL"
                )
            return
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'audit_entries'"
        ).scalar_one()
        open_ = re.sub(r",\s*CONSTRAINT uq_\w+ UNIQUE \([^)]*\)", "", made)
        connection.exec_driver_sql("DROP TABLE audit_entries")
        connection.exec_driver_sql(open_.replace(" NOT NULL", ""))


class Tamperer:
    """Tampers with the log in one open transaction."""

    def __init__(self, session: Session, dice: random.Random, backups: list[list[Row]]) -> None:
        self._session, self._dice, self._backups = session, dice, backups
        self._sqlite = session.get_bind().dialect.name == "sqlite"

    def rows(self) -> list[Row]:
        """All rows, as they lie."""
        found = self._session.execute(
            text(f"SELECT id, {', '.join(COLUMNS)} FROM audit_entries ORDER BY id")  # noqa: S608 - our names
        )
        return [dict(row) for row in found.mappings()]

    def attack(self) -> str:
        """Do one thing, and say which."""
        attacks: list[Callable[[list[Row]], object]] = [
            self.edit, self.edit, self.edit, self.edit, self.edit_many, self.delete,
            self.delete_many, self.cut, self.drop_chain, self.drop_all, self.invent, self.repeat,
            self.append_copied, self.copy_chain, self.move, self.swap_numbers, self.swap_said,
            self.swap_whole, self.restore, self.restore_chain, self.hide, self.renumber,
        ]  # fmt: skip
        chosen = self._dice.choice(attacks)
        chosen(self.rows())
        return chosen.__name__

    # --- One row at a time.

    def _set(self, row: Row, **values: object) -> None:
        sets = ", ".join(f"{name} = :{name}" for name in values)
        self._run(f"UPDATE audit_entries SET {sets} WHERE id = :id", id=row["id"], **values)  # noqa: S608 - our names

    def _delete(self, row: Row) -> None:
        self._run("DELETE FROM audit_entries WHERE id = :id", id=row["id"])

    def _insert(self, row: Row, **other: object) -> None:
        values = {**row, **other}
        values["id"] = 1_000_000 + self._dice.randrange(10**9)
        names = ("id", *COLUMNS)
        self._run(
            f"INSERT INTO audit_entries ({', '.join(names)}) "  # noqa: S608 - our names
            f"VALUES ({', '.join(f':{name}' for name in names)})",
            **{name: values[name] for name in names},
        )

    def _run(self, statement: str, **values: object) -> None:
        self._session.execute(text(statement), values)

    def edit(self, rows: list[Row]) -> None:
        """One value of one row."""
        row, column = self._dice.choice(rows), self._dice.choice(COLUMNS)
        self._set(row, **{column: self._other(row[column], column, rows)})

    def _other(self, value: Any, column: str, rows: list[Row]) -> Any:  # noqa: ANN401 - as it lies
        """Another value: somebody else's, none, or one that looks like it."""
        ways: list[Callable[[], Any]] = [lambda: self._dice.choice(rows)[column], lambda: None]
        if isinstance(value, bytes):
            place = self._dice.randrange(len(value) or 1)
            ways.append(lambda: value[:place] + bytes([value[place] ^ 1]) + value[place + 1 :])
        elif isinstance(value, int):
            ways.append(lambda: value + self._dice.choice((-1, 1, 1000, -value, -2 * value)))
        elif self._sqlite and isinstance(value, str):
            ways += [value.upper, lambda: f"{value} ", value.encode, lambda: "",
                     lambda: value[:-1] + "1", lambda: f"{value}\0", lambda: 7]  # fmt: skip
        elif isinstance(value, UUID):
            ways.append(lambda: UUID(int=value.int ^ 1))
        elif isinstance(value, str):
            ways += [value.upper, lambda: f"{value} ", lambda: "", lambda: f"{value}\u200b"]
        elif value is not None:
            ways.append(lambda: value.replace(microsecond=(value.microsecond + 1) % 1_000_000))
        elif column in {"account_id", "case_id"}:
            ways.append(lambda: "0" * 32)
        else:
            ways.append(lambda: "x")
        return self._dice.choice(ways)()

    def edit_many(self, rows: list[Row]) -> None:
        """One value of every row that has it: one person instead of another."""
        column = self._dice.choice(("account_id", "case_id", "actor"))
        value = self._dice.choice([row[column] for row in rows])
        new = self._dice.choice([row[column] for row in rows])
        for row in rows:
            if row[column] == value:
                self._set(row, **{column: new})

    def hide(self, rows: list[Row]) -> None:
        """Let a look be at another case, or nothing that a citizen is told."""
        row = self._dice.choice(rows)
        values = ({"act": "codes.viewed"}, {"case_id": None}, {"actor": "machine"},
                  {"act": "case.viewed\u00a0"})  # fmt: skip
        self._set(row, **self._dice.choice(values))

    def delete(self, rows: list[Row]) -> None:
        self._delete(self._dice.choice(rows))

    def delete_many(self, rows: list[Row]) -> None:
        """All looks at a case, or of an account."""
        column = self._dice.choice(("account_id", "case_id"))
        value = self._dice.choice([row[column] for row in rows if row[column] is not None])
        for row in rows:
            if row[column] == value:
                self._delete(row)

    # --- Whole chains.

    def _chain(self, rows: list[Row]) -> list[Row]:
        chain = self._dice.choice(sorted({str(row["chain"]) for row in rows}))
        return [row for row in rows if str(row["chain"]) == chain]

    def cut(self, rows: list[Row]) -> None:
        """The end of a chain."""
        chain = self._chain(rows)
        for row in chain[-self._dice.randint(1, len(chain)) :]:
            self._delete(row)

    def drop_chain(self, rows: list[Row]) -> None:
        for row in self._chain(rows):
            self._delete(row)

    def drop_all(self, rows: list[Row]) -> None:
        for row in rows:
            self._delete(row)

    def renumber(self, rows: list[Row]) -> None:
        """Take a row out, and close the gap."""
        chain = self._chain(rows)
        gone = self._dice.choice(chain)
        self._delete(gone)
        for row in chain:
            if row["number"] > gone["number"]:
                self._set(row, number=row["number"] - 1)

    def copy_chain(self, rows: list[Row]) -> None:
        """All of a chain under a new name, with or without the old one."""
        name = self._name(rows)
        for row in self._chain(rows):
            self._insert(row, chain=name)
            if self._dice.random() < 0.5:
                self._delete(row)

    def _name(self, rows: list[Row]) -> Any:  # noqa: ANN401 - as the database has it
        made = UUID(int=self._dice.getrandbits(128))
        return made if isinstance(rows[0]["chain"], UUID) else made.hex

    # --- New rows of old ones.

    def invent(self, rows: list[Row]) -> None:
        """An entry that never was, at the end of a chain or in a new one."""
        last = self._chain(rows)[-1]
        other = {"chain": self._name(rows), "number": 1} if self._dice.random() < 0.5 else {
            "number": last["number"] + 1}  # fmt: skip
        self._insert(last, mac=self._dice.randbytes(32), **other)

    def repeat(self, rows: list[Row]) -> None:
        """The same row twice."""
        self._insert(self._dice.choice(rows))

    def append_copied(self, rows: list[Row]) -> None:
        """A row of one chain at the end of another, or of its own."""
        last = self._chain(rows)[-1]
        self._insert(self._dice.choice(rows), chain=last["chain"], number=last["number"] + 1)

    def move(self, rows: list[Row]) -> None:
        """A row to another chain, in place of the one that stands there."""
        one, other = self._dice.sample(rows, 2)
        self._set(one, chain=other["chain"], number=other["number"])
        self._delete(other)

    # --- Another order.

    def swap_numbers(self, rows: list[Row]) -> None:
        self._swap(self._dice.sample(self._chain(rows) * 2, 2), ("number",))

    def swap_said(self, rows: list[Row]) -> None:
        self._swap(self._dice.sample(rows, 2), SAID)

    def swap_whole(self, rows: list[Row]) -> None:
        """What was said, with its code, at the other's place."""
        self._swap(self._dice.sample(rows, 2), (*SAID, "mac"))

    def _swap(self, pair: list[Row], columns: tuple[str, ...]) -> None:
        one, other = pair
        self._set(one, **{name: other[name] for name in columns})
        self._set(other, **{name: one[name] for name in columns})

    # --- Backups.

    def restore(self, rows: list[Row]) -> None:
        """The whole log, as it was at some time before."""
        self.drop_all(rows)
        for row in self._dice.choice(self._backups):
            self._insert(row)

    def restore_chain(self, rows: list[Row]) -> None:
        """One chain, as it was at some time before."""
        chain = self._chain(rows)
        for row in chain:
            self._delete(row)
        for row in self._dice.choice(self._backups):
            if row["chain"] == chain[0]["chain"]:
                self._insert(row)
