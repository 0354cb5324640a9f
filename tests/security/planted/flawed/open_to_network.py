# planted: S104 B104
import socket


def waiting():
    listener = socket.socket()
    listener.bind(("0.0.0.0", 8000))
    return listener
