# planted: open-redirect
from flask import Response, redirect, request


def signed_in() -> Response:
    wanted = request.values["return_to"]
    target = wanted.strip() or "/"
    return redirect(target, 303)
