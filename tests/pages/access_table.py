"""Who may see what, written down a second time, by hand: nothing here is taken from the code."""

from __future__ import annotations

from typing import NamedTuple

from tests.pages.access_noted import FORMATS, QUIET, VIEWED

CASE = "{case}"


class Row(NamedTuple):
    """A page: its address, and whom it is for."""

    path: str
    # anyone, citizen, staff, a role of staff, or part: those who have a part in the case
    who: str
    status: int = 200  # for those whom it is for
    method: str = "GET"


# Every endpoint of the app stands here; a new one without a row fails the test.
PAGES = {
    "health.live": Row("/health/live", "anyone"),
    "health.ready": Row("/health/ready", "anyone"),
    "api.events": Row("/api/v1/events", "anyone", 503, "POST"),  # closed: no issuer of tokens
    "api.overview": Row("/hentsagsliste/v2.0.0", "anyone", 503, "POST"),  # closed, as above
    "api.figures": Row("/api/v1/figures", "anyone", 503),  # closed, as above
    "api.figures_quarter": Row("/api/v1/figures/2026-3", "anyone", 503),  # closed, as above
    "api.themes_quarter": Row("/api/v1/themes/2026-3", "anyone", 503),  # closed, as above
    "api.openapi": Row("/api/v1/openapi.json", "anyone"),
    "api.schema": Row("/api/v1/schemas/{case}.json", "anyone", 404),  # no such type
    "public.home": Row("/", "anyone"),
    "public.terms": Row("/ord", "anyone"),
    "public.accessibility": Row("/tilgaengelighed", "anyone"),
    "public.estimates": Row("/skoen", "anyone"),
    "public.statistics": Row("/tal", "anyone"),
    "public.statistics_year": Row("/tal/2019", "anyone", 404),  # no such year
    "public.statistics_csv": Row("/tal/2019.csv", "anyone", 404),  # as above
    "public.statistics_json": Row("/tal/2019.json", "anyone", 404),  # as above
    "public.statistics_fields": Row("/tal/felter.csv", "anyone"),
    "public.changes": Row("/i-sagde-vi-gjorde", "anyone"),
    "public.participation_keys": Row("/deltagelse/noegler", "anyone"),
    "public.participation_list": Row("/deltagelse/noegler.jsonl", "anyone"),
    "public.problem": Row("/tilgaengelighed/problem", "anyone"),
    # Without a form token; with one: tests/pages/test_problems.py.
    "public.problem_send": Row("/tilgaengelighed/problem", "anyone", 400, "POST"),
    "public.problem_receipt": Row(f"/tilgaengelighed/problem/{CASE}", "anyone", 404),  # no such one
    "public.was": Row("/was", "anyone", 301),
    "public.cookies": Row("/cookies", "anyone"),
    "public.reading_choices": Row("/laesning", "anyone"),
    "public.reading_choose": Row("/laesning", "anyone", 400, "POST"),  # without a form token
    "public.security": Row("/.well-known/security.txt", "anyone"),
    "public.sign_in": Row("/log-ind", "anyone"),
    "public.sign_in_return": Row("/log-ind/retur", "anyone", 400),
    "public.staff_sign_in": Row("/medarbejder/log-ind", "anyone"),
    "public.staff_sign_in_return": Row("/medarbejder/retur", "anyone", 400),
    # Without a logout token; with one: tests/pages/public/test_outside.py.
    "public.ended_outside": Row("/log-ind/udefra", "anyone", 400, "POST"),
    "public.staff_ended_outside": Row("/medarbejder/udefra", "anyone", 400, "POST"),
    "public.sign_out": Row("/log-ud", "anyone", 400, "POST"),  # without a form token
    "public.signed_out": Row("/logget-ud", "anyone"),
    "public.session": Row("/session", "anyone"),
    "public.session_extend": Row("/session/forlaeng", "anyone", 400, "POST"),  # as above
    "public.session_drop": Row("/session/kasser", "anyone", 400, "POST"),  # as above
    "citizen.sessions": Row("/mine-sessioner", "citizen"),
    "staff.sessions": Row("/medarbejder/mine-sessioner", "staff"),
    "citizen.cases": Row("/sager", "citizen"),
    "citizen.views": Row("/sager/indsigt", "citizen"),
    "citizen.case": Row(f"/sager/{CASE}", "part"),
    "citizen.case_print": Row(f"/sager/{CASE}/udskrift", "part"),
    "citizen.case_calendar": Row(f"/sager/{CASE}/kalender.ics", "part"),
    "citizen.case_views": Row(f"/sager/{CASE}/indsigt", "part"),
    "citizen.case_events": Row(f"/sager/{CASE}/haendelser", "part"),
    # Without a form token; with one: tests/pages/test_participation.py.
    "citizen.participation": Row(f"/sager/{CASE}/deltagelse", "part", 400, "POST"),
    "citizen.panels": Row("/deltag", "citizen"),
    "citizen.panels_leave": Row("/deltag/framelding", "citizen", 400, "POST"),  # no form token
    "citizen.my_data": Row("/dine-oplysninger", "citizen"),
    "citizen.my_data_json": Row("/dine-oplysninger.json", "citizen"),
    "citizen.my_data_pdf": Row("/dine-oplysninger.pdf", "citizen"),
    "citizen.profiling": Row("/dine-oplysninger/profilering", "citizen"),
    "citizen.correction": Row("/dine-oplysninger/ret", "citizen"),
    "citizen.erasure": Row("/dine-oplysninger/slet", "citizen"),
    # No such request; those of others: tests/pages/test_rights.py.
    "citizen.rights_request": Row(f"/dine-oplysninger/anmodninger/{CASE}", "citizen", 404),
    "staff.access_log": Row("/medarbejder/adgangslog", "protects"),
    # Without a form token; with one: tests/pages/test_access_log.py.
    "staff.access_log_search": Row("/medarbejder/adgangslog", "protects", 400, "POST"),
    "staff.rights_requests": Row("/medarbejder/anmodninger", "protects"),
    "staff.rights_request": Row(f"/medarbejder/anmodninger/{CASE}", "protects", 404),
    "staff.home": Row("/medarbejder", "staff"),
    "staff.problems": Row("/medarbejder/problemer", "texts"),
    "staff.problem": Row(f"/medarbejder/problemer/{CASE}", "texts", 404),  # no such report
    "staff.codes": Row("/medarbejder/koder", "texts"),
    "staff.quarantine": Row("/medarbejder/karantaene", "texts"),
    "staff.estimates": Row("/medarbejder/skoen", "quality"),
    "staff.owed": Row("/medarbejder/svar", "quality"),
    "staff.release": Row("/medarbejder/frigivelse", "release"),
    "staff.released": Row("/medarbejder/frigivelse/frigivne", "release"),
    "staff.release_text": Row(f"/medarbejder/frigivelse/{CASE}", "release", 404),  # no such text
    "staff.volunteers": Row("/medarbejder/deltagere", "panel"),
    "staff.figures": Row("/medarbejder/tal", "figures"),
    # No quarter is closed here; where some are: tests/pages/test_figures.py, test_reports.py.
    "staff.figures_chart": Row("/medarbejder/tal/2026-3/office:x/da/x.wide.svg", "figures", 404),
    "staff.figures_export": Row("/medarbejder/tal/2026-3.csv", "figures", 404),
    "staff.figures_dictionary": Row("/medarbejder/tal/ordbog", "figures"),
    "staff.reports": Row("/medarbejder/rapporter", "figures"),
    "staff.report": Row("/medarbejder/rapporter/2026-h1/office:x", "figures", 404),
    "staff.report_pdf": Row("/medarbejder/rapporter/2026-h1/office:x.pdf", "figures", 404),
    "staff.report_chart": Row(
        "/medarbejder/rapporter/2026-h1/office:x/da/x.wide.svg", "figures", 404
    ),
    "staff.report_issue": Row(  # without a form token
        "/medarbejder/rapporter/2026-h1/office:x/udgiv", "themes", 400, "POST"
    ),
    "staff.coding": Row("/medarbejder/kodning", "codes"),
    "staff.coding_text": Row(f"/medarbejder/kodning/{CASE}", "codes", 404),  # no such text
    "staff.codebook": Row("/medarbejder/kodebog", "themes"),
    "staff.codebook_theme": Row("/medarbejder/kodebog/tema/{case}", "themes", 404),  # none
    "staff.codebook_new": Row("/medarbejder/kodebog/nyt", "themes"),
    "staff.codebook_agreement": Row("/medarbejder/kodebog/enighed", "themes"),
    "staff.proposals": Row("/medarbejder/kodebog/forslag", "themes"),
    "staff.themes": Row("/medarbejder/temaer", "figures"),
    "staff.themes_unit": Row(
        "/medarbejder/temaer/2020-1/agency:agency", "figures", 404
    ),  # not closed
    "staff.themes_search": Row("/medarbejder/temaer/soeg", "figures"),
    "staff.themes_quotes": Row("/medarbejder/temaer/2020-1/citater", "themes", 404),  # as above
    "staff.themes_close": Row("/medarbejder/temaer/2020-1/luk", "administers", 400, "POST"),
    "staff.changes": Row("/medarbejder/aendringer", "figures"),
    "staff.change": Row(f"/medarbejder/aendringer/{CASE}", "figures", 404),  # no such change
    "staff.change_new": Row("/medarbejder/aendringer/ny", "themes"),
    "staff.change_edit": Row(f"/medarbejder/aendringer/{CASE}/ret", "themes", 404),
    # Without a form token; with one: tests/pages/test_changes.py.
    "staff.change_move": Row(f"/medarbejder/aendringer/{CASE}/status", "themes", 400, "POST"),
    "staff.change_words": Row(f"/medarbejder/aendringer/{CASE}/tekst", "edits", 404),
    "staff.change_look": Row(f"/medarbejder/aendringer/{CASE}/eftersyn", "edits", 404),
    "staff.ideas": Row("/medarbejder/ideer", "figures"),
    "staff.idea_new": Row("/medarbejder/ideer/ny", "themes"),
    "staff.idea": Row(f"/medarbejder/ideer/{CASE}", "themes", 404),
}

