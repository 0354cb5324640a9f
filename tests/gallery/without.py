"""Endpoints that have no state in the gallery, each with the reason."""

from __future__ import annotations

FILE = "a file, not a page"
MACHINES = "for machines"
LEADS = "only leads on"

WITHOUT = {
    "health.live": MACHINES,
    "health.ready": MACHINES,
    "api.events": MACHINES,
    "api.overview": MACHINES,
    "api.figures": MACHINES,
    "api.figures_quarter": MACHINES,
    "api.themes_quarter": MACHINES,
    "api.openapi": MACHINES,
    "api.schema": MACHINES,
    "public.security": FILE,
    "public.statistics_csv": FILE,
    "public.statistics_json": FILE,
    "public.statistics_fields": FILE,
    "public.participation_list": FILE,
    "public.was": LEADS,
    "public.ended_outside": MACHINES,
    "public.staff_ended_outside": MACHINES,
    "public.session": "told to the script, which shows it: the states of a session that ends",
    "public.session_extend": LEADS,
    "public.session_drop": LEADS,
    "citizen.case_calendar": FILE,
    "citizen.my_data_json": FILE,
    "citizen.my_data_pdf": FILE,
    "citizen.panels_leave": LEADS,
    "staff.figures_chart": FILE,
    "staff.figures_export": FILE,
    "staff.report_pdf": FILE,
    "staff.report_chart": FILE,
    "staff.report_issue": LEADS,
    "staff.themes_close": LEADS,
}
