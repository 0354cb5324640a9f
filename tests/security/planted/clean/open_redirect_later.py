# clean twin
from flask import Response, redirect, url_for


def signed_in() -> Response:
    target = url_for("citizen.cases")
    return redirect(target, 303)
