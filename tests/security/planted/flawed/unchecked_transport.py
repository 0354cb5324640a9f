# planted: unchecked-transport S501 B501
import requests


def keys(address):
    return requests.get(address, timeout=5, verify=False).json()
