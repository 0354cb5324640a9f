# clean twin
from flask import redirect


def found(citizen):
    return redirect(f"/person/{citizen.id}")
