# planted: error-told
from app.rooms import case_of


def case(key):
    try:
        return case_of(key)
    except LookupError as error:
        return str(error), 404
