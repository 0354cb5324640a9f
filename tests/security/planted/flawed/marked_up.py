# planted: S704 B704
from markupsafe import Markup


def quote(text):
    return Markup("<q>" + text + "</q>")
