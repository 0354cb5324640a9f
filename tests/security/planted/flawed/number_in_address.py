# planted: person-in-address
from flask import redirect, url_for


def found(cpr):
    return redirect(url_for("staff.person", cpr=cpr))
