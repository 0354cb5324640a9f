# clean twin
from flask import render_template, request


def greeting():
    return render_template("greeting.html", name=request.args["name"])
