# clean twin
import json


def draft(file):
    return json.load(file)
