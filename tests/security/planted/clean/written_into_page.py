# clean twin
from flask import render_template, request


def nothing_found():
    return render_template("nothing_found.html", wanted=request.args["q"])
