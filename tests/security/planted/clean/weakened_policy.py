# clean twin
POLICY = "default-src 'none'; script-src 'self'"


def dressed(response):
    response.headers["Content-Security-Policy"] = POLICY
    return response
