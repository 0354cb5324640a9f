# planted: set-by-name
from flask import request


def changed(person):
    for name, value in request.form.items():
        setattr(person, name, value)
