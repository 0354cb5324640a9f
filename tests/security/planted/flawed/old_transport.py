# planted: old-transport S502 S503 B502 B503
import ssl


def line():
    return ssl.SSLContext(ssl.PROTOCOL_TLSv1)
