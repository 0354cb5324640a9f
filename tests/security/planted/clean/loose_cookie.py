# clean twin
def keep(response, language):
    response.set_cookie(
        "language", language, max_age=3600, secure=True, httponly=True, samesite="Lax"
    )
