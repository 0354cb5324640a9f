# planted: asked-for-place
from pathlib import Path

from flask import request


def attachment():
    name = request.form["name"]
    return Path("/srv/attachments", name).read_bytes()
