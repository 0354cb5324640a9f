# planted: unchecked-transport S501 B501
import requests


def line():
    session = requests.Session()
    session.verify = False
    return session
