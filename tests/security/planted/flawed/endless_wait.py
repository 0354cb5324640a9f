# planted: unlimited S113 B113
import requests


def keys(address):
    return requests.get(address).json()
