# planted: template-from-text
from flask import render_template_string, request


def greeting():
    return render_template_string("<p>" + request.args["name"] + "</p>")
