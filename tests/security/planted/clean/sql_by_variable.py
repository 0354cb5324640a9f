# clean twin
from sqlalchemy import text

ORDERS = {
    "newest": "SELECT subject FROM cases ORDER BY begun DESC",
    "oldest": "SELECT subject FROM cases ORDER BY begun",
}


def sorted_cases(session, order):
    return session.execute(text(ORDERS[order])).all()
