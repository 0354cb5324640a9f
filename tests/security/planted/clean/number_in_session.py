# clean twin
from flask import session


def let_in(account):
    session["who"] = account.id
