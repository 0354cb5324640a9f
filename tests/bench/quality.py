"""A quarter of 1,000,000 answers and 200,000 texts: how long closing takes, and its page.

By itself: `python -m tests.bench quality`.
"""

from __future__ import annotations

import json
import resource
import time
from datetime import date
from statistics import quantiles
from typing import TYPE_CHECKING

import numpy as np
import psycopg
from flask import Response, session
from flask_login import login_user
from sqlalchemy.orm import Session

from portal import clock
from portal.app import create_app
from portal.db import engine_for
from portal.feedback.words import TextState
from portal.figures.actions import close
from portal.identity.actions import sign_in_staff
from portal.identity.queries import staff_account_of
from portal.identity.words import StaffClaims, StaffRole
from portal.keys.queries import vault_of
from portal.organisation.actions import take_in
from portal.organisation.words import Organisation, ToldDepartment, ToldOffice
from portal.pages import sessions
from portal.participation.rules import plans_of
from portal.participation.words import Group, Quarter
from portal.questionnaire.queries import questionnaires
from portal.questionnaire.words import Dimension, Kind
from tests.bench import tables
from tests.bench.ground import ground, serving
from tests.bench.load import Visit, latencies
from tests.bench.loading import copied_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bench.ground import Database

QUARTER = Quarter(2026, 1)
CLOSED_ON = date(2026, 10, 1)
RATE = 5  # looks a second
PAGE = f"/medarbejder/tal/{QUARTER.year}-{QUARTER.number}"
OUTCOMES = ("better", "same", "sent_back", "dismissed", "unknown")
DIFFERENT = 5_000  # answers that are made; the others say the same as one of them

Row = tuple[object, ...]


def run(effort: tables.Effort) -> str:
    """Measure, and give the table back as Markdown."""
    small = effort.rounds < tables.FULL.rounds
    answers, texts = (20_000, 4_000) if small else (1_000_000, 200_000)
    with ground() as base:
        database = base.database()
        _load(database.dsn, answers, texts)
        began = time.perf_counter()
        _close(database)
        took = time.perf_counter() - began
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        visit = Visit(PAGE, _cookie(database))
        with serving(database, "wsgi:app") as port:
            latencies(port, [visit], 2, RATE)
            late = latencies(port, [visit], effort.steady, RATE)
    shares = quantiles(late, n=100)
    return tables.table(
        ("", "measured", "bar"),
        [
            f"| closing a quarter of {answers:,} answers | {took:.1f} s | 300 s |",
            f"| memory that it held at most | {memory:.0f} MB | |",
            f"| the page of its figures, at {RATE} a second, p50 | {shares[49]:.0f} ms | |",
            f"| the same, p95 | {shares[94]:.0f} ms | 150 ms |",
        ],
    )


def _close(database: Database) -> None:
    engine = engine_for(database.settings.database_url, 600)
    with Session(engine) as opened:
        offices = tuple(
            ToldOffice(f"office{n}", f"Kontor {n}", f"dep{n % 2}", (str(group),), date(2020, 1, 1))
            for n, group in enumerate(Group)
        )
        departments = (ToldDepartment("dep0", "Øst"), ToldDepartment("dep1", "Vest"))
        take_in(opened, Organisation(departments, offices), QUARTER.first)
        close(opened, QUARTER, CLOSED_ON)
        opened.commit()
    engine.dispose()


def _cookie(database: Database) -> str:
    """The session of somebody who looks at figures."""
    app = create_app(database.settings)
    vault = vault_of(database.settings)
    claims = StaffClaims("urn:bench", "q", None, frozenset({StaffRole.QUALITY}))
    with Session(app.extensions["engine"]) as opened:
        user = sign_in_staff(opened, vault, claims, clock.now())
        opened.commit()
        found = staff_account_of(opened, vault, user.id)
    with app.test_request_context("/", base_url="http://127.0.0.1"):
        login_user(found)
        session[sessions.SIGNED_IN_AT] = int(clock.now().timestamp())
        app.session_interface.save_session(app, session, Response())
        cookie = f"{app.config['SESSION_COOKIE_NAME']}={getattr(session, 'sid')}"  # noqa: B009 - Flask's type knows no id
    app.extensions["engine"].dispose()
    return cookie


def _load(dsn: str, answers: int, texts: int) -> None:
    random = np.random.default_rng(6)
    plans = list(plans_of(QUARTER, {str(group): 900 for group in Group}))
    made = list(_answers(random))
    cohort = random.integers(0, len(plans), answers)
    which = random.integers(0, len(made), answers)
    with psycopg.connect(dsn) as connection:
        copied_in(
            connection,
            "participation_cohorts (name, groups, public, private_sealed, issue_from, "
            "issue_until, redeem_until, invited)",
            (
                (one.name, json.dumps(one.groups), b"", None, one.issue_from, one.issue_until,
                 one.redeem_until, answers)
                for one in plans
            ),
        )  # fmt: skip
        copied_in(
            connection,
            "feedback_ratings (key, cohort, version, lang, ratings, choices)",
            (
                (f"{number:032x}", plans[place].name, "2026-1", *made[one])
                for number, (place, one) in enumerate(zip(cohort, which, strict=True))
            ),
        )
        copied_in(
            connection,
            "feedback_texts (key, cohort, version, lang, question, text, state)",
            (
                (f"{number:032x}", plans[number % len(plans)].name, "2026-1", "da",
                 "went_well_text", f"Det gik godt, nummer {number}.", TextState.RELEASED)
                for number in range(texts)
            ),
        )  # fmt: skip
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _answers(random: np.random.Generator) -> Iterator[Row]:
    """What an answer may say: a language, ratings and choices as JSON."""
    asked = questionnaires()[-1]
    for _ in range(DIFFERENT):
        ratings = {
            one.code: str(random.choice(one.answers))
            for one in asked.questions(Kind.RATING)
            if random.random() < 0.95
        }
        outcome = next(one.code for one in asked.questions() if one.dimension is Dimension.OUTCOME)
        ratings[outcome] = str(random.choice(OUTCOMES, p=[0.3, 0.4, 0.2, 0.05, 0.05]))
        choices = {
            one.code: [option for option in one.options if random.random() < 0.3]
            for one in asked.questions(Kind.CHOICES)
        }
        lang = str(random.choice(["da", "da-simple", "en"], p=[0.8, 0.1, 0.1]))
        yield lang, json.dumps(ratings), json.dumps(choices)
