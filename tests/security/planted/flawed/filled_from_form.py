# planted: set-by-name
from flask import request

from app.models import Account


def made():
    return Account(**request.form)
