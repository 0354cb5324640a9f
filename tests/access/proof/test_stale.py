"""The statement rests on a run that knew all pages, or says that it did not reach them all."""

from __future__ import annotations

from portal.gallery.catalog import states
from portal.i18n import VIEWS
from portal.statement.queries import last_summary
from portal.statement.words import MEETS
from tests.access.proof.words import WIDTHS


def test_a_whole_run_knew_every_page_and_view() -> None:
    """Run `make access` after a page or a view was added: it writes portal/statement/tested.json.

    Where that has to wait, set `complete` to false there: the statement then says so.
    """
    summary = last_summary()
    if summary.complete:
        assert set(summary.pages) == set(states())
        assert set(summary.views) == set(VIEWS)
        assert summary.widths == WIDTHS
        assert summary.unreviewed == 0
        assert summary.points is not None
        assert summary.points >= MEETS
    else:
        assert summary.points is None, "points are told of a whole run alone"
