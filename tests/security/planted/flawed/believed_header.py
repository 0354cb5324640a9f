# planted: believed-header
from flask import request


def address():
    return request.headers.get("X-Forwarded-For", request.remote_addr)
