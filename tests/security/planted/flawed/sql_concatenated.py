# planted: sql-from-strings sql-from-variable S608 B608
from sqlalchemy import text


def cases_with(session, word):
    return session.execute(text("SELECT subject FROM cases WHERE title LIKE '%" + word + "%'")).all()
