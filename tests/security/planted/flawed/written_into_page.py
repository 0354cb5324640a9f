# planted: written-as-it-came S704
from flask import Response, request


def nothing_found():
    wanted = request.args["q"]
    return Response(f"<p>Nothing found for {wanted}</p>", mimetype="text/html")
