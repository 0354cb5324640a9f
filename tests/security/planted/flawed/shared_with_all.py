# planted: shared-with-all
from flask import request


def dressed(response):
    response.headers["Access-Control-Allow-Origin"] = request.headers.get("Origin", "*")
    return response
