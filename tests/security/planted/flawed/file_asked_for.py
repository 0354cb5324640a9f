# planted: asked-for-place
from flask import request, send_file


def letter():
    return send_file("/srv/letters/" + request.args["file"])
