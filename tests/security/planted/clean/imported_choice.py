# clean twin
from secrets import randbelow


def code():
    return f"{randbelow(1_000_000):06}"
