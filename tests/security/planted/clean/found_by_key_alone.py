# clean twin
from app.pages import citizen
from app.rooms import queries
from app.start import db, person


@citizen.get("/case/<uuid:key>")
def case(key):
    return queries.case_of(db(), key, person()).subject
