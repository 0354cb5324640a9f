# clean twin
from sqlalchemy import text


def cases_of(session, person):
    statement = text("SELECT subject FROM cases WHERE person = :person")
    return session.execute(statement, {"person": person}).all()
