# clean twin
from markupsafe import Markup


def quote(text):
    return Markup("<q>{}</q>").format(text)
