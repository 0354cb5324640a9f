# planted: no-form-token
from app.pages import objection
from app.start import csrf

csrf.exempt(objection)
