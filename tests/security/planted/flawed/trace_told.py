# planted: error-told
import traceback

from app.start import app


@app.errorhandler(Exception)
def failed(_error):
    return "<pre>" + traceback.format_exc() + "</pre>", 500
