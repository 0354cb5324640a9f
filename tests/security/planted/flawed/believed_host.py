# planted: believed-header
from flask import request


def link(ticket):
    return request.host_url + "confirm/" + ticket
