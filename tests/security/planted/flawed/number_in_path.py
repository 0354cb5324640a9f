# planted: person-in-address
from flask import redirect


def found(citizen):
    return redirect(f"/person/{citizen.cpr}")
