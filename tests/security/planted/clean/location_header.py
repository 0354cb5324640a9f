# clean twin
from flask import Response, url_for


def signed_in():
    return Response("", 303, {"Location": url_for("citizen.cases")})
