# clean twin
from pathlib import Path
from uuid import UUID

from flask import request


def attachment():
    key = UUID(request.form["key"])
    return Path("/srv/attachments", key.hex).read_bytes()
