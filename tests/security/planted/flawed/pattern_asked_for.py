# planted: asked-for-place
import re

from flask import request


def found(texts):
    return [text for text in texts if re.search(request.args["q"], text)]
