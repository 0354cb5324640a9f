# clean twin
from app.pages import staff

ACCESS = {"staff.home": "staff", "staff.people": "administers"}


@staff.get("/")
def home():
    return "home"


@staff.get("/people")
def people():
    return "everybody"
