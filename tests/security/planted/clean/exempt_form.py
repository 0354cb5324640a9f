# clean twin
from app.pages import objection
from app.start import csrf

csrf.protect()
objection()
