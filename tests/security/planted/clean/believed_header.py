# clean twin
from flask import request


def address():
    return request.remote_addr
