"""The answer door as its server loads it: `gunicorn -c python:portal.door.serving`."""

from __future__ import annotations

import os

from portal.door.app import create_door
from portal.door.settings import read

app = create_door(read(os.environ))
