# clean twin
from app.pages import citizen
from app.rooms import actions
from app.start import db


@citizen.route("/leave", methods=["POST"])
def leave():
    actions.leave(db())
    return "left"
