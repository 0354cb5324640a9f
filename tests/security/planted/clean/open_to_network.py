# clean twin
import socket


def waiting():
    listener = socket.socket()
    listener.bind(("127.0.0.1", 8000))
    return listener
