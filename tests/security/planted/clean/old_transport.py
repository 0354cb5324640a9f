# clean twin
import ssl


def line():
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
