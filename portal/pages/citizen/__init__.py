"""Pages for citizens, about their own cases and those of whom they represent."""

from __future__ import annotations

from flask import Blueprint

citizen = Blueprint("citizen", __name__, url_prefix="/sager")
