# clean twin
from flask import request

from app.models import Account


def made():
    return Account(language=request.form["language"])
