# clean twin
from flask import redirect, request, url_for

from portal.pages.onward import page_wanted


def signed_in():
    return redirect(page_wanted(request.args.get("next", "")) or url_for("citizen.cases"))
