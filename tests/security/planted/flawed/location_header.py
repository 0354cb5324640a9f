# planted: open-redirect written-as-it-came
from flask import Response, request


def signed_in():
    return Response("", 303, {"Location": request.args["next"]})
