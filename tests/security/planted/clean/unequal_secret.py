# clean twin
import hmac

from flask import abort, request


def machine(settings):
    if not hmac.compare_digest(settings.client_secret, request.headers.get("X-Secret", "")):
        abort(401)
