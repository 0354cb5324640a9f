# clean twin
import requests


def keys(address, authority):
    return requests.get(address, timeout=5, verify=authority).json()