STAFF = {
    "tekst": {"staff", "texts"},
    "kvalitet": {"staff", "quality", "figures"},
    "frigiver": {"staff", "release"},
    "inviterer": {"staff", "panel"},
    "koder": {"staff", "figures", "codes"},
    "anden": {"staff", "figures", "codes"},
    "temaejer": {"staff", "figures", "themes"},
    "redaktor": {"staff", "figures", "edits"},
    "administrator": {"staff", "figures", "administers"},
    "databeskytter": {"staff", "protects"},
    "roleless": set[str](),
}
CITIZENS = (
    "amalie", "bjorn", "yusuf", "fatima", "jens", "maja", "camilla", "holger", "helle", "thi",
    "palle", "rosa", "noor", "kasper", "advokat",
)  # fmt: skip
# A cookie that once was good, or never was: as good as none.
GHOSTS = ("nobody", "signed-out", "past-the-limit", "without-a-moment", "forged", "unknown-account")

# Each case with those who may see it, and as whom.
PARTS = {
    "26-10101": {"amalie": "complainant"},
    "26-10201": {"bjorn": "complainant"},
    "26-10303": {"yusuf": "complainant", "thi": "representative"},
    "26-10404": {"fatima": "complainant", "jens": "party"},
    "26-11301": {"maja": "complainant", "camilla": "parent"},
    "26-11302": {"maja": "complainant"},  # the mother's relation is not told
    "26-11401": {"holger": "complainant", "helle": "guardian"},
    "26-11501": {"amalie": "complainant"},  # her power of attorney was called back
    "26-11502": {"bjorn": "complainant"},  # his ran out
    "26-11601": {},  # withheld
    "26-11602": {"holger": "complainant"},  # withheld for a while
    "26-12105": {"advokat": "representative"},  # her client is not among those who ask
    "26-19001": {"maja": "complainant"},  # a power that has not begun, a part that nobody knows
    "26-19002": {"kasper": "complainant"},  # also a representative; another's part has ended
    "missing": {},
}

