# clean twin
from app.pages import error_page
from app.rooms import case_of


def case(key):
    try:
        return case_of(key)
    except LookupError:
        return error_page(404)
