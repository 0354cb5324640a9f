# clean twin
def dressed(response):
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
