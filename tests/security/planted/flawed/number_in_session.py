# planted: person-in-session
from flask import session


def let_in(claims):
    session["who"] = claims.cpr
