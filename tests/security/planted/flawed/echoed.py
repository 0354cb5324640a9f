# planted: written-as-it-came S704
from flask import request


def nothing_found():
    return "<p>Nothing found for " + request.args["q"] + "</p>"
