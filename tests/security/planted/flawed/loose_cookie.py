# planted: loose-cookie
def keep(response, language):
    response.set_cookie("language", language, max_age=3600)
