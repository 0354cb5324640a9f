# planted: guessable
import uuid


def case_key():
    return uuid.uuid1()
