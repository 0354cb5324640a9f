"""Where a WSGI server finds the portal: `gunicorn wsgi:app`."""

import os

from portal.app import create_app
from portal.settings import read

app = create_app(read(os.environ))
