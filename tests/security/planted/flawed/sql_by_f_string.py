# planted: sql-from-strings S608 B608
from sqlalchemy import text


def cases_of(session, person):
    return session.execute(text(f"SELECT subject FROM cases WHERE person = '{person}'")).all()
