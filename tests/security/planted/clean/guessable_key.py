# clean twin
import uuid


def case_key():
    return uuid.uuid4()
