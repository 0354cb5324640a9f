# clean twin
import requests


def keys(address):
    return requests.get(address, timeout=5).json()
