# planted: weakened-policy
POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline'"


def dressed(response):
    response.headers["Content-Security-Policy"] = POLICY
    return response
