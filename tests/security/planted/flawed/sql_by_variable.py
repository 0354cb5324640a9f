# planted: sql-from-variable
from sqlalchemy import text


def sorted_cases(session, column):
    order = f"ORDER BY {column}"
    statement = "SELECT subject FROM cases " + order
    return session.execute(text(statement)).all()
