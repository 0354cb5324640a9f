# planted: open-redirect
from flask import redirect, request


def signed_in():
    return redirect(request.args.get("next", "/"))
