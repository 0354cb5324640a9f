# clean twin
import re

from flask import request


def found(texts):
    wanted = re.escape(request.args["q"])
    return [text for text in texts if re.search(wanted, text)]
