# clean twin
from app.pages import citizen
from app.rooms import queries
from app.start import db, person


@citizen.get("/document/<uuid:key>")
def document(key):
    return queries.document_of(db(), key, person()).title
