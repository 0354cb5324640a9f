# clean twin
from flask import request, send_from_directory


def letter():
    return send_from_directory("/srv/letters", request.args["file"])
