# planted: guessable S311 B311
import random


def token():
    return "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(32))
