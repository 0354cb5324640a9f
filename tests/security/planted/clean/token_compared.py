# clean twin
import hmac

from flask import abort, request


def hook(settings):
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given, f"Bearer {settings.token}"):
        abort(401)
