# planted: changed-by-asking
from app.pages import citizen
from app.rooms import actions
from app.start import db


@citizen.route("/leave")
def leave():
    actions.leave(db())
    return "left"
