"""The doors for machines."""

from __future__ import annotations

from flask import Blueprint

api = Blueprint("api", __name__)
