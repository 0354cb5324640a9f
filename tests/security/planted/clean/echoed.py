# clean twin
from flask import request
from markupsafe import escape


def nothing_found():
    return "<p>Nothing found for " + escape(request.args["q"]) + "</p>"
