"""Keep which office holds what, and the figures of closed quarters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

QUARTER = (["year", "number"], ["figure_quarters.year", "figure_quarters.number"])


def upgrade() -> None:
    op.create_table(
        "departments",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_departments"),
    )
    op.create_table(
        "offices",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name="fk_offices_department_departments"
        ),
        sa.PrimaryKeyConstraint("code", "since", name="pk_offices"),
    )
    op.create_table(
        "figure_quarters",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("year", "number", name="pk_figure_quarters"),
    )
    op.create_table(
        "figure_units",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("inside", sa.String(), nullable=True),
        sa.Column("decided", sa.Integer(), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=True),
        sa.Column("answered", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(*QUARTER, name="fk_figure_units_year_number_figure_quarters"),
        sa.PrimaryKeyConstraint("year", "number", "place", name="pk_figure_units"),
    )
    op.create_table(
        "figures",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(*QUARTER, name="fk_figures_year_number_figure_quarters"),
        sa.PrimaryKeyConstraint(
            "year", "number", "unit", "outcome", "language", "measure", name="pk_figures"
        ),
    )
    op.create_table(
        "figure_measurements",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("year", "unit", "dimension", name="pk_figure_measurements"),
    )


def downgrade() -> None:
    for table in (
        "figure_measurements",
        "figures",
        "figure_units",
        "figure_quarters",
        "offices",
        "departments",
    ):
        op.drop_table(table)