# Whose last days there are to put into a calendar: an answer, or the Ombudsman's year.
DUE = {
    ("26-10404", "jens"),
    ("26-11401", "holger"),
    ("26-11401", "helle"),
    ("26-11501", "amalie"),
}


def expected(person: str, row: Row, case: str | None) -> int:
    """The status that this person is to be answered with."""
    if row.who == "anyone":
        return _already_in(person, row) or row.status
    groups = STAFF.get(person) or ({"citizen"} if person in CITIZENS else set())
    if row.who == "part":
        if person not in CITIZENS:
            return 403 if person in STAFF else 303
        if row.method == "POST":
            return row.status  # before anybody asks whose the case is
        seen = person in PARTS[str(case)]
        return row.status if seen and not _nothing_due(person, row, case) else 404
    if row.who in groups:
        return row.status
    return 403 if person in STAFF or person in CITIZENS else 303


def _nothing_due(person: str, row: Row, case: str | None) -> bool:
    """There is no calendar where no last day counts for the reader."""
    return row.path.endswith("kalender.ics") and (case, person) not in DUE


def _already_in(person: str, row: Row) -> int | None:
    """Who has signed in is led on from the page to do so; who has not, from signing out."""
    citizen = row.path == "/log-ind" and person in CITIZENS
    staff = row.path == "/medarbejder/log-ind" and person in STAFF
    out = row.path == "/log-ud" and person not in CITIZENS and person not in STAFF
    return 303 if citizen or staff or out else None


def noted(person: str, endpoint: str, row: Row, case: str | None) -> tuple[str, str, str] | None:
    """The one line of the audit log that the request leaves: act, actor, reason. None for none."""
    kind = "staff" if person in STAFF else "citizen" if person in CITIZENS else "nobody"
    status = expected(person, row, case)
    if endpoint.endswith("sign_in_return"):
        return "sign_in.refused", kind, "unknown_state"
    quiet = endpoint in QUIET and status == 200
    if row.who == "anyone" or quiet or status == 400:
        return None
    if status == 200 or (endpoint in VIEWED and status == row.status):
        return VIEWED.get(endpoint, "case.viewed"), kind, FORMATS.get(endpoint, "")
    if status == 404 and case is not None and person in PARTS[case]:
        return "case.viewed", kind, ""
    if status == 404:
        return "case.refused" if case else "page.refused", kind, "not_found"
    return "page.refused", kind, "not_for_you" if status == 403 else "not_signed_in"
