# clean twin
from app.pages import error_page
from app.start import app


@app.errorhandler(Exception)
def failed(_error):
    return error_page(500)
