"""Everything that is held about one person, beside the cases: cases.py has those.

Each statement asks for the person in its WHERE. held.toml says, for each table and column of the
portal, that it is shown or why it is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import String, Uuid, and_, bindparam, cast, func, literal, select

from portal.audit.models import AuditEntry
from portal.audit.words import Actor
from portal.cases.models import Case, CaseParty
from portal.cases.queries import VISIBLE, hidden_from
from portal.clock import day_of
from portal.identity.models import Account, Person
from portal.identity.rules import about_cpr, about_name
from portal.identity_log.models import SignInAttempt
from portal.kept_forms.models import KeptForm
from portal.panels.models import Volunteer
from portal.panels.rules import about_called, about_contact
from portal.participation.models import ParticipationToken
from portal.rights.queries import OWN_ROLES, opened, requests_of
from portal.rights.queries.cases import cases_held
from portal.rights.queries.mine import Mine
from portal.rights.rules import masked
from portal.rights.words import Held, Rows
from portal.sign_ins.models import SignIn

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from sqlalchemy.orm import Session

    from portal.vault import Vault

PERSON = bindparam("person", type_=Uuid())
ACCOUNTS = select(Account.id).where(Account.person_id == PERSON)
CITIZEN = "citizen"  # the kind of account, as sessions and kept forms name it


def held_about(session: Session, vault: Vault, person: UUID, now: datetime) -> Held:
    """All of it, as it is now. The person must be the one who has signed in."""
    mine = Mine(session, vault, person, day_of(now))
    row = session.execute(select(Person).where(Person.id == person)).scalar_one()
    cpr = opened(vault, row.cpr_sealed, about_cpr(person))
    return Held(
        now,
        opened(vault, row.name_sealed, about_name(person)),
        masked(cpr) if cpr else None,
        row.created_at,
        tuple(part(mine) for part in PARTS),
        cases_held(mine),
        hidden_from(session, person, mine.today),
    )


def _accounts(mine: Mine) -> Rows:
    asked = select(Account.issuer, Account.subject, Account.loa, Account.last_sign_in_at)
    return mine.rows("accounts", asked.where(Account.person_id == PERSON).order_by(Account.id))


def _attempts(mine: Mine) -> Rows:
    """By issuer and subject: the identity log knows no person."""
    log = SignInAttempt
    asked = select(
        log.at, log.outcome, log.issuer, log.level, log.provider_session, log.transaction
    ).join(Account, and_(Account.issuer == log.issuer, Account.subject == log.subject))
    wanted = asked.where(Account.person_id == PERSON, log.audience == CITIZEN)
    return mine.rows("sign_in_attempts", wanted.order_by(log.at.desc(), log.id.desc()))


def _sessions(mine: Mine) -> Rows:
    asked = select(
        SignIn.started_at, SignIn.ended_at, SignIn.ended_why, SignIn.device,
        SignIn.issuer, SignIn.provider_session,
    )  # fmt: skip
    wanted = asked.where(SignIn.kind == CITIZEN, SignIn.account_id.in_(ACCOUNTS))
    return mine.rows("sign_ins", wanted.order_by(SignIn.started_at.desc(), SignIn.id))


def _kept_forms(mine: Mine) -> Rows:
    """Of these the moment alone: what was typed is given back at sign-in."""
    name = literal(f"{CITIZEN}:") + func.replace(cast(Account.id, String), "-", "")
    named = func.replace(KeptForm.account, "-", "")
    asked = select(KeptForm.kept_at).join(Account, named == name)
    return mine.rows("kept_forms", asked.where(Account.person_id == PERSON))


def _acts(mine: Mine) -> Rows:
    """What the person has done here. Who looked at the cases stands with each case."""
    entry = AuditEntry
    asked = select(entry.at, entry.act, entry.role, entry.page, entry.why).where(
        entry.actor == Actor.CITIZEN, entry.account_id.in_(ACCOUNTS)
    )
    return mine.rows("audit_entries", asked.order_by(entry.at.desc(), entry.id.desc()))


def _acting(mine: Mine) -> Rows:
    """Cases in which the person acts for another: that alone, as the rest is the other's."""
    number = Case.state["number"].as_string().label("number")
    asked = select(number, CaseParty.role, CaseParty.relation, CaseParty.since, CaseParty.until)
    acting = asked.join(Case, Case.id == CaseParty.case_id).where(
        CaseParty.person_id == PERSON,
        CaseParty.role.not_in(OWN_ROLES),
        CaseParty.case_id.in_(VISIBLE),
    )
    return mine.rows("case_parties", acting.order_by(number, CaseParty.id))


def _volunteer(mine: Mine) -> Rows:
    columns = ("kinds", "reach", "contact_sealed", "called_sealed", "consent_version", "agreed_on",
               "last_day")  # fmt: skip
    found = mine.session.scalars(select(Volunteer).where(Volunteer.person_id == mine.person))
    return Rows(
        "volunteers",
        columns,
        tuple(
            (
                tuple(one.kinds),
                one.reach,
                opened(mine.vault, one.contact_sealed, about_contact(mine.person)),
                opened(mine.vault, one.called_sealed, about_called(mine.person)),
                one.consent_version,
                one.agreed_on,
                one.last_day,
            )
            for one in found
        ),
    )


def _tokens(mine: Mine) -> Rows:
    token = ParticipationToken
    number = Case.state["number"].as_string().label("number")
    asked = select(number, token.decision, token.cohort, token.blinded).join(
        Case, Case.id == token.case_id
    )
    wanted = asked.where(token.person_id == PERSON, token.case_id.in_(VISIBLE))
    found = mine.all(wanted.order_by(number, token.decision))
    columns = ("number", "decision", "cohort", "blinded")
    return Rows(
        "participation_tokens",
        columns,
        tuple((row[0], row[1], row[2], row[3].hex()) for row in found),
    )


def _requests(mine: Mine) -> Rows:
    columns = ("kind", "about", "made_at", "due", "text_sealed", "answered_at", "verdict",
               "answer_sealed")  # fmt: skip
    found = requests_of(mine.session, mine.vault, mine.person)
    return Rows(
        "rights_requests",
        columns,
        tuple(
            (a.right, a.about, a.made_at, a.due, a.text, a.answered_at, a.verdict, a.answer)
            for a in found
        ),
    )


PARTS = (
    _accounts,
    _sessions,
    _attempts,
    _acting,
    _volunteer,
    _tokens,
    _requests,
    _kept_forms,
    _acts,
)
