# planted: written-secret S105 B105
from flask import Flask

app = Flask(__name__)
app.config["SECRET_KEY"] = "planted-and-never-used"
