# clean twin
import json


def draft(stored):
    return json.loads(stored)
