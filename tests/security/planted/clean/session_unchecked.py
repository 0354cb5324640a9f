# clean twin
import requests


def line():
    session = requests.Session()
    session.trust_env = False
    return session
