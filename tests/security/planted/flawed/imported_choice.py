# planted: guessable S311 B311
from random import choices


def code():
    return "".join(choices("0123456789", k=6))
