# planted: written-as-it-came
from flask import make_response, request


def report(file):
    response = make_response(file)
    response.headers["Content-Disposition"] = "attachment; filename=" + request.args["as"]
    return response
