# planted: found-by-key-alone
from sqlalchemy import select

from app.models import Document
from app.pages import citizen
from app.start import db


@citizen.get("/document/<uuid:key>")
def document(key):
    return db().scalars(select(Document).where(Document.id == key)).one().title
