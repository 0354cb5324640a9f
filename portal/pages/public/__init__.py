"""Pages for everybody: the front page, signing in and out, the words, and the duties."""

from __future__ import annotations

from flask import Blueprint

from portal.pages.public import outside, session, sign_in

public = Blueprint("public", __name__)
sign_in.add_routes(public)
session.add_routes(public)
outside.add_routes(public)
