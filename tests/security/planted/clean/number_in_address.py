# clean twin
from flask import redirect, url_for


def found(person):
    return redirect(url_for("staff.person", key=person.id))
