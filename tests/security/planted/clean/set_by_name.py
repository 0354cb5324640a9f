# clean twin
from flask import request


def changed(person):
    person.language = request.form["language"]
