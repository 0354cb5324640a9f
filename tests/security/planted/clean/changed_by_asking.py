# clean twin
from app.pages import staff
from app.rooms import actions
from app.start import db


@staff.post("/objection/<uuid:key>/close")
def close(key):
    actions.close(db(), key)
    return "closed"
