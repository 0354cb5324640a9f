# planted: unequal-time
from flask import abort, request


def hook(settings):
    given = request.headers.get("Authorization", "")
    if given != f"Bearer {settings.token}":
        abort(401)
