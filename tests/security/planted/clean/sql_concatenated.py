# clean twin
from sqlalchemy import text


def cases_with(session, word):
    statement = text("SELECT subject FROM cases WHERE title LIKE :word")
    return session.execute(statement, {"word": f"%{word}%"}).all()
