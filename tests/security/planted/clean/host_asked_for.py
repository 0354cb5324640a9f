# clean twin
import requests

SOURCE = "https://register.example/cases"


def preview():
    return requests.get(SOURCE, timeout=5).text
