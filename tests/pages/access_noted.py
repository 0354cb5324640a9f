"""What the audit log says of a page that is shown, by hand as all of the table of access."""

from __future__ import annotations

# As which kind of file it was taken along.
FORMATS = {
    "staff.figures_export": "csv",
    "staff.report_pdf": "pdf",
    "citizen.my_data_json": "json",
    "citizen.my_data_pdf": "pdf",
}

# What is written down of a page that is shown; else a case was looked at.
VIEWED = {
    "citizen.views": "looks.viewed",
    "citizen.sessions": "sessions.viewed",
    "staff.sessions": "sessions.viewed",
    "staff.codes": "codes.viewed",
    "staff.problems": "problems.viewed",
    "staff.problem": "problems.viewed",
    "staff.quarantine": "quarantine.viewed",
    "staff.estimates": "estimates.viewed",
    "staff.owed": "owed.viewed",
    "staff.release": "release.viewed",
    "staff.released": "release.viewed",
    "staff.release_text": "release.viewed",
    "staff.volunteers": "volunteers.viewed",
    "citizen.my_data": "data.viewed",
    "citizen.my_data_json": "data.taken",
    "citizen.my_data_pdf": "data.taken",
    "staff.access_log": "log.viewed",
    "staff.rights_requests": "requests.viewed",
    "staff.rights_request": "requests.viewed",
    "staff.figures": "figures.viewed",
    "staff.figures_chart": "figures.viewed",
    "staff.figures_export": "figures.exported",
    "staff.figures_dictionary": "figures.viewed",
    "staff.reports": "report.viewed",
    "staff.report": "report.viewed",
    "staff.report_pdf": "report.viewed",
    "staff.report_chart": "report.viewed",
    "staff.coding": "coding.viewed",
    "staff.coding_text": "coding.viewed",
    "staff.codebook": "codebook.viewed",
    "staff.codebook_theme": "codebook.viewed",
    "staff.codebook_new": "codebook.viewed",
    "staff.codebook_agreement": "coding.viewed",
    "staff.proposals": "codebook.viewed",
    "staff.themes": "themes.viewed",
    "staff.themes_unit": "themes.viewed",
    "staff.themes_search": "themes.viewed",
    "staff.themes_quotes": "quotes.viewed",
    "staff.changes": "changes.viewed",
    "staff.change": "changes.viewed",
    "staff.change_new": "changes.viewed",
    "staff.change_edit": "changes.viewed",
    "staff.change_words": "changes.viewed",
    "staff.change_look": "changes.viewed",
    "staff.ideas": "changes.viewed",
    "staff.idea_new": "changes.viewed",
    "staff.idea": "changes.viewed",
}

# Pages that show nothing that somebody else could want to know about.
QUIET = {
    "citizen.cases",
    "citizen.panels",
    "citizen.profiling",
    "citizen.correction",
    "citizen.erasure",
    "staff.home",
}
