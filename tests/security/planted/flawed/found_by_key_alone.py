# planted: found-by-key-alone
from app.models import Case
from app.pages import citizen
from app.start import db


@citizen.get("/case/<uuid:key>")
def case(key):
    return db().get(Case, key).subject
