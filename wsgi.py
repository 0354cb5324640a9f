"""Where a WSGI server finds the portal: `gunicorn wsgi:app`."""

import os

from portal.app import create_app
from portal.settings import read

settings = read(os.environ)
app = create_app(settings)
if settings.invented:
    from portal.gallery.door import opened  # not loaded at all where people are real

    opened(app, settings)
