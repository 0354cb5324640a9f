# clean twin
import ssl


def line():
    return ssl.create_default_context()
