"""Back out again: a person's own cases, as Mit Overblik lists them.

The number of the person stands in the body alone: never in an address, and so in no log.
"""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn, cast
from uuid import UUID, uuid4

import msgspec
from flask import current_app, request

from portal import clock
from portal.api import api
from portal.api.guard import OVERVIEW, require
from portal.api.problems import Problem
from portal.audit.actions import record
from portal.audit.words import Act, Actor, Entry
from portal.cases.queries import cases_of
from portal.cases.words import Area, Role
from portal.feed.rules.overview import overview_of
from portal.feed.words import OVERVIEW_NAMES
from portal.identity.queries import person_by_cpr
from portal.request import at_once, db
from portal.vault import CprError

if TYPE_CHECKING:
    from datetime import date

    from portal.cases.words import SeenCase
    from portal.explanations.words import Texts
    from portal.vault import Vault

ADDRESS = "/hentsagsliste/v2.0.0"
KIND = "application/json"
OWN = {Role.COMPLAINANT, Role.PARTY}  # what somebody represents is another's overview


class Asked(msgspec.Struct, forbid_unknown_fields=True):
    """Whose cases are asked for."""

    cprNummer: str  # noqa: N815 - a name of the interface


NEVER = datetime.min.replace(tzinfo=UTC)
ASKED = msgspec.json.Decoder(Asked)  # taken apart before there are threads


@api.post(ADDRESS)
def overview() -> dict[str, Any]:
    """The cases of one person, the one that something happened in last before the others."""
    client = require(OVERVIEW).client
    person = _person(_asked())
    now = clock.now()
    found = [case for case in cases_of(db(), person, clock.day_of(now)) if case.role in OWN]
    found.sort(key=lambda case: case.state.last_event or NEVER, reverse=True)
    for case in found:
        with at_once() as connection:
            record(connection, Entry(now, Act.CASE_LISTED, Actor.MACHINE, None, case.role,
                                     case.id, request.endpoint, client))  # fmt: skip
    return {"sager": [_listed(case) for case in found]}


def _asked() -> str:
    """The number in the body. Raises Problem, which never repeats it."""
    if request.mimetype != KIND:
        detail = f"send {KIND}"
        raise Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)
    try:
        return ASKED.decode(request.get_data(cache=False)).cprNummer
    except msgspec.ValidationError:
        _refuse()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        detail = "the body is not JSON"
        raise Problem(HTTPStatus.BAD_REQUEST, "not-json", detail) from None


def _person(number: str) -> UUID:
    """The person with this number; a key that is nobody's where there is none.

    Nobody's cases are looked up as anybody's are: the answer is the same, and so is its time.
    """
    vault = cast("Vault", current_app.extensions["vault"])
    try:
        return person_by_cpr(db(), vault, number) or uuid4()
    except CprError:
        _refuse()


def _refuse() -> NoReturn:
    detail = "the body must be an object with a CPR number as cprNummer, and nothing else"
    raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "not-a-person", detail) from None


def _listed(case: SeenCase) -> dict[str, Any]:
    state, status = case.state, overview_of(case.state)
    area = state.area if state.area in set(Area) else "unknown"
    texts = cast("Texts", current_app.extensions["texts"])
    address = f"{current_app.extensions['public_url']}/sager/{case.id}"
    return {
        "sagsnummer": state.number,
        "titel": texts["da", f"area.{area}.heading"].citizen,
        "status": int(status),
        "statusTekst": OVERVIEW_NAMES[status],
        "oprettet": _day(state.filed or state.received),
        "senestOpdateret": state.last_event.isoformat() if state.last_event else None,
        "link": address,
    }


def _day(on: date | None) -> str | None:
    return on.isoformat() if on else None
