# clean twin
from flask_login import login_user

from app import sessions


def let_in(user):
    sessions.end()
    login_user(user)
