# planted: kept-session
from flask_login import login_user


def let_in(user):
    login_user(user)
