# planted: unequal-time
from flask import abort, request


def machine(settings):
    if settings.client_secret != request.headers.get("X-Secret"):
        abort(401)
